"""Trying a platform without a launch: on demand, and weekly. Nothing is written into a gradebook unless asked for."""

from lti.preflight.probes import Probe, probe
from lti.preflight.schedule import keep

__all__ = ["Probe", "keep", "probe"]
