#!/usr/bin/env bash
# A call with as many events as there may be: a rating meanwhile answers in less than a second, stop succeeds at its first call (3 s) right
# behind it, and memory stays within 64 MiB of what it was.
#   flood.sh TRADING_HOST MODULE INI DIR figures|answers      answers alone where a sanitizer makes every figure another
set -euo pipefail
"$1" --module "$2" --config "$3" --state "$4/host" --log "$4/host.log" --flood 100000 | tee "$4/flood.tsv"
[ "$5" == answers ] || awk -F '\t' '
  { figure[$1] = $2 }
  END {
    exit !(figure["longest_rating_ms"] < 1000 && figure["stops"] == 1 && figure["most_kib"] <= figure["idle_kib"] + 64 * 1024 && figure["idle_kib"] > 0)
  }' "$4/flood.tsv" || { echo "a figure is beyond what was promised"; exit 1; }
