#!/usr/bin/env bash
# A province that stores late or twice, lists late and in its own way, answers in words of its own, limits, lags and drops: each service is
# there once, each rating on its own service, and where the province itself made two of one a person says which it is. What is true is what
# the simulator has on record.
source "$(dirname "$0")/lib.sh"

province_keys
certificate good "IP:127.0.0.1,DNS:localhost"
start_province --cert "$work/tls/good.pem" --key "$work/tls/good.key" --sm2-private "$work/sm2/platform.private.hex" \
  --client-public "$(cat "$work/sm2/client.public.hex")"
profile "$work/profile.ini" shandong.ini
sed -i 's/^per_attempt_ms = .*/per_attempt_ms = 1000/; s/^settle_after_s = .*/settle_after_s = 3/' "$work/profile.ini"
cp "$source_directory/config/items/nodes.csv" "$work/nodes.csv"
mapfile -t settings < <(with_province "$work/profile.ini" https)
instance one "items.nodes_file=$work/nodes.csv" "${settings[@]}"
start_host one

subject=0
# A subject of its own: sets who
somebody() { subject=$((subject + 1)); who=$(printf "91370800%09dX" "$subject"); }
completed() { # CASE [NODE]
  tell_ok "completed line=1 channel=1 node=${2:-项目登记} item_code=ZC-01 department_id=D-1 case_no=$1 project_no=P-$1 subjects=2|3|$who|001|示例投标人"
}
rated() { # CASE LEVEL [TEXT]
  tell_ok "rate case_no=$1 subject_type=2 certificate_no=$who level=$2 text=${3:-说明} request_key=k-$1"
}
of_subject() { province_sql "select count(*) from service where certKey = '$1' and projectNo not like '37BUSY%'"; }
level_of() { # SUBJECT NAME: of the rating of that service
  province_sql "select r.satisfaction from service s join rating r on r.projectNo = s.projectNo and r.serviceNumber = s.serviceNumber
    where s.certKey = '$1' and s.serviceName = '$2'"
}
told() { # QUERY: a number of what is in the store
  store_sql one "$1"
}
undelivered() { # CASE
  told "select count(*) from deliveries d join evaluations e on e.id = d.evaluation_id join cases c on c.id = e.case_id
    where c.case_no = '$1' and d.state <> 3"
}
is_through() { [ "$(undelivered "$1")" == 0 ] && is_drained one; }
has_reason() { # CASE REASON
  control one deliveries list --case "$1" --reason "$2" 2> /dev/null | grep -q '列出'
}
# One step and its rating get there, once and with its level, whatever ails the province meanwhile.
gets_there() { # ROW CASE
  completed "$2"
  rated "$2" 4
  wait_until 60 "$1: everything of $2 is at the province" is_through "$2"
  is "$1: services" 1 "$(of_subject "$who")"
  is "$1: level" 4 "$(level_of "$who" 项目登记办结)"
}
step() { say "$((SECONDS)) s: $*"; }

step "9 the province's clock is 90 s behind"
somebody; behind=$who
province POST /clock '{"offset_ms":-90000}' > /dev/null
completed SKEW
wait_until 30 "the skew has an alarm" eval 'tell health | grep -q province_clock'
is "9: parked" 0 "$(told 'select count(*) from deliveries where state = 5')"
province POST /clock '{"offset_ms":0}' > /dev/null

step "1 a subject with a thousand services beside it"
somebody
province POST /busy "{\"certificate\":\"$who\",\"name\":\"示例投标人\",\"kind\":\"001\",\"services\":1000}" > /dev/null
gets_there "1" BUSY
is "1: the channel" false "$(tell health | sed -E 's/.*"breaker_open":([a-z]*).*/\1/')"

step "2 stored after the connection is gone, listed later still; killed while it is sent"
somebody
province POST /list '{"lag_ms":1000}' > /dev/null
fault "{\"kind\":\"cut_after_store\",\"only\":\"M1\",\"certificate\":\"$who\",\"store_after_ms\":1800}"
gets_there "2 late" LATE
province DELETE /list > /dev/null
somebody
fault "{\"kind\":\"slow\",\"delay_ms\":800,\"only\":\"M1\",\"certificate\":\"$who\"}"
completed KILLED
arrived() { [ "$(of_subject "$who")" == 1 ]; }
wait_until 20 "it is on its way" arrived
kill_hard one
start_host one
wait_until 60 "2 killed: it is marked" is_through KILLED
is "2 killed: services" 1 "$(of_subject "$who")"

