#!/usr/bin/env bash
# The province fails in every way it knows. The host must not notice, the reason must be visible, and when it is over everything is there
# once and in order. How long callbacks take is printed and recorded beside the same run's baseline, never asserted.
#   outages.sh [SECONDS of each]
source "$(dirname "$0")/lib.sh"
seconds=${1:-2}
record=${HCP_RECORD:-/dev/null}

province_keys
certificate good "IP:127.0.0.1,DNS:localhost"
certificate expired "IP:127.0.0.1,DNS:localhost" -1
certificate elsewhere "DNS:elsewhere.example"
start_province --cert "$work/tls/good.pem" --key "$work/tls/good.key" --sm2-private "$work/sm2/platform.private.hex" \
  --client-public "$(cat "$work/sm2/client.public.hex")"
profile "$work/profile.ini" shandong.ini
sed -i 's/^per_attempt_ms = .*/per_attempt_ms = 1000/; s/^settle_after_s = .*/settle_after_s = 3/' "$work/profile.ini"
mapfile -t settings < <(with_province "$work/profile.ini" https)
instance one "${settings[@]}"

use_certificate() { province POST /tls "{\"cert\":\"$work/tls/$1.pem\",\"key\":\"$work/tls/$1.key\"}" > /dev/null; }
every_request() { fault "{\"kind\":\"$1\",\"count\":-1${2:-}}"; }

# name | how it begins | what hcpctl must say of a delivery
outages=(
  "down|every_request down|连接"
  "cut_after_store|every_request cut_after_store|连接"
  "html_error|every_request html_error|网页"
  "html_200|every_request html_error ',\"status\":200'|网页"
  "expired_certificate|use_certificate expired|证书"
  "slow|every_request slow|超时"
  "http_500|every_request http_500|系统繁忙"
  "http_500_stored|every_request http_500 ',\"processed\":true'|系统繁忙"
  "cut_before_store|every_request cut_before_store|连接"
  "inner_failure|every_request inner_failure ',\"message\":\"系统繁忙，请稍后\"'|系统繁忙"
  "wrong_host_name|use_certificate elsewhere|证书"
)

