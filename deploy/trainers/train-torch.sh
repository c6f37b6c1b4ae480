#!/usr/bin/env bash
# Trains on a preparation; see README.md, or --help.
here=$(cd "$(dirname "$0")" && pwd)
exec "$here/../in-venv.sh" "$here/requirements-torch.txt" python "$here/torch_trainer.py" "$@"
