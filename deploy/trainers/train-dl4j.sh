#!/usr/bin/env bash
#
# Trains a captioning model with DL4J on a preparation: compiles dl4j/TrainCaptions.java with the
# iterator that the service gives out, and runs it on the jars that the packaged service brings.
# The same command again goes on where a run was stopped.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
source=$here/dl4j/TrainCaptions.java
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac

url=http://localhost:8080
iterator=''
jars=$here/../../app/target/quarkus-app/lib/main
train=()

usage() {
  cat <<'TEXT'
usage: deploy/trainers/train-dl4j.sh --preparation ID [option value] ...

  --url URL            the service (http://localhost:8080)
  --token-file FILE    holds the trainer's token
  --split NAME         trained on (train)
  --photo KIND         features or pixels (features)
  --layer NAME         which features, if several are stored
  --shuffle KIND       examples, captions or none (examples)
  --seed N             of the order; DL4J's own random numbers differ from run to run (0)
  --size N             examples a batch (64)
  --epochs N           to the end of which it trains (20)
  --learning-rate X    of Adam, when a run begins (0.001)
  --checkpoint FILE    written after each epoch, read if it is there (captions-dl4j.zip)
  --every N            batches from one checkpoint to the next within an epoch (100)
  --embeddings FILE    vectors of words, as GloVe and word2vec write them as text
  --iterator FILE      CaptionaryIterator.java; else the service is asked for it
  --jars FOLDER        of DL4J and ND4J (those of ./mvnw package)

Environment:
  JAVA_HOME            a JDK, 17 or later; else the one on the PATH
  JAVA_OPTS            more options of java (-Xmx2g is one of ours)
  OMP_NUM_THREADS      threads that compute; else all processors
TEXT
}

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h) usage; exit 0 ;;
      --*) [ $# -ge 2 ] || { printf '%s: no value given\n' "$1" >&2; exit 2; } ;;
    esac
    case $1 in
      --iterator) iterator=$2 ;;
      --jars) jars=$2 ;;
      --url) url=${2%/}; train+=("$1" "$url") ;;
      *) train+=("$1" "${2-}") ;;
    esac
    shift $(($# > 1 ? 2 : 1))
  done
}

# The service's own jars and its binding of slf4j are left aside.
class_path() {
  local prefix
  for prefix in org.deeplearning4j org.nd4j org.bytedeco org.slf4j.slf4j-api org.apache.commons \
    commons- com.google com.jakewharton net.ericaro; do
    printf '%s:' "$jars/$prefix"*.jar
  done
}

# Into a folder that is named after the sources and appears at once: runs may start side by side.
compile() {
  local begun
  begun=$(mktemp -d "$target/begun.XXXXXX")
  "$javac" -nowarn -proc:none -d "$begun" -cp "$libraries" "$iterator" "$source"
  mv "$begun" "$classes"
}

parse "$@"
libraries=$(class_path)
case $libraries in
  *'*'*) printf '%s: no DL4J there; run ./mvnw package, or name a folder by --jars\n' "$jars" >&2; exit 1 ;;
esac
target=$here/../target/dl4j
mkdir -p "$target"
if [ -z "$iterator" ]; then
  fetched=$(mktemp -d "$target/fetched.XXXXXX")
  trap 'rm -rf "$fetched"' EXIT
  iterator=$fetched/CaptionaryIterator.java
  "$java" "$here/dl4j/Fetch.java" "$url/clients/CaptionaryIterator.java" "$iterator"
fi
classes=$target/$(cat "$iterator" "$source" | cksum | tr ' ' -)
[ -d "$classes" ] || compile
[ -z "${fetched-}" ] || rm -rf "$fetched"

# Threads that wait by spinning take the processors from those that compute.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY-PASSIVE}
# Batches and the model lie outside the heap, for which javacpp has bounds of its own.
# shellcheck disable=SC2086
exec "$java" -Xmx2g -Dorg.bytedeco.javacpp.maxbytes=4g -Dorg.bytedeco.javacpp.maxphysicalbytes=8g \
  -Dslf4j.internal.verbosity=ERROR ${JAVA_OPTS-} -cp "$classes:$libraries" TrainCaptions "${train[@]}"
