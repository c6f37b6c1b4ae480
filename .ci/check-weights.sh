#!/bin/sh
# Checks the features that VGG16 gives with weights out of full-size files in each layout that Keras
# and DL4J write, against numpy, and DL4J's zip against DL4J itself. On eight photos of Flickr8k
# where ../shared stands beside the checkout (or $SHARED says where), else on drawn ones. Needs
# python3, a package index, 4 GB of disk and 6 GB of memory.
set -eu
cd "$(dirname "$0")/.."
photos=${SHARED:-../shared}/flickr8k/Flicker8k_Dataset
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python="deploy/in-venv.sh .ci/weights-requirements.txt python"

./mvnw -q -ntp -pl domain,adapters-inference test-compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath"
heap=512m
java() {
  command java -Xmx$heap -cp "adapters-inference/target/classes:adapters-inference/target/test-classes:$(cat "$work/classpath")" "$@"
}
inference=org.captionary.inference.network

if [ -d "$photos" ]; then
  find "$photos" -name '*.jpg' | LC_ALL=C sort | head -8 > "$work/photos"
else
  : > "$work/photos"
fi
java $inference.DumpFeatures zoo-configuration "$work/configuration.json"
$python .ci/check_weights.py make "$work"
for file in applications.h5 notop.h5 whole.h5 keras3.weights.h5 zoo.zip keras.zip; do
  # shellcheck disable=SC2046
  java $inference.DumpFeatures features "$work/$file" "$work/kept" "$work/$file" $(cat "$work/photos")
done
$python .ci/check_weights.py compare "$work"
heap=4g # DL4J holds the whole zip in memory
# shellcheck disable=SC2046
java $inference.DumpFeatures as-dl4j "$work/zoo.zip" "$work/kept" $(head -2 "$work/photos")
