#!/usr/bin/env bash
# What must not leak. Identities are nowhere at rest in clear; how many take part in a project is nobody's before its bids are open; a
# default never reaches the province as somebody's opinion; the host's settings for core dumps stay the host's.
#   privacy.sh
source "$(dirname "$0")/lib.sh"
clock=$work/now_us
set_clock() { echo "$(date -d "$1" +%s)000000" > "$clock"; }
set_clock '2026-09-24T10:00:00+08:00'

start_province --plain --no-sm2 --clock-file "$clock"
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t province_settings < <(with_province "$work/profile.ini" plain)
settings=("${province_settings[@]}" clock.allow_virtual=on sweep.interval_ms=100 reconcile.daily_at=off)

completed() { # CASE KEY=VALUE...
  tell_ok "completed line=1 node=项目登记 item_code=ZC-01 department_id=D-1 department_name=交易一部 case_no=$*"
}

# ---- identities ----

firm='绝密示例采购有限公司' person='示例张三丰' agent='示例李代理' handler='示例王经办'
firm_no='91370000PRIVATE01X' person_no='370102199001019991' agent_no='370102198505059992' visitor_no='370102197707079993'
poison_no='91370000PRIVATE02Y' mobile='13898765432' text='只有本人知道的一句话'
instance secrets "${settings[@]}" log.level=debug "${public_pages[@]}"
start_host secrets --clock-file "$clock"
completed C-1 project_no=P-1 "subjects=2|2|$firm_no|001|$firm|$mobile|$agent|$agent_no;1|3|$person_no|111|$person|$mobile" "handlers=S-1|$handler"
tell_ok "visit line=1 visit_no=V-1 department_id=D-1 subject=1|0|$visitor_no|111|$person|$mobile"
completed C-3 project_no=P-4 "subjects=1|3|$person_no|111|$person|$mobile"
tell_ok "withdraw sdggzy C-3 1 应${person}（${mobile}）要求撤回"
wait_until 60 "they are at the province" is_done secrets
tell_ok "rate case_no=C-1 subject_type=2 certificate_no=$firm_no level=1 request_key=k1 text=$text"

