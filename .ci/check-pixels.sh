#!/bin/sh
# Compares the photo decoder with Pillow, on files of every kind that Pillow makes here, and on real
# photos where ../shared/flickr8k stands beside the checkout. Needs python3 and a package index.
set -eu
cd "$(dirname "$0")/.."
photos=../shared/flickr8k/Flicker8k_Dataset
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

./mvnw -q -ntp -pl adapters-inference -am test-compile
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q --disable-pip-version-check install pillow numpy
mkdir "$work/files"
[ -d "$photos" ] || photos=
"$work/venv/bin/python" .ci/check_pixels.py make "$work/files" $photos
find "$work/files" -type f ! -name '*.expected' ! -name '*.renderings' -print0 |
  xargs -0 java -cp domain/target/classes:adapters-inference/target/classes:adapters-inference/target/test-classes \
    org.captionary.inference.photo.DumpPixels
"$work/venv/bin/python" .ci/check_pixels.py compare "$work/files"
