#!/usr/bin/env bash
# Measures the packaged service on this machine:
# deploy/benchmark.sh loaders|static|latency|inference|jobs|formats|scores|capacity [options].
# Needs python3 with venv, and 10 GB of disk (inference, jobs, formats, scores, capacity: 1 GB); fetches the peers it is measured
# against (PyTorch, WebDataset, MosaicML Streaming, Keras; ONNX Runtime; pycocoevalcap) once, into
# deploy/target.
# Build first: ./mvnw package.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
clients="$here/../app/src/main/resources/clients"
export KERAS_BACKEND=torch PYTHONPATH="$here/checks:$here/benchmarks:$clients"
command=${1:?loaders, static, latency, inference, jobs, formats, scores or capacity}
shift
requirements="$here/benchmarks/requirements-$command.txt"
[ -f "$requirements" ] || requirements="$here/benchmarks/requirements.txt"
exec "$here/in-venv.sh" "$requirements" python "$here/benchmarks/bench_$command.py" "$@"