step "3 the province itself makes two of one"
somebody
fault "{\"kind\":\"twice\",\"only\":\"M1\",\"certificate\":\"$who\"}"
completed TWICE
rated TWICE 5
wait_until 30 "3: it waits for a person" has_reason TWICE doubled
is "3: ratings on a guess" "" "$(level_of "$who" 项目登记办结)"
wait_until 30 "3: the doubling has an alarm" eval 'tell health | grep -q "reason doubled"'
id=$(control one deliveries list --case TWICE --reason doubled --json | grep -oE '"id": ?"[0-9]+"' | grep -oE '[0-9]+')
control one deliveries show "$id" > "$work/shown"
for part in 本中心已发送的服务 省平台的清单 adopt 接下来; do grep -q "$part" "$work/shown" || fail "3: what is shown lacks $part: $(cat "$work/shown")"; done
control one deliveries adopt TWICE 7 > "$work/said" 2>&1 && fail "3: a number that is not listed was adopted"
grep -q '清单中没有编号 7' "$work/said" || fail "3: $(cat "$work/said")"
control one deliveries adopt TWICE 2 > "$work/said" 2>&1 || fail "3: $(cat "$work/said")"
wait_until 30 "3: the rating is at the province" is_through TWICE
is "3: the number that was adopted" 2 "$(province_sql "select r.serviceNumber from rating r join service s on s.projectNo = r.projectNo
  where s.certKey = '$who' and s.serviceNumber = 1")"

step "4 a step is renamed between its sending and the question"
somebody
fault "{\"kind\":\"cut_after_store\",\"only\":\"M1\",\"certificate\":\"$who\"}"
fault "{\"kind\":\"cut_before_store\",\"only\":\"M4\",\"certificate\":\"$who\",\"count\":2}"
completed RENAMED
rated RENAMED 3
wait_until 20 "4: its end is not known" eval '[ "$(told "select count(*) from deliveries where outcome_unknown = 1")" -gt 0 ]'
stop_host
sed -i 's/^项目登记,项目登记办结,/项目登记,项目登记（新名称）,/' "$work/nodes.csv"
start_host one
wait_until 60 "4: everything is at the province" is_through RENAMED
is "4: services" 1 "$(of_subject "$who")"
is "4: level" 3 "$(level_of "$who" 项目登记办结)"
stop_host
cp "$source_directory/config/items/nodes.csv" "$work/nodes.csv"
start_host one

step "5, 6 answers that are hard to read, or say something else"
for kind in gzip utf16 numeric_flags contradiction repeated_keys vague truncated gateway_words; do
  somebody
  fault "{\"kind\":\"$kind\",\"only\":\"M1\"}"
  fault "{\"kind\":\"$kind\",\"only\":\"M2\"}"
  gets_there "5 $kind" "READ-$kind"
done
is "5: the channel" false "$(tell health | sed -E 's/.*"breaker_open":([a-z]*).*/\1/')"
somebody
completed ECHO
wait_until 30 "6: its service is there" is_through ECHO
fault '{"kind":"echo","only":"M2"}'
rated ECHO 2 CA电子签名不能用，系统繁忙
wait_until 30 "6: what was refused waits for a person" has_reason ECHO refused
is "6: the channel" false "$(tell health | sed -E 's/.*"breaker_open":([a-z]*).*/\1/')"
control one deliveries retry --case ECHO --reason refused > "$work/said" && fail "6: done without a word"
grep -q '符合条件的推送 1 条' "$work/said" || fail "6: no count before anything is done: $(cat "$work/said")"
control one deliveries retry --case ECHO --reason refused --yes > "$work/said" || fail "6: $(cat "$work/said")"
wait_until 30 "6: it is at the province" is_through ECHO
is "6: level" 2 "$(level_of "$who" 项目登记办结)"

step "7 an answer that denies what was stored"
for denial in '"kind":"http_503"' '"kind":"http_429","retry_after_s":1' '"kind":"html_error"' '"kind":"http_500"'; do
  somebody
  fault "{$denial,\"processed\":true,\"only\":\"M1\"}"
  gets_there "7 $denial" "DENIED-$subject"
done

step "8 lists as others write them"
for format in '"time":"fraction"' '"time":"T"' '"time":"minute"' '"time":"epoch_s"' '"time":"epoch_ms"' '"name":"padded"' '"project_no":"bare"' \
  '"number":"int"' '"number":"real"'; do
  somebody
  province POST /list "{$format}" > /dev/null
  gets_there "8 $format" "LIST-$subject"
  province DELETE /list > /dev/null
done
somebody
province POST /list '{"name":"absent"}' > /dev/null
completed NAMELESS
rated NAMELESS 4
wait_until 30 "8: a list that does not identify is a person's" has_reason NAMELESS unclear
province DELETE /list > /dev/null
control one deliveries retry --case NAMELESS --reason unclear --yes > /dev/null || fail "8: not put back"
wait_until 30 "8: it is at the province" is_through NAMELESS

step "12 every second request of a connection is dropped"
fault '{"kind":"drop_second","count":-1}'
for i in 1 2 3 4 5 6; do
  somebody
  gets_there "12 drop $i" "DROP-$i"
done
no_faults

who=$behind
wait_until 90 "9: it is at the province once its clock has come so far" is_through SKEW
is "9: services" 1 "$(of_subject "$who")"
tell health | grep -q province_clock && fail "9: the alarm still stands"

stop_host
is "M1s of one dossier under way at once" 1 "$(province GET /stats | sed -E 's/.*"M1":\{"most":([0-9]+).*/\1/')"
sound one
say "at the province: $(province_sql 'select count(*) from service') services, $(province_sql 'select count(*) from rating') ratings"
