#!/usr/bin/env bash
# A province that takes five requests a second and tells nobody: a backlog goes out at nearly that, and nothing is doubled by what it turned away.
# Beside it one subject is refused for ever: the others' deliveries do not notice.
#   limited.sh [SECONDS]
source "$(dirname "$0")/lib.sh"
seconds=${1:-60}
limit=5

start_province --plain --no-sm2
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
sed -i 's/^per_second = .*/per_second = 10/; s/^max_parallel = .*/max_parallel = 4/' "$work/profile.ini"
mapfile -t settings < <(with_province "$work/profile.ini" plain)

# ---- the limit
instance limited "${settings[@]}"
province POST /limit "{\"per_second\":$limit,\"retry_after_s\":1}" > /dev/null
completions limited $((limit * seconds + 100)) > "$work/backlog.tsv"
start_host limited
tell_ok "feed $work/backlog.tsv batch=100"
wait_until 60 "the backlog is in the store" is_drained limited
wait_until 30 "the first are there" eval '[ "$(province_sql "select count(*) from arrival where outcome = '"'accepted'"'")" -gt 0 ]'
begins=$(date +%s%6N)
sleep "$seconds"
ends=$(date +%s%6N)
used=$(province_sql "select count(*) from arrival where outcome = 'accepted' and time_us between $begins and $ends")
refused=$(province_sql "select count(*) from arrival where fault = 'limit'")
share=$((100 * used / (limit * seconds)))
[ "$share" -ge 80 ] || fail "of the limit only $share % is used: $used of $((limit * seconds)) requests, $refused turned away"
province DELETE /limit > /dev/null
wait_until 180 "the backlog is at the province" is_done limited
stop_host
is "services at the province" $((limit * seconds + 100)) "$(province_sql 'select count(*) from service')"
is "doubled" "" "$(province_sql 'select projectNo from service group by projectNo having count(*) > 1 limit 3')"
sound limited
say "a limit of $limit/s: $share % of it used over $seconds s, $refused requests turned away, nothing doubled"

# ---- one subject refused for ever
sed -i 's/^per_second = .*/per_second = 100000/; s/^max_parallel = .*/max_parallel = 32/' "$work/profile.ini"
instance refusing "${settings[@]}"
start_host refusing
delays() { # PREFIX COUNT: completions one after the other, each of a subject of its own; prints p50 and p99 of the time to the province, ms
  local i
  for ((i = 1; i <= $2; ++i)); do
    tell_ok "completed line=1 channel=1 node=项目登记 item_code=ZC-01 department_id=D-1 case_no=$1-$i project_no=P-$1-$i subjects=2|3|9137$1$i|001|示例投标人"
  done
  wait_until 60 "the deliveries of $1" eval '[ "$(province_sql "select count(*) from service where certKey like '"'9137$1%'"'")" == '"$2"' ]'
  sqlite3 -readonly -cmd "attach '$work/province.db' as p" "$work/refusing/store.db" "select (v.time_us - c.opened_at_us) / 1000.0 from p.service v
    join dossiers o on o.project_no = v.projectNo join evaluations e on e.dossier_id = o.id join cases c on c.id = e.case_id
    where v.certKey like '9137$1%' order by 1" | awk '{ a[NR] = $1 } END { printf "p50 %.1f ms p99 %.1f ms", a[int((NR + 1) / 2)], a[int(NR * .99 + .5)] }'
}
before=$(delays before 100)
refused=913700000REFUSED1
for only in M1 M4; do fault "{\"kind\":\"http_500\",\"count\":-1,\"only\":\"$only\",\"certificate\":\"$refused\"}"; done
for ((i = 1; i <= 50; ++i)); do
  tell_ok "completed line=1 channel=1 node=项目登记 item_code=ZC-01 department_id=D-1 case_no=R-$i project_no=P-R-$i subjects=2|3|$refused|001|示例投标人"
done
wait_until 30 "it is refused" eval '[ "$(province_sql "select count(*) from arrival where fault = '"'http_500'"'")" -gt 60 ]'
after=$(delays beside 100)
is "the channel" false "$(tell health | sed -E 's/.*"breaker_open":([a-z]*).*/\1/')"
no_faults
wait_until 120 "the refused are there once they are no longer refused" is_done refusing
is "each once" 50 "$(province_sql "select count(*) from service where certKey = '$refused'")"
stop_host
sound refusing
say "others' deliveries: $before before, $after beside one that is refused for ever"
