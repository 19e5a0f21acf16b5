"""Grades on their way to LMS gradebooks: the outbox and its delivery. Values come from learning, just in time."""
