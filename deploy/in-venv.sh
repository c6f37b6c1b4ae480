#!/usr/bin/env bash
# in-venv.sh REQUIREMENTS COMMAND...: runs a command with the packages that a requirements file lists
# on its PATH, fetched once into deploy/target. Needs python3 with venv.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
stamp=$(cksum "$1" | cut -d' ' -f1)
venv="$here/target/venv-$stamp"
mkdir -p "$here/target"
# One process makes it where several want it at once.
exec 9> "$venv.lock"
if command -v flock > /dev/null; then flock 9; fi
if [ ! -e "$venv/.whole" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement "$1"
  touch "$venv/.whole"
fi
exec 9>&-
shift
export KERAS_BACKEND="${KERAS_BACKEND:-jax}" PYTHONDONTWRITEBYTECODE=1
PATH="$venv/bin:$PATH" exec "$@"
