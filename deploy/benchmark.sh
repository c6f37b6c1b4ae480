#!/usr/bin/env bash
# Measures the packaged service on this machine: deploy/benchmark.sh loaders|static|latency [options].
# Needs python3 with venv, and 10 GB of disk; fetches the peers it is measured against (PyTorch,
# WebDataset, MosaicML Streaming, Keras) once, into deploy/target. Build first: ./mvnw package.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
clients="$here/../app/src/main/resources/clients"
export KERAS_BACKEND=torch PYTHONPATH="$here/checks:$here/benchmarks:$clients"
command=${1:?loaders, static or latency}
shift
exec "$here/in-venv.sh" "$here/benchmarks/requirements.txt" python "$here/benchmarks/bench_$command.py" "$@"
