"""`python -m scenario_engine`: the engine from a terminal. The commands live in `cli`."""

import sys

from scenario_engine.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
