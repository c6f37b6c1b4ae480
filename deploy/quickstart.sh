#!/usr/bin/env bash
#
# From nothing to the first training batch, on a machine that has a JDK 17 and bash:
# builds the service, draws a sample data set, starts the service, runs a job and pulls a batch.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
jar=$root/app/target/quarkus-app/quarkus-run.jar
stop_seconds=30

photos=60
seed=1
once=false

service='' # process id of the service, while it runs
step=''    # process id of the step under way
data=''
log=''
postgres_before=''
serving=false

usage() {
  cat <<'TEXT'
usage: deploy/quickstart.sh [--once] [--photos N] [--seed S]

Builds Captionary if needed, draws a sample data set, starts the service with a database of its
own, runs a job, pulls the first batch and prints its shapes. Then serves until Ctrl-C.

  --once       stop the service when the batch is there
  --photos N   photos in the sample (60)
  --seed S     the sample's seed (1); the same seed gives the same photos
  --help       this text

Environment:
  JAVA_HOME            a JDK, 17 or later; else the java on the PATH
  CAPTIONARY_DATA_DIR  where everything is kept (./captionary-data)
  QUARKUS_HTTP_PORT    the port; if not set 8080, or the next free one
  CAPTIONARY_ADMIN_TOKEN, CAPTIONARY_TRAINER_TOKEN
                       the tokens; if not set, the service makes them
TEXT
}

say() { printf '%s\n' "$*"; }

fail() {
  printf 'quickstart: %s\n' "$*" >&2
  exit 1
}

misuse() {
  printf 'quickstart: %s\n' "$*" >&2
  usage >&2
  exit 2
}

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --once) once=true ;;
      --photos) photos=$(value "$@") || exit 2; shift ;;
      --seed) seed=$(value "$@") || exit 2; shift ;;
      --help | -h) usage; exit 0 ;;
      *) misuse "$1: no such option" ;;
    esac
    shift
  done
  [[ $photos =~ ^[1-9][0-9]{0,8}$ ]] || misuse "--photos: '$photos' is not a number from 1"
  [[ $seed =~ ^-?[0-9]{1,19}$ ]] || misuse "--seed: '$seed' is not a signed 64-bit number"
}

value() {
  [ $# -ge 2 ] || misuse "$1: no value given"
  printf '%s' "$2"
}

# Runs a step so that a signal is obeyed at once: bash holds it back while a command is in front.
run() {
  "$@" &
  step=$!
  local status=0
  wait "$step" || status=$?
  step=''
  return "$status"
}

find_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" >/dev/null || fail "$java not found: install a JDK, 17 or later"
  local version
  version=$("$java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 17 ] || fail "$java is Java ${version:-unknown}: 17 or later is needed"
  case $("$java" --list-modules) in
    *jdk.compiler*) ;;
    *) fail "$java has no compiler: a JDK is needed, not only a JRE" ;;
  esac
}

make_data_directory() {
  local wanted=${CAPTIONARY_DATA_DIR:-captionary-data}
  # The service keeps tokens and its database here.
  (umask 077 && mkdir -p -- "$wanted") || fail "CAPTIONARY_DATA_DIR: cannot make $wanted"
  data=$(cd -- "$wanted" && pwd -P) || fail "CAPTIONARY_DATA_DIR: cannot enter $wanted"
  [ -w "$data" ] || fail "CAPTIONARY_DATA_DIR: $data is not writable"
  case $data in
    *,* | *'\'* | *'$'*)
      fail "CAPTIONARY_DATA_DIR: $data holds a comma, a backslash or a dollar sign" ;;
  esac
  log=$data/quickstart.log
  export CAPTIONARY_DATA_DIR=$data
}

# A source newer than the jar, if there is one.
newer_source() {
  local module
  for module in domain adapters-persistence adapters-inference app; do
    find "$root/$module/pom.xml" "$root/$module/src/main" -newer "$jar" -type f -print
  done 2>/dev/null | head -n 1
  find "$root/pom.xml" -newer "$jar" -print
}

build() {
  if [ ! -f "$jar" ]; then
    say "Building the service (a first build takes minutes: it fetches its libraries) ..."
  elif [ -n "$(newer_source)" ]; then
    say "Building the service again: its sources have changed ..."
  else
    return 0
  fi
  run build_quietly || fail "the build failed; see above"
  [ -f "$jar" ] || fail "the build left no $jar"
  touch "$jar"
}

build_quietly() {
  cd "$root" && exec ./mvnw -q -ntp package -DskipTests -Dspotless.check.skip=true
}

# The sample of other parameters is another data set, beside the first.
make_sample() {
  name=sample
  if [ "$photos" != 60 ] || [ "$seed" != 1 ]; then
    name=sample-$photos-$seed
  fi
  sample=$data/samples/$name
  say "Drawing the sample data set ($photos photos) ..."
  run "$java" -jar "$jar" sample "$sample" --photos "$photos" --seed "$seed" ||
    fail "the sample data set could not be made"
}

taken() { (exec 3<>"/dev/tcp/$host/$1") 2>/dev/null; }

