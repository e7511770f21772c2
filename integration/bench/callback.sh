#!/usr/bin/env bash
# What a callback costs its host: `completed` beside the same disk and SQLite bare, in one run on one disk (targets T1 to T3).
#   bash integration/bench/callback.sh [--quick]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
seconds=2 rounds=5 draining_rounds=3
[ "${1:-}" != --quick ] || { seconds=1 rounds=3 draining_rounds=1; }
build haochaping bench_callback

run() { # cipher, options...
  local cipher=$1; shift
  instance "$work/instance" "keys.cipher=$cipher" "journal.max_bytes=$((8 << 30))"
  "$build/integration/bench/bench_callback" --module "$build/haochaping.so" --config "$work/instance/haochaping.ini" \
    --store "$work/instance/store.db" --journal "$work/instance/data/journal.db" --directory "$work/instance" \
    --seconds "$seconds" "$@"
}
for cipher in sm4-ctr-hmac-sm3 aes-256-gcm; do
  heading "$cipher, the store does not answer: what accepting costs by itself"
  run "$cipher" --rounds "$rounds"
done
for cipher in sm4-ctr-hmac-sm3 aes-256-gcm; do
  heading "$cipher, the store takes the events meanwhile, on the same cores and disk (no target; the bare slices run alone)"
  run "$cipher" --rounds "$draining_rounds"  --draining
done
