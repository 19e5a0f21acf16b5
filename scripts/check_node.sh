#!/bin/sh
# Says clearly when Node is missing or too old to build the player and the editor.

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    echo "Branchwise builds its player and editor with Node.js 20.19 or newer (22 recommended) and npm; they are not installed." >&2
    echo "Get them from https://nodejs.org/en/download or from your system's packages, then run the command again." >&2
    exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
    echo "Branchwise needs Node.js 20.19 or newer (22 recommended); this is $(node --version)." >&2
    exit 1
fi
