#!/usr/bin/env bash
# Somebody reads the store and stays in his transaction, as a backup or a forgotten shell does: everything is taken all the same, and from
# 64 MiB of write-ahead log on, health, metrics and log tell of it. Once he goes the file is small again, and stays so.
#   open_reader.sh [AT_LEAST]      as many completions as make the log heavy, but at least so many
source "$(dirname "$0")/lib.sh"
at_least=${1:-0}
heavy=$((64 << 20))

# Nothing writes by itself meanwhile: a writer that begins the log anew cuts it as well.
instance one reconcile.daily_at=off instance.lease_s=600
start_host one
wal_bytes() { stat -c %s "$work/one/store.db-wal"; }
is_light() { [ "$(wal_bytes)" -lt "$heavy" ]; }
is_heavy() { ! is_light; }
shown() { operations one /metrics | sed -n 's/^haochaping_store_wal_bytes //p'; } # in MiB, rounded up
alarm_stands() { tell health | grep -q '"store_wal":"[^"]*64 MiB'; }
takes() { # PREFIX COUNT
  completions "$1" "$2" > "$work/$1.tsv"
  is "answers to $2 completions" "\"OK\":$2" "$(tell "feed $work/$1.tsv batch=100 threads=2" | grep -oE '"(OK|INVALID|FULL|STATE|INTERNAL)":[0-9]+')"
  wait_until 300 "$2 completions are in the store" is_drained one
}

hold_store one reading
takes few 1000
sees_little() { [ "$(shown)" -gt $((2 << 20)) ]; }
wait_until 30 "the metrics show the log" sees_little
is_light || fail "1000 completions made $(wal_bytes) bytes"
alarm_stands && fail "an alarm at $(wal_bytes) bytes"

sent=1000
until is_heavy && [ "$sent" -ge "$at_least" ]; do
  [ "$sent" -lt 60000 ] || die "$sent completions made only $(wal_bytes) bytes"
  takes "more-$sent" 3000
  sent=$((sent + 3000))
done
say "with the reader in its transaction, after $sent completions: $(wal_bytes) bytes"
wait_until 30 "health says that the log is heavy" alarm_stands
sees_it_all() { [ "$(shown)" -ge "$(wal_bytes)" ]; }
wait_until 30 "the metrics show all of it" sees_it_all
is_heavy || fail "the log was cut under its reader"
release_store

wait_until 30 "the file is small again" is_light
alarm_is_over() { ! alarm_stands; }
wait_until 30 "health says no more of it" alarm_is_over
sees_less() { [ "$(shown)" -lt "$heavy" ]; }
wait_until 30 "the metrics neither" sees_less
takes later 2000
is_light || fail "without a reader it is $(wal_bytes) bytes again"
is "what the log says" "告警 store_wal 告警解除 store_wal" "$(grep -oE '(告警|告警解除) store_wal' "$work/one/host.log" | paste -sd' ')"
is "cases" $((sent + 2000)) "$(store_sql one 'select count(*) from cases')"
stop_host
sound one
