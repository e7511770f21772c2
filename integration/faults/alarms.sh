#!/usr/bin/env bash
# A host whose own timer interrupts it a thousand times a second, without SA_RESTART: start, stop and calls succeed on its interrupted
# threads, pages are answered and messages delivered, and its handler runs on no thread of ours.
#   alarms.sh [RATINGS]
source "$(dirname "$0")/lib.sh"
ratings=${1:-40}

start_province --plain --no-sm2
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t settings < <(with_province "$work/profile.ini" plain)
instance stormy "${settings[@]}" "${public_pages[@]}" web.per_address_per_minute=1000000
start_host stormy --alarms-us 1000

completions rated "$ratings" > "$work/rated.tsv"
[[ $(tell "feed $work/rated.tsv batch=1 threads=2") == *"\"OK\":$ratings,"* ]] || die "the cases to be rated were not taken"
wait_until 60 "the cases to be rated are in the store" is_drained stormy

# Eight threads take the alarms, and so keep them coming, until everything is rated.
completions storm 100000 > "$work/storm.tsv"
tell_ok "feed_begin $work/storm.tsv batch=1 threads=8 every_ms=10"
rated=0
for ((i = 1; i <= ratings; ++i)); do
  link=$(tell "link faults rated-$i 1 2 91370000rated$i" | sed -E 's/.*"answer":"([^"]*)".*/\1/')
  page=$(curl -sS -m 20 -o /dev/null -w '%{http_code} ' "$link"; curl -sS -m 20 -o /dev/null -w '%{http_code}' --data level=5 "$link")
  [ "$page" == "200 303" ] && rated=$((rated + 1)) || fail "page and rating $i were answered with $page"
done
told=$(tell feed_end)
reported=$(sed -E 's/.*"OK":([0-9]+),.*/\1/' <<< "$told")
is "answers other than OK" "" "$(grep -oE '"(INVALID|FULL|STATE|INTERNAL|TIMEOUT|UNHOOKED)":[1-9][0-9]*' <<< "$told")"
wait_until 300 "everything is in the store and at the province" is_done stormy
is "cases" $((ratings + reported)) "$(store_sql stormy 'select count(*) from cases')"
is "ratings at the province" "$ratings" "$(province_sql 'select count(*) from rating')"
stop_host
sound stormy

alarms=$(grep '"command":"alarms"' "$work/stormy.out")
say "$reported completions beside $rated ratings; $alarms"
[[ $alarms == *'"elsewhere":0}' ]] || fail "the host's handler ran on threads of ours: $alarms"
[[ $alarms != *'"taken":0,'* ]] || fail "there was no storm"
