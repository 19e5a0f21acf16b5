"""pylti1p3, subclassed where it trusts too much. Its bones stay: names, order of steps, message shapes.

Nothing in here writes people, links or grades: that is lti.entering. docs/decisions tells what was replaced and why.
"""
