#!/usr/bin/env bash
# The host's process dies by SIGKILL again and again while the journal holds thousands of events that the host lists as completed. What the
# journal holds is not lost: no start takes any of it in again, and what was really lost is counted to the one.
#   backlog.sh [KILLS] [SEED]
source "$(dirname "$0")/lib.sh"
kills=${1:-3}
seed=${2:-$((RANDOM * 32768 + RANDOM))}
say "seed $seed, $kills kills"
RANDOM=$((seed % 32768))

backlog=20000 frame=500   # one call, one frame
now=$(date +%s)
rows() { # NAME COUNT: a feed file of completions
  printf 'kind\thost_id\tcase_no\tcompletion_no\tline\tproject_no\tnode\titem_code\tcompleted_at_us\tsubjects\n'
  awk -v name="$1" -v count="$2" -v now="$now" 'BEGIN {
    for (i = 1; i <= count; ++i)
      printf "completion\tbacklog\t%s-%d\t1\t1\tP-%s-%d\t项目登记\tZC-01\t%d000000\t2|3|91370000BACK%d|001|示例投标人\n", name, i, name, i, now, i
  }'
}
waiting() { journal_sql one 'select coalesce(sum(events), 0) from frame'; }
frames_ever() { journal_sql one 'select max(forgotten_frame, coalesce((select max(frame) from frame), 0)) from journal'; }
scans() { grep -c '与主机对账完成' "$work/one/host.log"; }
has_scanned() { [ "$(scans)" -gt "$1" ] || ! alive one; }
repaired() { sed -nE 's/.*与主机对账完成.*补收 ([0-9]+) 件.*/\1/p' "$work/one/host.log" | sort -n | uniq -c | awk '{ print $2 ":" $1 }' | tr '\n' ' '; }
kill_host() {
  exec {host_input}>&-
  kill_hard one
}
# The store takes nothing meanwhile, so that all of it is still in the journal when the host dies.
fed=0
feed_backlog() {
  start_host one
  hold_store one
  fed=$((fed + 1))
  rows "k$fed" "$backlog" > "$work/backlog.tsv"
  [[ $(tell "feed $work/backlog.tsv batch=$frame") == *"\"OK\":$backlog,"* ]] || fail "the backlog was not taken"
  kill_host
  release_store
  [ "$(waiting)" -ge "$backlog" ] || fail "the journal holds $(waiting) events only"
}
nothing_came_twice() { is "frames that ever were in the journal" $((fed * backlog / frame)) "$(frames_ever)"; }

instance one
for ((i = 1; i <= kills; ++i)); do
  [ $((fed)) -gt 0 ] && [ "$(waiting)" -ge $((backlog / 2)) ] || feed_backlog
  start_host one
  sleep "0.$(printf '%03d' $((RANDOM % 400)))"
  alive one || die "life $i ended by itself"
  kill_host
  [ "$(waiting)" -gt 0 ] || fail "life $i drained everything: its end proves nothing"
  nothing_came_twice
done
say "backlogs: $fed, still in the journal: $(waiting)"

# scan_once [options]: one life that ends in good order after its scan
scan_once() {
  local before; before=$(scans)
  start_host one "$@"
  wait_until 240 "the scan is complete" has_scanned "$before"
  wait_until 60 "the journal is drained" is_drained one
}
scan_once; nothing_came_twice; stop_host
scan_once; nothing_came_twice; stop_host
is "what the scans took in: only nothing" "" "$(repaired | tr ' ' '\n' | grep -v '^0:')"
is "cases" $((fed * backlog)) "$(store_sql one 'select count(*) from cases')"

rows lost 7 > "$work/lost.tsv"
scan_once --lose-callback 100%
[[ $(tell "feed $work/lost.tsv batch=7") == *'"LOST":7'* ]] || fail "the host lost nothing"
stop_host
scan_once; stop_host
is "what the scan took in" "7:1" "$(repaired | tr ' ' '\n' | grep -v '^0:')"
scan_once; stop_host
is "what the scan took in afterwards" "7:1" "$(repaired | tr ' ' '\n' | grep -v '^0:')"
is "cases in the end" $((fed * backlog + 7)) "$(store_sql one 'select count(*) from cases')"
sound one
