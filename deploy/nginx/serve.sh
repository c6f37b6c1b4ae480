#!/usr/bin/env bash
# Runs nginx as a cache in front of the service, in the foreground:
#   deploy/nginx/serve.sh [UPSTREAM [LISTEN [FOLDER [SIZE]]]]
# by default 127.0.0.1:8080 127.0.0.1:8081 captionary-data/nginx 50g; several nodes with commas between.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PATH=$PATH:/usr/sbin
command -v nginx > /dev/null || { echo "nginx is not installed" >&2; exit 1; }
upstream=${1:-127.0.0.1:8080}
upstream=${upstream//,/; server }
listen=${2:-127.0.0.1:8081}
mkdir -p "${3:-captionary-data/nginx}"
cache=$(cd "${3:-captionary-data/nginx}" && pwd)
rm -rf "$cache/tokens" # of former versions
memory=/dev/shm
[ -w "$memory" ] || { echo "$memory is needed, for tokens that must not be on a disk" >&2; exit 1; }
tokens=$memory/captionary-tokens-$(id -u)-$(printf %s "$cache" | cksum | cut -d ' ' -f 1)
mkdir -p -m 0700 "$tokens"
sed -e "s|@UPSTREAM@|$upstream|; s|@LISTEN@|$listen|; s|@CACHE@|$cache|; s|@SIZE@|${4:-50g}|" \
  -e "s|@TOKENS@|$tokens|" \
  "$here/captionary.conf" > "$cache/nginx.conf"
# As root, nginx would work as another user, who may not read the folder.
user=()
[ "$(id -u)" -ne 0 ] || user=(-g "user root;")
exec nginx -p "$cache" -c "$cache/nginx.conf" ${user[@]+"${user[@]}"}
