#!/usr/bin/env bash
# The pages in a browser: an instance with evaluations in every state, and what judges them.
#   run.sh SCREENSHOTS [SUITE...]     suites: states form survival api speed; all unless said
set -uo pipefail
source "$(dirname "$0")/lib.sh"

clock=$work/now_us
set_clock() { echo "$1" > "$clock"; }
us() { echo "$(date -d "$1" +%s)000000"; }
set_clock "$(us '2026-09-24T15:20:00+08:00')"

# A province that nobody answers for: what matters is how much of a text it would take.
province_port=9
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t province_settings < <(with_province "$work/profile.ini" plain)
instance pages "${province_settings[@]}" "${public_pages[@]}" clock.allow_virtual=on sweep.interval_ms=200 reconcile.daily_at=off \
  web.centre_name=山东省公共资源交易中心 web.portal_url=https://portal.example.cn/ web.per_token_per_minute=10000 \
  web.per_address_per_minute=1000000
start_host pages --clock-file "$clock"
port=$(sed -nE 's/.*评价网页已启动，端口 ([0-9]+).*/\1/p' "$work/pages/host.log" | tail -1)
[ -n "$port" ] || die "no pages: $(cat "$work/pages/host.log")"

firm=91990000000000449U
completed() { # CASE KEY=VALUE...
  tell_ok "completed line=3 node=项目登记 item_code=GC-01 department_id=D-3 department_name=交易一部 project_no=P-1 \
    project_name=黄河下游防洪工程（示例段）施工及监理 subjects=2|3|$firm|001|示例公司 case_no=$*"
}
link_of() { # CASE
  local link; link=$(tell "link sdggzy $1 1 2 $firm"); link=${link#*\"answer\":\"}
  echo "${link%%\"*}"
}
api() { # METHOD CASE WHAT BODY: the status must be one of the 2xx
  local link status; link=$(link_of "$2")
  status=$(curl -sS -m 20 -o "$work/answer.json" -w '%{http_code}' -X "$1" -H 'Content-Type: application/json' --data "$4" "${link/\/e\///api/v1/evaluations/}/$3")
  [[ $status == 2* ]] || die "$1 $3 of $2: $status $(cat "$work/answer.json")"
}
rated() { api POST "$1" rating "{\"level\":$2,\"tags\":[$3],\"text\":\"$4\",\"request_key\":\"$1\"}"; }
drafted() { api PUT "$1" draft "{\"level\":$2}"; }

# What is over, and what is just over and not yet settled: its deadline is a day later than that of the others.
for case in SD-DEFAULTED SD-COMMENTED SD-SWEPT; do completed $case; done
wait_until 60 "they are in the store" is_drained pages
drafted SD-SWEPT 2
set_clock "$(us '2026-09-28T15:20:00+08:00')"
for case in SD-LATE SD-LATE-DRAFT; do completed $case; done
wait_until 60 "they are in the store" is_drained pages
drafted SD-LATE-DRAFT 2
late=$(store_sql pages 'select max(deadline_us) from evaluations')
set_clock $((late + 10000000))
settled() { [ "$(store_sql pages 'select count(*) from evaluations where state = 1')" == 2 ]; }
wait_until 60 "what is over is settled" settled
rated SD-COMMENTED 2 '"207"' '等了很久。'

open=(SD-OPEN SD-FORM-1 SD-FORM-2 SD-FORM-3 SD-FORM-4 SD-FORM-5 SD-FORM-6 SD-FORM-7 SD-FORM-8 SD-FORM-9 SD-FORM-10 SD-FORM-11 SD-FORM-12 SD-API)
for case in "${open[@]}" SD-DRAFT SD-GOOD SD-BAD SD-VOIDED SD-VOIDED-RATED SD-BARRED; do completed $case; done
for case in SD-SECRET SD-SECRET-BAD; do completed $case bids_secret=1; done
wait_until 60 "they are in the store" is_drained pages
drafted SD-DRAFT 2
rated SD-GOOD 5 '"510"' ''
rated SD-BAD 2 '"207"' '办理时间超过了承诺的期限，来回跑了三趟。'
rated SD-SECRET-BAD 1 '"108"' ''
rated SD-VOIDED-RATED 4 '' ''
for case in SD-VOIDED SD-VOIDED-RATED; do tell_ok "withdraw sdggzy $case 1 误报"; done
wait_until 60 "they are withdrawn" is_drained pages
# Nobody can be barred yet (E5): the row is made to say so.
sqlite3 -cmd '.timeout 10000' "$work/pages/store.db" "update evaluations set state = 5 where case_id = (select id from cases where case_no = 'SD-BARRED')" ||
  die "nobody can be barred"

{
  echo "{\"base\":\"http://localhost:$port\",\"links\":{"
  comma=
  for case in "${open[@]}" SD-DRAFT SD-GOOD SD-BAD SD-VOIDED SD-VOIDED-RATED SD-BARRED SD-SECRET SD-SECRET-BAD SD-DEFAULTED SD-COMMENTED SD-SWEPT SD-LATE SD-LATE-DRAFT; do
    echo "$comma\"$case\":\"$(link_of $case)\""; comma=,
  done
  echo '},"tickets":['
  comma=
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
    ticket=$(tell "ticket 2 $firm"); ticket=${ticket#*\"ticket\":\"}
    echo "$comma\"${ticket%%\"*}\""; comma=,
  done
  echo ']}'
} > "$work/site.json"

judged judge.js
stop_host
