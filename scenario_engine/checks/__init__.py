"""Checks: what is wrong with a designer's work, as findings with a stable code, a place and a hint."""

from scenario_engine.checks.catalogue import RULES
from scenario_engine.checks.run import EDITING_BOUND, check, check_to_publish

__all__ = ["EDITING_BOUND", "RULES", "check", "check_to_publish"]
