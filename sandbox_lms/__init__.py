"""An LMS in a box: demo and test platform for LTI 1.3 Advantage, with the rules of real ones.

A Django site of its own. It imports nothing of Branchwise's other packages, and they import nothing of it
but `sandbox_lms.testing`.
"""
