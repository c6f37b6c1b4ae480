#!/usr/bin/env bash
# Pulls from the packaged service with the real Python clients (numpy, Keras) and compares all that
# comes with the Keras tutorial. Needs python3 with venv; fetches the rest once, into deploy/target.
# Build first: ./mvnw package. Other checks may be named: check-clients.sh path/to/check.py
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
venv="$here/target/venv"
stamp="$venv/.$(cksum "$here/checks/requirements.txt" | cut -d' ' -f1)"
if [ ! -e "$stamp" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement "$here/checks/requirements.txt"
  touch "$stamp"
fi
export KERAS_BACKEND=jax PYTHONPATH="$here/checks" PYTHONDONTWRITEBYTECODE=1
[ $# -gt 0 ] || set -- "$here/checks/check_sample.py" "$here/checks/check_kill.py" \
  "$here/checks/check_external_database.py"
for check in "$@"; do
  "$venv/bin/python" "$check"
done
