"""Reading the command line and choosing the command."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from scenario_engine.cli.check import add_check
from scenario_engine.cli.files import Unusable
from scenario_engine.cli.impact import add_impact
from scenario_engine.cli.play import add_play
from scenario_engine.cli.prove import add_prove
from scenario_engine.cli.simulate import add_simulate

# One function per command; each says itself what it takes.
COMMANDS = (add_check, add_play, add_prove, add_simulate, add_impact)


def main(arguments: Sequence[str]) -> int:
    """Run a command. Returns 0, 1 when the answer is bad news, or 2 when the input cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m scenario_engine", description="Check and play scenarios.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for add_command in COMMANDS:
        add_command(commands)
    options = parser.parse_args(arguments)
    gc.disable()  # what a command makes it keeps to its end: looking for waste takes a third of the time
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads has seen enough: `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status
