#!/usr/bin/env bash
# One call with more events than go together: the journal gets pieces, the metrics one call, and where the room ends the rest of the call
# is FULL while what is OK is kept.
#   long_call.sh
source "$(dirname "$0")/lib.sh"

now=$(date +%s)
# rows NAME COUNT SECRET SUBJECTS: a feed file of completions, the last SECRET of them under bid secrecy
rows() {
  printf 'kind\thost_id\tcase_no\tcompletion_no\tline\tproject_no\tnode\titem_code\tcompleted_at_us\tbids_secret\tsubjects\n'
  awk -v name="$1" -v count="$2" -v secret="$3" -v each="$4" -v now="$now" 'BEGIN {
    for (i = 1; i <= count; ++i) {
      subjects = ""
      for (s = 1; s <= each; ++s) subjects = subjects (s > 1 ? ";" : "") "2|3|913700" s "LONG" i "|001|示例投标人"
      printf "completion\tlong\t%s-%d\t1\t1\tP-%s-%d\t项目登记\tZC-01\t%d000000\t%d\t%s\n", name, i, name, i, now, (i > count - secret), subjects
    }
  }'
}
answers() { grep -oE '"(OK|INVALID|FULL|STATE|INTERNAL)":[0-9]+' <<< "$1" | tr -d '"' | tr '\n' ' '; }
frames() { journal_sql "$1" "select group_concat(events, ' ') from (select events from frame order by frame)"; }
metric() { operations "$host_name" /metrics | sed -n "s/^haochaping_$1 //p"; }

instance one
start_host one
hold_store one
rows long 1200 100 1 > "$work/long.tsv"
rows usual 500 0 3 > "$work/usual.tsv"
is "a long call" "OK:1200 " "$(answers "$(tell "feed $work/long.tsv batch=1200")")"
is "its pieces in the journal" "500 500 200" "$(frames one)"
is "a call of 500 events" "OK:500 " "$(answers "$(tell "feed $work/usual.tsv batch=500")")"
is "it stays in one piece" "500 500 200 500" "$(frames one)"
is "events counted, without the secret ones" 1600 "$(metric 'events_total{answer="ok",kind="completed"}')"
is "calls counted" 2 "$(metric 'callback_duration_seconds_count{kind="completed"}')"
release_store
wait_until 120 "everything is in the store" is_drained one
is "cases" 1700 "$(store_sql one 'select count(*) from cases')"
stop_host
sound one

instance small journal.max_bytes=1048576
start_host small
hold_store small
rows small 5000 0 4 > "$work/small.tsv"
told=$(tell "feed $work/small.tsv batch=5000")
ok=$(sed -E 's/.*"OK":([0-9]+).*/\1/' <<< "$told")
is "where the room ends" "OK:$ok FULL:$((5000 - ok)) " "$(answers "$told")"
[ "$ok" -gt 0 ] && [ $((ok % 500)) -eq 0 ] && [ "$ok" -lt 5000 ] || fail "$ok of 5000 events were taken"
release_store
wait_until 120 "what was taken is in the store" is_drained small
is "cases" "$ok" "$(store_sql small 'select count(*) from cases')"
is "the last of them" "small-$ok" "$(store_sql small 'select case_no from cases order by id desc limit 1')"
stop_host
sound small
