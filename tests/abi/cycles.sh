#!/usr/bin/env bash
# A hundred times from create to destroy: no thread stays, and memory does not grow once it is warm.
#   cycles.sh TRADING_HOST MODULE INI DIR GROWTH_KIB      between cycles 10 and 100; a sanitizer keeps memory, so it wants more
set -euo pipefail
# One arena: with several, memory depends on which thread happens to take which.
MALLOC_ARENA_MAX=1 "$1" --module "$2" --config "$3" --state "$4/host" --log "$4/host.log" --cycles 100 > "$4/cycles.tsv"
awk -F '\t' -v growth="$5" '
  $1 == 0   { threads = $2 }
  $1 == 10  { warm = $3 }
  $1 == 100 { last = $3; end = $2 }
  END {
    printf "threads %d at first, %d at last; %d KiB after 10 cycles, %d KiB after 100\n", threads, end, warm, last
    exit !(warm > 0 && end == threads && last <= warm + growth)
  }' "$4/cycles.tsv" || { cat "$4/cycles.tsv"; exit 1; }
