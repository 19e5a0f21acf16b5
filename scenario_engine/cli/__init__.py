"""Commands for a terminal: `check` and `play`. What they print as JSON is stable (docs/cli.md)."""

from scenario_engine.cli.main import main

__all__ = ["main"]
