#!/bin/sh
# Find a Python that can make the virtual environment, and let it do so; say what to install where there is none.
# usage: sh tools/environment.sh requirements.txt
cd "${0%/*}/.." || exit 1

for python in ${PYTHON_FOR_SATCHA:-python3.13 python3.12 python3.11 python3.14 python3 python}; do
    if command -v "$python" >/dev/null 2>&1 &&
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$python" tools/environment.py "$@"
    fi
done

echo 'Satcha needs Python 3.11 or newer, and found none. Install it, then run make again:
    Debian/Ubuntu:  apt-get install python3 python3-venv     (Debian 12, Ubuntu 24.04 or newer)
    macOS:          brew install python@3.12' >&2
exit 1
