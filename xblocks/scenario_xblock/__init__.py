"""Branchwise scenarios in Open edX: the XBlock. Imports the pure engine only; never Django, never a model."""

from scenario_xblock.block import ScenarioXBlock

__all__ = ["ScenarioXBlock"]
