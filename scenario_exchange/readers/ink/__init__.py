"""Compiled ink: the part of it that a scenario can say; a story that needs more is refused with what it needs."""
