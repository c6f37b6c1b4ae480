#!/bin/sh
# Compares the features of all networks on both engines with those of Keras Applications: with the
# untrained weights, set there layer by layer, and ResNet50's with a file that Keras saved. Needs python3
# and a package index.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

./mvnw -q -ntp -pl domain,adapters-inference test-compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath"
python="deploy/in-venv.sh deploy/checks/requirements.txt python"
dump() {
  java -Xmx512m -cp "adapters-inference/target/classes:adapters-inference/target/test-classes:$(cat "$work/classpath")" \
    org.captionary.inference.network.DumpFeatures drawn "$@"
}

$python .ci/check_networks.py make "$work"
for engine in onednn dl4j; do
  for network in vgg16 vgg19 resnet50; do
    dump $network $engine untrained "$work/$network.$engine"
  done
  dump resnet50 $engine "$work/resnet50.h5" "$work/saved.$engine"
done
$python .ci/check_networks.py compare "$work"