# On the pages: a first tap, an answer with words, and the list that a sign-on ticket opens.
page_of() { # CASE TYPE CERTIFICATE
  local link; link=$(tell "link sdggzy $1 1 $2 $3"); link=${link#*\"answer\":\"}
  echo "${link%%\"*}"
}
post() { curl -sS -m 20 -o /dev/null -w '%{http_code}' -H 'Content-Type: application/x-www-form-urlencoded' "$@"; }
completed C-4 project_no=P-5 "subjects=2|3|$firm_no|001|$firm|$mobile;1|3|$person_no|111|$person|$mobile"
wait_until 60 "it is in the store" is_drained secrets
is "a first tap on the page" 303 "$(post --data 'level=2' "$(page_of C-4 2 "$firm_no")")"
is "an answer on the page" 303 "$(post --data-urlencode "text=$text" --data 'level=4' "$(page_of C-4 1 "$person_no")")"
ticket=$(tell "ticket 2 $firm_no"); ticket=${ticket#*\"ticket\":\"}; ticket=${ticket%%\"*}
port=$(sed -nE 's/.*评价网页已启动，端口 ([0-9]+).*/\1/p' "$work/secrets/host.log" | tail -1)
grep -q 待评价 <<< "$(curl -sSfL -m 20 -c "$work/jar" -b "$work/jar" "http://localhost:$port/s?ticket=$ticket")" || fail "the list of a subject is not shown"

# One event that the store refuses is set aside; one stays in the journal because the store takes nothing.
sqlite3 -cmd '.timeout 10000' "$work/secrets/store.db" "create trigger poison before insert on cases when new.case_no = 'C-POISON' begin select raise(abort, 'refused by the test'); end"
completed C-POISON project_no=P-2 "subjects=2|3|$poison_no|001|$firm|$mobile"
is_set_aside() { [ "$(journal_sql secrets 'select count(*) from set_aside')" == 1 ]; }
wait_until 60 "it is set aside" is_set_aside
wait_until 60 "the rating is at the province" is_done secrets
hold_store secrets
completed C-2 project_no=P-3 "subjects=2|3|$firm_no|001|$firm|$mobile|$agent|$agent_no;1|3|$person_no|111|$person|$mobile"
is "events that wait in the journal" 1 "$(journal_sql secrets 'select count(*) from frame')"

mkdir "$work/told"
operations secrets /metrics > "$work/told/metrics"
operations secrets /health > "$work/told/health"
tell health > "$work/told/health.host"
control secrets deliveries list --limit 1000 > "$work/told/deliveries" 2>&1
control secrets deliveries list --limit 1000 --json > "$work/told/deliveries.json" 2>&1
for delivery in $(store_sql secrets 'select id from deliveries'); do control secrets deliveries show "$delivery"; done > "$work/told/delivery" 2>&1
control secrets config show > "$work/told/config" 2>&1
control secrets ledger verify > "$work/told/ledger" 2>&1

# The settings for core dumps are what this shell has: the module touches neither.
pid=$(pid_of secrets)
is "limit of core dumps" "$(grep '^Max core' "/proc/$$/limits")" "$(grep '^Max core' "/proc/$pid/limits")"
is "filter of core dumps" "$(cat "/proc/$$/coredump_filter")" "$(cat "/proc/$pid/coredump_filter")"

# Every form in which a number could lie somewhere: as it is, hexadecimal, and Base64 at each of its three alignments.
forms() { # TEXT
  local hex pad encoded
  printf '%s\n' "$1"
  hex=$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n')
  printf '%s\n%s\n' "$hex" "${hex^^}"
  for pad in 0 1 2; do
    encoded=$(printf "%.${pad}s%s" xx "$1" | base64 -w 0 | tr -d =)
    # Without the characters that neighbours share.
    encoded=${encoded:$((pad == 0 ? 0 : pad + 1))}
    printf '%s\n' "${encoded%?}"
  done
}
for one in "$firm" "$person" "$agent" "$handler" "$mobile" "$text" "$firm_no" "$person_no" "$agent_no" "$visitor_no" "$poison_no"; do
  forms "$one"
done > "$work/patterns"

finds() { grep -rlaF -f "$work/patterns" "$@"; }
search() { # WHEN
  local found
  found=$(finds "$work/secrets/data" "$work"/secrets/store.db* "$work/secrets/host.log" "$work/secrets/stderr.log" "$work/told")
  is "files with an identity in clear, $1" "" "$found"
}
# The search itself: the host's own record of what it committed has them all, and so has any encoding.
finds "$work/secrets/host/completed.log" > /dev/null || fail "the search does not find what is there"
for one in "$(printf %s "=$firm_no" | base64 -w 0)" "$(printf %s "=$firm_no=" | base64 -w 0)" "$(printf %s "--$person_no--" | base64 -w 0)" \
  "$(printf %s "$agent_no" | od -An -v -tx1 | tr -d ' \n')"; do
  grep -qF -f "$work/patterns" <<< "$one" || fail "the search does not know the form $one"
done
grep -qaF C-1 "$work"/secrets/store.db* || fail "the search does not see into the store"
for wal in data/journal.db-wal store.db-wal; do [ -s "$work/secrets/$wal" ] || fail "there is no $wal to search"; done
search "while it runs"
release_store
wait_until 60 "the journal is empty" is_drained secrets
wait_until 60 "all is delivered" is_done secrets
stop_host
[ -s "$work/secrets/data/anchors.log" ] || fail "there are no anchors to search"
control secrets journal list > "$work/told/journal" 2>&1
control secrets journal list --json > "$work/told/journal.json" 2>&1
control secrets journal show 1 > "$work/told/journal.event" 2>&1 || fail "the set-aside event is not shown"
search "after the end"
is "ratings at the province" 2 "$(province_sql 'select count(*) from rating')"

# ---- before bids are open ----

# Two instances are told the same of one secret project, but of one bidder here and of seven there, and one of them an expert. Whatever
# they tell afterwards must be the same, except for times.
without_time() { sed -E 's/^[0-9T:.+-]+ //; s/端口 [0-9]+/端口 N/; s/few|many/NAME/g; s/"(now_us|oldest_s)":[^,}]*/"\1":N/g'; }
# While the store is held, who of those that write to it has given up by now is a matter of moments.
without_alarms() { sed -E '/^haochaping_alarms /d; s/"alarms":\{[^}]*\}/"alarms":N/'; }
told_running() { # NAME
  operations "$1" /metrics | grep -vE '^#|_duration_seconds_(bucket|sum)|_age_seconds|route="/(metrics|health)"'  # which we ask
  operations "$1" /health | without_time
  control "$1" deliveries list --limit 1000 2>&1
  control "$1" deliveries list --limit 1000 --json 2>&1
  control "$1" journal list 2>&1
}
told_afterwards() { # NAME
  # The same of its log: an alarm that only says that the store was held, and that an alarm is over, whose beginning is compared.
  without_time < "$work/$1/host.log" | grep -vE '告警 (store|sweep|anchor|lease)|告警解除|数据库暂时不可用|暂时无法'
  # The ledger, as whoever keeps its anchors or verifies it sees it: how far each open lane has come by now, and every number that was
  # ever told of a secret one.
  awk '$3 < 1024 { reached[$3] = $4 } $3 > 1024 { told[$3 " " $4] = 1 }
    END { for (lane in reached) print "lane", lane, reached[lane]; for (number in told) print "lane", number }' "$work/$1/data/anchors.log" | sort
  control "$1" ledger verify 2>&1 | sed -E 's/锚点 [0-9]+ 个/锚点 N 个/'
}
figure_is() { grep -qx "haochaping_$1 $2" <<< "$(operations "$host_name" /metrics)"; }
figures_are_read() { local n; n=$(operations "$host_name" /health | grep -c '"deliveries"'); [ "$n" -gt 0 ]; }
secret_project() { # NAME BIDDERS
  local name=$1 bidders=$2 i subjects="2|2|91370000TENDER001X|001|示例招标人"
  set_clock '2026-09-24T10:00:00+08:00'
  for ((i = 1; i <= bidders; ++i)); do subjects+=";2|3|9137000000BIDDER$i|001|示例投标人$i"; done
  instance "$name" "${settings[@]}" "${public_pages[@]}"
  start_host "$name" --clock-file "$clock"
  hold_store "$name"
  completed S-1 project_no=S "bids_secret=1" "subjects=$subjects;1|4|37010219900101999$bidders|111|示例专家"
  # Each bidder's deposit is a completion of its own: their number is the number of bidders as well.
  for ((i = 1; i <= bidders; ++i)); do
    tell_ok "completed line=1 node=保证金 item_code=ZC-03 department_id=D-1 case_no=S-D$i project_no=S bids_secret=1 subjects=2|3|9137000000BIDDER$i|001|示例投标人$i"
  done
  wait_until 30 "health says that the store does not take anything" store_alarm
  wait_until 30 "the metrics tell that events wait" figure_is journal_events 100
  sleep 2.5  # all of them are read every two seconds
  told_running "$name" | without_alarms > "$work/told.$name"
  grep -q '"journal":{"events":100,' "$work/told.$name" || fail "health of $name does not tell that events wait"
  release_store
  wait_until 60 "the journal of $name is empty" is_drained "$name"
  # Nobody rates; the defaults are written under the embargo.
  tell_ok "clock +20d"
  are_settled() { [ "$(store_sql "$name" 'select count(*) from evaluations where state = 1')" == 0 ]; }
  wait_until 60 "the defaults of $name are written" are_settled
  is "messages at the province before the opening of $name" "$services" "$(province_sql 'select count(*) from arrival')"
  wait_until 30 "the figures of $name are read" figures_are_read
  wait_until 30 "the metrics tell that nothing waits" figure_is journal_events 0
  wait_until 60 "the metrics tell that $name holds its number under the new time" figure_is 'instances{state="running"}' 1
  sleep 2.5
  told_running "$name" >> "$work/told.$name"
  stop_host
  told_afterwards "$name" >> "$work/told.$name"
}
services=$(province_sql 'select count(*) from arrival')
first_services=$(province_sql 'select count(*) from service')
secret_project few 1
secret_project many 7
grep -q '^lane 1025 0$' "$work/told.many" || fail "the secret lane has no anchor"
differences=$(diff "$work/told.few" "$work/told.many")
is "what tells seven bidders from one" "" "$differences"

# Opened: the services go, but neither the expert's nor any default.
start_host many --clock-file "$clock"
tell_ok "open S"
wait_until 60 "the opened project is at the province" is_done many
stop_host
is "services of the opened project" $((8 + 7)) "$(($(province_sql "select count(*) from service") - first_services))"
is "an expert at the province" 0 "$(province_sql "select count(*) from service where userName = '示例专家'")"
is "ratings at the province, of which none is a default" 2 "$(province_sql 'select count(*) from rating')"
is "what is held and says why: 9 before, the defaults of seven bidders and of the expert" $((9 + 8)) \
  "$(control many deliveries list --state held --limit 1000 | grep -c '省平台未提供系统默认标识\|评标专家身份不外送')"
sound few
sound many
say "searched $(wc -l < "$work/patterns") forms of $(du -sh "$work/secrets" | cut -f1)"
