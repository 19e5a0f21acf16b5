#!/bin/sh
# install.sh PYTHON VENV: makes the virtual environment and installs the hashed requirements into it,
# by uv (seconds) or, where uv cannot be had, by pip (a minute).
set -eu
python=$1
venv=$2

if [ ! -x "$venv/bin/python" ]; then
    echo "Making $venv with $("$python" --version) ..."
    "$python" -m venv "$venv"
fi
echo "Installing the Python packages ..."
if [ ! -x "$venv/bin/uv" ]; then
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r requirements/bootstrap.txt || echo "uv cannot be installed here; pip does it, which takes longer."
fi
if [ -x "$venv/bin/uv" ] && "$venv/bin/uv" pip sync --quiet --python "$venv/bin/python" --require-hashes \
    requirements/bootstrap.txt requirements/site.txt; then
    exit 0
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
