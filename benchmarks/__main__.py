"""`python -m benchmarks [WORD …]`: all rows, or those whose name has one of the words; exit 1 when a goal is missed."""

import sys

from benchmarks.rows import ROWS
from benchmarks.table import measure, print_table


def main(words: list[str]) -> int:
    """Measure and print the rows. Returns 1 when one misses its goal by more than the tolerance."""
    rows = [row for row in ROWS if not words or any(word.lower() in row.name.lower() for word in words)]
    results = [measure(row) for row in rows]
    print_table(results)
    return int(any(result.is_missed for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
