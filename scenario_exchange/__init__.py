"""Every file format in and out, pure: no Django, no network. Shared by the site and by Studio."""

from scenario_exchange.imported import Entry, Imported, ImportRefused, Report
from scenario_exchange.limits import Limits
from scenario_exchange.reading import READERS, read

__all__ = ["READERS", "Entry", "ImportRefused", "Imported", "Limits", "Report", "read"]
