#!/usr/bin/env bash
# The module exports its entrance and nothing else, and asks its host for nothing but the C library.
#   one_symbol.sh MODULE linked_in|shared     shared: a sanitized build, which takes the libraries of the system
set -euo pipefail
exported=$(nm -D --defined-only "$1" | awk '{print $NF}')
if [ "$exported" != "hcp_plugin_create" ]; then
  printf 'exported, instead of hcp_plugin_create alone:\n%s\n' "$exported"
  exit 1
fi
[ "$2" == linked_in ] || exit 0

needed=$(readelf -d "$1" | sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p' | sort | tr '\n' ' ')
for library in $needed; do
  case $library in
    libc.so.6 | libm.so.6 | ld-linux-*) ;;
    *) echo "needs $library, and so a host that has it"; exit 1 ;;
  esac
done
foreign=$(nm -D --undefined-only "$1" | awk '$1 == "U"' | grep -v '@GLIBC_' || true)
[ -z "$foreign" ] || { printf 'asked of whatever has it:\n%s\n' "$foreign"; exit 1; }
readelf -d "$1" | grep -q NODELETE || { echo "may be unmapped"; exit 1; }

stripped=$(mktemp)
trap 'rm -f "$stripped"' EXIT
strip -o "$stripped" "$1"
glibc=$(nm -D --undefined-only "$1" | sed -nE 's/.*@GLIBC_([0-9.]+)$/\1/p' | sort -V | tail -1)
echo "needs $needed(glibc $glibc or later); $(($(stat -c %s "$stripped") / 1024)) KiB stripped"
