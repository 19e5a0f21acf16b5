#!/bin/sh
# Prints the first Python 3.11-3.13 that can make virtual environments; with --explain, says what is missing.

usable() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

for candidate in python3 python3.12 python3.13 python3.11 python; do
    if command -v "$candidate" >/dev/null 2>&1 && usable "$candidate"; then
        [ "${1:-}" = "--explain" ] || command -v "$candidate"
        exit 0
    fi
done
if [ "${1:-}" = "--explain" ]; then
    echo "Branchwise needs Python 3.11, 3.12 or 3.13 with its venv module, and found none." >&2
    echo "On Debian and Ubuntu: apt-get install python3 python3-venv. Elsewhere: https://www.python.org/downloads/" >&2
    echo "If it is in an unusual place: make run PYTHON=/path/to/python3.12" >&2
fi
exit 0
