#!/usr/bin/env bash
# Every breach that the reference host can commit, against the stand-in, which answers as the header says.
#   breaches.sh TRADING_HOST ECHO_MODULE KIND...
set -uo pipefail
host=$1 module=$2; shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
for kind in "$@"; do
  timeout 60 "$host" --module "$module" --config unused.ini --state "$work/host" --log "$work/host.log" --misbehave "$kind" \
    > "$work/answers" && continue
  echo "FAILED: $kind"; cat "$work/answers"; failures=$((failures + 1))
done
exit "$((failures > 0))"
