#!/usr/bin/env bash
# One opening of bids: every step of every bidder is reported within moments, by sixteen threads of the host (E10). Each becomes one
# evaluation, once, and each bidder is invited once. How long the callbacks took, and how soon the evaluations were open, is printed.
#   opening.sh [BIDDERS [STEPS]]
source "$(dirname "$0")/lib.sh"
bidders=${1:-300} steps=${2:-34}
events=$((bidders * steps))
record=${HCP_RECORD:-/dev/null}

instance one "${public_pages[@]}"
start_host one
opening "$bidders" "$steps" 开标 > "$work/opening.tsv"

# What a callback costs while the store takes nothing else: the same threads, a fiftieth of the events.
completions warm $((events / 50 + 16)) > "$work/warm.tsv"
p99_of() { sed -E 's/.*"p99_us":([0-9.]+).*/\1/' <<< "$1"; }
tell "feed $work/warm.tsv batch=1 threads=16" > /dev/null
wait_until 120 "the first events are in the store" is_drained one
sed 's/warm/calm/g' "$work/warm.tsv" > "$work/calm.tsv"
baseline=$(p99_of "$(tell "feed $work/calm.tsv batch=1 threads=16")")
wait_until 120 "the events before are in the store" is_drained one

began=$(date +%s%6N)
told=$(tell "feed $work/opening.tsv batch=1 threads=16")
fed=$(date +%s%6N)
[[ $told == *"\"OK\":$events,"* ]] || fail "not every event was answered OK: $told"
wait_until 240 "everything is in the store" is_drained one
stored=$(date +%s%6N)
stop_host

copy=$(store_file "$work/one")   # once: a server's is copied
in_store() { sqlite3 -readonly "$copy" "$1"; }
is "cases of the opening" "$events" "$(in_store "select count(*) from cases where project_no = 'P-OPEN'")"
is "evaluations of the opening, each of one case and one subject" "$events" \
  "$(in_store "select count(distinct e.case_id || ' ' || e.subject_id) from evaluations e join cases c on c.id = e.case_id where c.project_no = 'P-OPEN'")"
is "bidders" "$bidders" "$(in_store "select count(distinct e.subject_id) from evaluations e join cases c on c.id = e.case_id where c.project_no = 'P-OPEN'")"
is "messages to the province owed for them" "$events" \
  "$(in_store "select count(*) from deliveries d join evaluations e on e.id = d.evaluation_id join cases c on c.id = e.case_id where c.project_no = 'P-OPEN' and d.kind = 1")"
sound one

# Since the first callback began: the time since an event's own callback is shorter.
lag() { in_store "select printf('%.2f', (opened_at_us - $began) / 1e6) from cases where project_no = 'P-OPEN' order by opened_at_us limit 1 offset $((events * $1 / 100 - 1))"; }
say "$events completions by 16 threads: reported in $(awk -v a="$began" -v b="$fed" 'BEGIN { printf "%.2f", (b - a) / 1e6 }') s, p99 of a callback $(p99_of "$told") µs (of a few while the store is at rest: $baseline µs)"
say "open in the store after the first callback: p50 $(lag 50) s, p99 $(lag 99) s; all of them after $(awk -v a="$began" -v b="$stored" 'BEGIN { printf "%.2f", (b - a) / 1e6 }') s"
printf '%s\t%s\t%s\t%s\n' "$store" "$(p99_of "$told")" "$baseline" "$(lag 99)" > "$record"
[ "$failures" -eq 0 ]
