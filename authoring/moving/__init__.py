"""Learners in the middle of an older version: who could go on with a newer one, and moving those who can.

Attempts live in learning, which answers through the hook in `hooks`; what may move is decided by the engine.
"""