choose_port() {
  host=${QUARKUS_HTTP_HOST:-127.0.0.1}
  case $host in
    0.0.0.0 | ::) host=127.0.0.1 ;;
  esac
  if [ -n "${QUARKUS_HTTP_PORT:-}" ]; then
    check_port "$QUARKUS_HTTP_PORT"
  else
    port=8080
    while taken "$port"; do
      port=$((port + 1))
      [ "$port" -lt 8180 ] || fail "the ports 8080 to 8179 are all taken: set QUARKUS_HTTP_PORT"
    done
    [ "$port" = 8080 ] || say "Port 8080 is taken: using $port."
  fi
  export QUARKUS_HTTP_PORT=$port
  case $host in
    *:*) url=http://[$host]:$port ;;
    *) url=http://$host:$port ;;
  esac
}

check_port() {
  port=$1
  if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || [ "$port" -gt 65535 ]; then
    fail "QUARKUS_HTTP_PORT: '$port' is not a port, 1 to 65535"
  fi
  ! taken "$port" || fail "QUARKUS_HTTP_PORT: $port is taken on $host"
}

# The process ids of the PostgreSQL servers that run in the data directory.
postgres_here() {
  local file pid
  find "$data" -maxdepth 4 -name postmaster.pid -type f 2>/dev/null | while IFS= read -r file; do
    pid=$(head -n 1 "$file" 2>/dev/null) || continue
    if [[ $pid =~ ^[0-9]+$ ]] && is_postgres "$pid"; then
      printf '%s\n' "$pid"
    fi
  done
}

# A process id may have passed on to another process.
is_postgres() {
  kill -0 "$1" 2>/dev/null || return 1
  if [ -r "/proc/$1/cmdline" ]; then
    tr '\0' ' ' <"/proc/$1/cmdline" | grep -q postgres
  else
    ps -p "$1" -o command= | grep -q postgres
  fi
}

start_service() {
  export CAPTIONARY_DATASET_ROOTS=${CAPTIONARY_DATASET_ROOTS:+$CAPTIONARY_DATASET_ROOTS,}$data/samples
  postgres_before=$(postgres_here || true)
  say "Starting the service (log: $log) ..."
  if [ -n "${QUARKUS_DATASOURCE_JDBC_URL:-}" ]; then
    say "  with the database that QUARKUS_DATASOURCE_JDBC_URL names"
  fi
  # The log may show a token.
  (umask 077 && : >"$log") || fail "cannot write $log"
  # A process group of its own: Ctrl-C must reach the database through the service, in order.
  set -m
  "$java" -jar "$jar" >>"$log" 2>&1 </dev/null &
  service=$!
  set +m
}

show_log() {
  printf 'The end of %s:\n' "$log" >&2
  tail -n 25 "$log" | sed 's/^/  | /' >&2
}

run_job() {
  local progress=lines
  [ ! -t 1 ] || progress=bar
  local status=0
  run "$java" "$root/deploy/Quickstart.java" "$url" "$data" "$name" "$sample" "$service" \
    "$progress" || status=$?
  if [ "$status" -ne 0 ]; then
    kill -0 "$service" 2>/dev/null || say "The service has ended." >&2
    show_log
    exit 1
  fi
}

serve() {
  say
  if $once; then
    say "Start it again and go on: deploy/quickstart.sh"
    return 0
  fi
  say "Serving at $url until Ctrl-C."
  serving=true
  local status=0
  wait "$service" || status=$?
  service_ended "$status"
}

service_ended() {
  serving=false
  show_log
  fail "the service ended by itself (exit code $1)"
}

interrupted() {
  if $serving; then
    exit 0
  fi
  exit "$1"
}

# Whatever the reason, the service and its database stop with the script.
clean_up() {
  local status=$?
  # Nothing may stop this half-way, also not a terminal that is gone.
  set +e
  trap '' INT TERM HUP PIPE
  if [ -n "$step" ]; then
    kill -TERM "$step" 2>/dev/null || true
    wait "$step" 2>/dev/null || true
  fi
  if [ -n "$service" ]; then
    stop_service
    stop_postgres
  fi
  exit "$status"
}

stop_service() {
  if kill -TERM "$service" 2>/dev/null; then
    say "Stopping the service ..."
    if ! gone "$service" "$stop_seconds"; then
      say "It has not stopped within $stop_seconds s: killing it." >&2
      kill -KILL "$service" 2>/dev/null || true
    fi
  fi
  wait "$service" 2>/dev/null || true
}

# Only a service that was killed leaves its database behind; one that ran before is not ours.
stop_postgres() {
  local pid
  for pid in $(postgres_here || true); do
    case " ${postgres_before//$'\n'/ } " in
      *" $pid "*) continue ;;
    esac
    say "Stopping the database that the service left behind ..." >&2
    kill -INT "$pid" 2>/dev/null || true
    gone "$pid" 10 || kill -QUIT "$pid" 2>/dev/null || true
  done
}

# Waits until a process has ended, at most so many seconds.
gone() {
  local left=$(($2 * 10))
  while kill -0 "$1" 2>/dev/null; do
    [ "$left" -gt 0 ] || return 1
    left=$((left - 1))
    sleep 0.1
  done
}

parse "$@"
trap clean_up EXIT
trap 'interrupted 130' INT
trap 'interrupted 143' TERM
trap 'interrupted 129' HUP
trap 'exit 141' PIPE
find_java
make_data_directory
build
make_sample
choose_port
start_service
run_job
serve
