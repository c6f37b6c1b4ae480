#!/bin/sh
# Compares the untrained VGG16's features of three photos with reference numbers made elsewhere, in
# ../shared beside the checkout. Neither photos nor numbers are part of the project.
set -eu
cd "$(dirname "$0")/.."
golden=../shared/golden/vgg16-untrained.json
photos=../shared/flickr8k/Flicker8k_Dataset
if [ ! -f "$golden" ] || [ ! -d "$photos" ]; then
  echo "no $golden or no $photos: nothing to compare with"
  exit 0
fi
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
./mvnw -q -ntp -pl domain,adapters-inference test-compile dependency:build-classpath \
  -Dmdep.outputFile="$classpath"
java -cp "adapters-inference/target/classes:adapters-inference/target/test-classes:$(cat "$classpath")" \
  org.captionary.inference.network.CheckGolden "$photos" "$golden"
