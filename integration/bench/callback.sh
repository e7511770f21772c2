#!/usr/bin/env bash
# What a callback costs its host: `completed` beside the same disk and SQLite bare, in one run on one disk (targets T1 to T3), and what it
# costs while the store takes the events on the same cores (T13).
#   bash integration/bench/callback.sh [--quick] [--stores "sqlite mysql oracle"]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/integration/store/lib.sh"
seconds=2 rounds=5 draining_rounds=3
while [ $# -gt 0 ]; do
  case $1 in
    --quick) seconds=1 rounds=3 draining_rounds=1 ;;
    --stores) stores=$2; shift ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
  shift
done
build haochaping hcpctl bench_callback

run() { # options...
  "$build/integration/bench/bench_callback" --module "$build/haochaping.so" --config "$work/instance/haochaping.ini" \
    --directory "$work/instance" --seconds "$seconds" "$@"
}
# As if the database were down: a writer who does not let go, in a process of its own.
hold() { # DB
  coproc HOLDER { sqlite3 "$1"; }
  echo "pragma journal_mode = wal; begin immediate; select 'held';" >&"${HOLDER[1]}"
  local line
  until read -r -t 10 line <&"${HOLDER[0]}" && [ "$line" = held ]; do [ -n "${line:-}" ] || { echo "the store is not held" >&2; exit 1; }; done
}
let_go() { exec {HOLDER[1]}>&-; wait "$HOLDER_PID"; }

for cipher in sm4-ctr-hmac-sm3 aes-256-gcm; do
  heading "$cipher, the store does not answer: what accepting costs by itself"
  instance "$work/instance" "keys.cipher=$cipher" "journal.max_bytes=$((8 << 30))"
  run --rounds 1 --seconds 0.05 --draining 1,1 > /dev/null # without its database the first start of an instance is refused
  hold "$work/instance/store.db"
  run --rounds "$rounds" --journal "$work/instance/data/journal.db" | tee "$work/$cipher.told"
  let_go
done
bytes=$(sed -n 's/^\([0-9]*\) bytes an event alone, \([0-9]*\) .*/\1,\2/p' "$work/sm4-ctr-hmac-sm3.told")
for store in $stores; do
  heading "sm4-ctr-hmac-sm3, $store takes the events meanwhile, on the same cores and disk; the bare slices run alone"
  store_begin "$work"
  [ -z "$store_pid" ] || pids+=("$store_pid")
  mapfile -t on_store < <(store_settings "$work/on_$store")
  [ "$store" = sqlite ] || [ ${#on_store[@]} -gt 0 ] || exit 1
  instance "$work/instance" "journal.max_bytes=$((8 << 30))" "${on_store[@]}"
  [ "$store" = sqlite ] || "$build/hcpctl" --config "$work/instance/haochaping.ini" db migrate > /dev/null
  run --rounds "$draining_rounds" --draining "$bytes"
  if [ -n "$store_pid" ]; then
    end_last
    rm -rf "$work/mariadb"
  fi
done
