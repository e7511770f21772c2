#!/usr/bin/env bash
# Two hosts on one database. Both are told the same completions; a subject rates on the one's page and finds it rated on the other's at once.
# Then the database stops, one host goes on accepting, and is killed before it could bring in what it has accepted: the other misses it
# when its lease is over, its journal is adopted, not before, and what was accepted is there once, in the store and at the province.
#   left_behind.sh [COMPLETIONS]
source "$(dirname "$0")/lib.sh"
source "$here/two_hosts.sh"
count=${1:-500}
[ "$store" != sqlite ] || die "several hosts share a server: HCP_STORE=mysql or oracle"

two_hosts "${public_pages[@]}"
start_host one
one=$host_input
start_host two
two=$host_input
to() { [ "$1" == one ] && host_input=$one || host_input=$two; host_name=$1; }

# ---- the same completions, and a rating seen at once
completions both 50 > "$work/both.tsv"
for host in one two; do
  to "$host"
  grep -q '"OK":50,' <<< "$(tell "feed $work/both.tsv batch=1 threads=4 order=shuffled")" || fail "not every event was answered OK by $host"
done
wait_until 60 "everything is in the store" eval 'is_drained one && is_drained two'
is "cases of completions that both were told" 50 "$(store_sql one 'select count(*) from cases')"
port_of() { sed -nE 's/.*评价网页已启动，端口 ([0-9]+).*/\1/p' "$work/$1/host.log" | tail -1; }
to one
for i in {1..20}; do
  link=$(tell "link faults both-$i 1 2 91370000both$i"); link=${link#*\"answer\":\"}; link=${link%%\"*}
  path=/${link#*://*/}
  code=$(curl -sS -m 20 -o /dev/null -w '%{http_code}' --data 'level=4' --data-urlencode 'text=两边都看得到' --data 'final=1' "http://localhost:$(port_of one)$path")
  is "an answer on one's page" 303 "$code"
  curl -sS -m 20 "http://localhost:$(port_of two)$path" > "$work/page"
  grep -q '两边都看得到' "$work/page" || fail "the answer given on one is not on two's page: $(head -c 300 "$work/page")"
done

# ---- killed with a full journal
kill -STOP "$store_pid"
completions left "$count" > "$work/left.tsv"
grep -q "\"OK\":$count," <<< "$(tell "feed $work/left.tsv batch=10")" || fail "not every event was answered OK while the database stood still"
frames=$(journal_sql one 'select count(*) from frame')
[ "$frames" -gt 0 ] || fail "the journal holds nothing"
kill_hard one
exec {one}>&-
kill -CONT "$store_pid"
to two
control two journal adopt "$work/one/data" > "$work/early" 2>&1 && fail "adopted while the lease runs: $(cat "$work/early")"
grep -q '还在运行' "$work/early" || fail "why it is not adopted yet: $(cat "$work/early")"
misses_it() { tell health | grep -q '"instances":"实例 1'; }
wait_until 60 "the other misses it" misses_it
control two instances list > "$work/list" && fail "a lost instance is no finding"
grep -q 失联 "$work/list" || fail "the list: $(cat "$work/list")"
grep -q 'haochaping_instances{state="lost"} 1' <<< "$(operations two /metrics)" || fail "the metrics do not miss it"
control two instances retire 1 > "$work/retired" 2>&1 && fail "retired with a full journal"
control two journal adopt "$work/one/data" > "$work/adopted" 2>&1 || fail "adopt: $(cat "$work/adopted")"
say "$(cat "$work/adopted")"
wait_until 30 "the other misses nothing any more" eval '! misses_it'
is "cases" $((50 + count)) "$(store_sql one 'select count(*) from cases')"
control two instances retire 1 > "$work/retired" 2>&1 || fail "retire: $(cat "$work/retired")"

# ---- whoever starts on the directory again has another number, and does nothing twice
start_host one
one=$host_input
wait_until 60 "it is in the store" is_drained one
wait_until 240 "everything is at the province" is_delivered one
stop_host
to two
stop_host
is "cases" $((50 + count)) "$(store_sql one 'select count(*) from cases')"
is "services at the province" $((50 + count)) "$(province_sql 'select count(*) from service')"
control one instances list --json > "$work/list" || fail "the list: $(cat "$work/list")"
is "numbers of those that are not retired" "2 3" "$(grep -oE '"number":[0-9]+' "$work/list" | grep -oE '[0-9]+' | tr '\n' ' ' | sed 's/ $//')"
one_m1_at_a_time
sound one
verified=$(control two ledger verify 2>&1) || fail "the ledger by the other's anchors: $verified"
[ "$failures" -eq 0 ]
