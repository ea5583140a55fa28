#!/bin/sh
# Makes the environment in the folder given (default .venv), with whatever this machine has.
# Debian keeps venv's pip in a package of its own; where it is missing and may be installed, it is.
set -eu
folder=${1:-.venv}

says_yes() { "$@" >/dev/null 2>&1; }

new_enough() { says_yes "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; }

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    echo "No Python 3.11 or newer is on this machine (looked for python3 and python3.11 to 3.14)." >&2
    echo "Install it, or name one: make PYTHON=/path/to/python3.11 ..." >&2
    return 1
}

install_venv_package() {
    root=""
    [ "$(id -u)" = 0 ] || root="sudo -n"
    export DEBIAN_FRONTEND=noninteractive
    says_yes command -v apt-get && says_yes $root true || return 1
    says_yes $root apt-get update || true
    says_yes $root apt-get install -y --no-install-recommends python3-venv
}

make_environment() {
    says_yes "$1" -m venv "$folder" && says_yes "$folder/bin/python" -m pip --version
}

if says_yes "$folder/bin/python" -m pip --version && new_enough "$folder/bin/python"; then
    exit 0
fi
python=$(find_python)
if make_environment "$python"; then exit 0; fi
rm -rf "$folder"
if install_venv_package && make_environment "$python"; then exit 0; fi
rm -rf "$folder"
echo "Python's venv module cannot make an environment here: its pip (ensurepip) is missing." >&2
echo "Install it once (on Debian and Ubuntu: apt-get install python3-venv), then run make again." >&2
exit 1