reported=0 rated=0
# Callbacks for some seconds, in the background: latency NAME
latency() {
  "$HCP_HOST" --module "$HCP_MODULE" --config "$work/one/haochaping.ini" --state "$work/one/host" --log "$work/one/host.log" \
    --latency "$seconds" --rate 100 --run "$1" > "$work/latency.out" 2>> "$work/one/stderr.log" < /dev/null &
  started[$!]=latency
}
finish_latency() { # sets p99
  ended latency
  is "latency ends in good order" 0 "$exit_code"
  local total; total=$(grep '"total_seconds"' "$work/latency.out") || die "no total: $(cat "$work/latency.out")"
  p99=$(sed -E 's/.*"p99_us":([0-9.]+).*/\1/' <<< "$total")
  is "answers other than OK" "" "$(grep -oE '"(FULL|INVALID|STATE|INTERNAL|UNHOOKED)":[0-9]+' <<< "$total")"
  reported=$((reported + $(sed -E 's/.*"OK":([0-9]+).*/\1/' <<< "$total")))
}
settle() {
  start_host one
  wait_until 120 "everything is in the store and at the province after $1" is_done one
  [ $# -lt 2 ] || rate_during "$1" "$2"
  stop_host
  is "cases in the store after $1" "$reported" "$(store_sql one 'select count(*) from cases')"
}
# Ratings meet the outage as well; when it is over each is at the province once.
rate_during() { # NAME BEGIN
  local i
  for i in 1 2 3; do
    tell_ok "completed line=1 node=项目登记 item_code=ZC-01 department_id=D-1 case_no=R-$1-$i project_no=R-$1-$i subjects=2|3|91990000RATER$i|001|示例投标人"
  done
  reported=$((reported + 3)) rated=$((rated + 3))
  wait_until 60 "the services to rate are at the province" is_done one
  eval "$2"
  for i in 1 2 3; do
    tell_ok "rate case_no=R-$1-$i subject_type=2 certificate_no=91990000RATER$i level=2 tags=209 request_key=k-$1-$i"
  done
  wait_until 60 "a rating has met $1" rating_was_tried
  no_faults
  use_certificate good
  wait_until 120 "the ratings are at the province after $1" is_done one
  is "ratings at the province after $1" "$rated" "$(province_sql 'select count(*) from rating')"
}
rating_was_tried() { [ "$(store_sql one "select count(*) from deliveries where kind = 2 and state = 1 and last_reason <> ''")" -gt 0 ]; }
# On a slow machine the host may have stopped before the province had failed so.
is_named() { # NAME REASON
  ! says "$2" || return 0
  start_host one
  wait_until 60 "hcpctl names the reason of $1, $2" says "$2"
  stop_host
}
says() { control one deliveries list --state queued --min-attempts 1 --limit 1000 > "$work/list" 2>&1; grep -q -- "$1" "$work/list"; }

latency baseline
finish_latency
baseline=$p99
settle baseline
say "baseline: callback p99 $baseline us"
printf 'outage\tp99_us\tratio_to_baseline\nbaseline\t%s\t1\n' "$baseline" > "$record"

for outage in "${outages[@]}"; do
  IFS='|' read -r name begin reason <<< "$outage"
  eval "$begin"
  latency "$name"
  finish_latency
  is_named "$name" "$reason"
  no_faults
  use_certificate good
  settle "$name" "$begin"
  ratio=$(awk -v a="$p99" -v b="$baseline" 'BEGIN { printf "%.2f", a / b }')
  say "$name: callback p99 $p99 us, $ratio x baseline; seen by hcpctl: $(grep -m1 -oE "[^ ]*$reason[^ ]*" "$work/list")"
  printf '%s\t%s\t%s\n' "$name" "$p99" "$ratio" >> "$record"
done

# The steps of a project come in this order, each once; the province numbers by arrival.
while read -r line; do fail "$line"; done < <(sqlite3 -readonly -cmd "attach '$work/one/store.db' as s" "$work/province.db" << 'SQL'
.separator ' '
create temp table step (name text, place integer);
insert into step values ('项目登记办结', 1), ('公告发布办结', 2), ('保证金办结', 3), ('结果公示办结', 4);
select 'twice at the province:', projectNo, serviceName from service group by 1, 2, 3 having count(*) > 1;
select 'out of order:', a.projectNo, a.serviceName, b.serviceName from service a join service b
  on b.projectNo = a.projectNo and b.serviceNumber = a.serviceNumber + 1
  join step x on x.name = a.serviceName join step y on y.name = b.serviceName where x.place >= y.place;
select 'numbers that are not those of the arrivals:', projectNo from
  (select projectNo, serviceNumber, row_number() over (partition by projectNo order by id) as nth from arrival
   where kind = 'M1' and (outcome = 'accepted' or outcome = 'spoilt' and serviceNumber is not null)) where serviceNumber <> nth;
select 'sent and marked differ:', o.project_no from s.dossiers o
  where (select count(*) from s.deliveries d where d.dossier_id = o.id and d.kind = 1 and d.state = 3)
     <> (select count(*) from service v where v.projectNo = o.project_no);
select 'not sent:', d.id from s.deliveries d join s.evaluations e on e.id = d.evaluation_id join s.cases c on c.id = e.case_id
  where d.kind = 1 and d.state <> 3 and e.embargoed = 0 and c.unclassified = 0;
select 'number learnt that is another’s:', o.project_no, e.service_number from s.evaluations e join s.dossiers o on o.id = e.dossier_id
  where e.service_number is not null and e.service_number <> e.service_ordinal;
SQL
)
sound one
[ "$(province_sql 'select count(*) from service')" -gt 50 ] || fail "too little was sent to prove anything"
say "at the province: $(province_sql 'select count(*) from service') services, $(province_sql "select count(*) from arrival where fault <> ''") requests spoilt"
