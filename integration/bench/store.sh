#!/usr/bin/env bash
# The store: how many opens, ratings and defaults a second (T4, T9) beside a bare program that writes the same rows with the client
# library, by one connection and by four; with --growth also what becomes of them as the database grows (T10).
#   bash integration/bench/store.sh [--quick] [--stores "sqlite mysql oracle"] [--growth] [--ten-million]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/integration/store/lib.sh"
# Of each step, in all; of the opened ones `due` are due, and as many are rated. Many whole transactions of each of four connections:
# the last of them is not shared.
opens=40000 due=16000 rounds=3 sizes=() small=100000
while [ $# -gt 0 ]; do
  case $1 in
    --quick) opens=4000 due=2000 rounds=1 ;;
    --stores) stores=$2; shift ;;
    --growth) sizes=(1000000) ;;
    --ten-million) sizes=(1000000 10000000) ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
  shift
done
[ ${#sizes[@]} -eq 0 ] || sizes=("$small" "${sizes[@]}")
build bench_store bench_bare_store
programs=$build/integration/bench
bash "$root/integration/trading_host/instance.sh" "$work/instance"
# A database of these sizes fits into its server's memory, as it does on a server that is looked after; all else is as it comes, so
# every commit is synced.
server=(--innodb-buffer-pool-size=2G --innodb-log-file-size=512M)

database() { # NAME: an empty one with our tables
  mkdir -p "$folder/$1"
  store_settings "$folder/$1" > /dev/null
  ours "$1" 1 migrate
}
ours() { # NAME CONNECTIONS STEP NUMBERS...
  local where=$folder/$1/keys/database.conn
  [ "$store" != sqlite ] || where=$folder/$1/store.db
  "$programs/bench_store" "$store" "$where" "$work/instance/keys" "${@:2}"
}
bare() { # FROM TO CONNECTIONS STEP
  "$programs/bench_bare_store" "$store" "$(place "$1")" "$(place "$2")" "$3" "$4"
}

pair() { # CONNECTIONS: each step of ours on one database, then the bare one on another
  local connections=$1 round first mine theirs step each=$((opens / $1)) each_due=$((due / $1))
  database "ours$connections"
  database "bare$connections"
  for round in $(seq "$rounds"); do
    first=$(((round - 1) * each))
    for step in open rate settle; do
      case $step in
        open) mine=$(ours "ours$connections" "$connections" open "$first" "$each" "$each_due") ;;
        rate) mine=$(ours "ours$connections" "$connections" rate $((first + each_due)) "$each_due") ;;
        settle) mine=$(ours "ours$connections" "$connections" settle "$due") ;;
      esac
      theirs=$(bare "ours$connections" "bare$connections" "$connections" "$step")
      awk -v a="$mine" -v b="$theirs" 'BEGIN { print a, b, a / b }' >> "$work/$store-$connections-$step.rates"
    done
  done
  for step in open rate settle; do
    printf '  %-8s %11s %9.0f %9.0f %8.2f\n' "$step" "$connections" "$(column "$store-$connections-$step" 1)" \
      "$(column "$store-$connections-$step" 2)" "$(column "$store-$connections-$step" 3)"
  done
}

grow() { # the same steps at each size; their rates, and the first size's through each
  local size first=0 round step began filled opens=20000 due=8000
  database grown
  for size in "${sizes[@]}"; do
    began=$first
    first=$((size - rounds * opens))
    filled=$(ours grown 1 open "$began" $((first - began)) 0)  # apart, so that a failure ends the run
    echo "  filled up to $size by the use case: $filled /s"
    for round in $(seq "$rounds"); do
      ours grown 1 open "$first" "$opens" "$due" >> "$work/$store-$size-open.rates"
      ours grown 1 rate $((first + due)) "$due" >> "$work/$store-$size-rate.rates"
      ours grown 1 settle "$due" >> "$work/$store-$size-settle.rates"
      first=$((first + opens))
    done
  done
  for step in open rate settle; do
    printf '  %-8s' "$step"
    for size in "${sizes[@]}"; do printf ' %9.0f /s at %s' "$(column "$store-$size-$step" 1)" "$size"; done
    for size in "${sizes[@]:1}"; do
      printf '   %s / %s: %s' "$small" "$size" \
        "$(awk -v a="$(column "$store-$small-$step" 1)" -v b="$(column "$store-$size-$step" 1)" 'BEGIN { printf "%.2f", a / b }')"
    done
    echo
  done
}

for store in $stores; do
  folder=$work/$store
  mkdir "$folder"
  store_options=("${server[@]}") && store_begin "$folder"
  [ -z "$store_pid" ] || pids+=("$store_pid")
  heading "$store  a second, durable; $opens opens in transactions of 500, $due ratings of 256, $due defaults of 1000; medians of $rounds"
  echo "  step     connections      ours      bare    ratio (targets T4, T9: >= 0.6)"
  pair 1
  pair 4
  if [ ${#sizes[@]} -gt 0 ]; then
    heading "$store  as it grows, 1 connection (target T10: each quotient < 1.5); medians of $rounds"
    grow
  fi
  [ -z "$store_pid" ] || end_last
  rm -rf "$folder"
done
