"""The site's own settings but for the length of leases: see tests.faults.short_leases."""

from config.settings import *  # noqa: F403

WORK_KINDS = "tests.faults.short_leases.KINDS"
