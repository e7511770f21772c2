#!/usr/bin/env bash
# One opening of bids is reported to several hosts of one database at once, to each of them the whole: every step of every bidder becomes
# one case with one evaluation, and the province has each service once, numbered without a gap, whichever host opened and sent it.
#   told_to_all.sh [HOSTS [BIDDERS [STEPS]]]
source "$(dirname "$0")/lib.sh"
source "$here/judge_province.sh"
hosts=${1:-4} bidders=${2:-300} steps=${3:-34}
events=$((bidders * steps))
[ "$store" != sqlite ] || die "several hosts share a server: HCP_STORE=mysql or oracle"

start_province --plain --no-sm2
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t settings < <(with_province "$work/profile.ini" plain)
declare -A input=()
for ((h = 1; h <= hosts; ++h)); do
  if ((h == 1)); then instance h1 "${settings[@]}"; else instance_beside "h$h" h1 "${settings[@]}"; fi
  start_host "h$h"
  input[$h]=$host_input
done
opening "$bidders" "$steps" 项目登记 > "$work/opening.tsv"

began=$(date +%s%6N)
feeds=()
for ((h = 1; h <= hosts; ++h)); do
  (host_name=h$h host_input=${input[$h]}; tell "feed $work/opening.tsv batch=1 threads=4 order=shuffled seed=$h" > "$work/h$h.fed") &
  feeds+=($!)
done
wait "${feeds[@]}"
for ((h = 1; h <= hosts; ++h)); do
  grep -q "\"OK\":$events," "$work/h$h.fed" || fail "not every event was answered OK by h$h: $(cat "$work/h$h.fed")"
done
all_drained() { local h; for ((h = 1; h <= hosts; ++h)); do is_drained "h$h" || return; done; }
wait_until 240 "everything is in the store" all_drained
stored=$(date +%s%6N)
wait_until 240 "everything is at the province" is_delivered h1
for ((h = hosts; h >= 1; --h)); do
  host_name=h$h host_input=${input[$h]}
  stop_host
done

copy=$(store_file "$work/h1")
in_store() { sqlite3 -readonly "$copy" "$1"; }
is "cases" "$events" "$(in_store "select count(*) from cases")"
is "evaluations, each of one case and one subject" "$events" "$(in_store "select count(distinct case_id || ' ' || subject_id) from evaluations")"
is "evaluations" "$events" "$(in_store "select count(*) from evaluations")"
is "dossiers" "$bidders" "$(in_store "select count(*) from dossiers")"
is "services at the province" "$events" "$(province_sql 'select count(*) from service')"
is "dossiers at the province" "$bidders" "$(province_sql 'select count(distinct projectNo) from service')"
is "numbering with a gap" "" "$(province_sql 'select projectNo from service group by projectNo having min(serviceNumber) <> 1 or max(serviceNumber) <> count(*) limit 5')"
is "opened cases by the counters" "$events" "$(in_store "select sum(n) from counters where metric = 1")"
one_m1_at_a_time
sound h1
say "$events completions, each told to $hosts hosts: in the store $(awk -v a="$began" -v b="$stored" 'BEGIN { printf "%.1f", (b - a) / 1e6 }') s after the first callback; opened by each: $(in_store "select group_concat(n, ' ') from (select count(*) as n from ledger where lane <= 1023 group by lane)" ) entries"
[ "$failures" -eq 0 ]
