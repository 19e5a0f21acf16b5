"""Open edX course archives (OLX): written so that nothing is dropped silently, and checked as the importer would."""

from scenario_exchange.olx.archive import OlxCourse, OlxModule, write_archive
from scenario_exchange.olx.validate import validate_archive

__all__ = ["OlxCourse", "OlxModule", "validate_archive", "write_archive"]
