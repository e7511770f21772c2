#!/usr/bin/env bash
# The centre's people at work beside a host that runs: a roster and its roles, a calendar that a supervisor activates, a catalogue that is
# released, and the desk that they sign on at by a one-time code, until their place on the roster ends.
#   centre.sh
source "$(dirname "$0")/lib.sh"
config=$source_directory/config

cp -r "$config/calendar" "$work/calendar"
certificate desk "IP:127.0.0.1,DNS:localhost"
instance one staff.listen=127.0.0.1:0 staff.base_url=https://localhost "staff.tls_cert_file=$work/tls/desk.pem" "staff.tls_key_file=$work/tls/desk.key" \
  "calendar.directory=$work/calendar"
start_host one
port=$(grep -oE '工作人员页面已启动，端口 [0-9]+' "$work/one/host.log" | grep -oE '[0-9]+$')
[ -n "$port" ] || die "no staff listener: $(cat "$work/one/host.log")"

# desk JAR PATH [curl options]: prints the status, the body is in $work/body
desk() {
  local jar=$1 path=$2; shift 2
  curl -sS -m 20 --cacert "$work/tls/ca.pem" -b "$work/$jar" -c "$work/$jar" -o "$work/body" -w '%{http_code}' "$@" "https://localhost:$port$path"
}
sign_on() { desk "$1" /staff/sign-on -H "Origin: https://localhost" --data-urlencode "code=$2"; }
session() { desk "$1" /api/v1/staff/session; }
says() { control one "$@" > "$work/said" 2>&1 || fail "$*: $(cat "$work/said")"; } # ARGUMENTS...: of hcpctl
refused() { control one "$@" > "$work/said" 2>&1 && fail "$* was done"; }
waiting() { control one staff list --json | python3 -c 'import json, sys; print(*[r["id"] for r in json.load(sys.stdin)["grants"] if r["confirmed_at_us"] is None])'; }
code_for() { says staff invite "$1" --as "$2"; sed -n 's/^登录码：//p' "$work/said"; }

# ---- people
says staff import "$config/staff/roster.csv" --as G5001
says staff ceremony G4001 G4002 --as G5001
says staff propose G5001 technical --as G4001
says staff confirm "$(waiting)" --as G4002
says staff propose G1001 head --as G5001
refused staff confirm "$(waiting)" --as G5001
says staff confirm "$(waiting)" --as G4001

# Whoever is to act finds it in his inbox, and the host is asked to message him.
messaged() { grep -qP "^[^\t]+\t0\t$1\t好差评：$2\t" "$work/one/host/inbox.tsv"; } # STAFF WHAT
wait_until 60 "the host messages whoever confirms" messaged G4001 有一条岗位提名待您确认
wait_until 60 "the host messages whose role it is" messaged G1001 您的岗位已确认，现在生效

# ---- days
completions day 5 > "$work/day.tsv"
grep -q '"OK":5,' <<< "$(tell "feed $work/day.tsv batch=5")" || fail "not every event was answered OK"
wait_until 60 "everything is in the store" is_drained one
printf '[centre 2026-01-02]\ntitle = 演练\n2026-01-14 = 放假 闭馆\n' > "$work/local.ini"
says calendar preview "$work/local.ini"
grep -q '本地安排：与已启用的不同' "$work/said" || fail "the preview: $(cat "$work/said")"
says calendar import "$work/local.ini"
refused calendar activate --as G5001
says calendar activate --as G4001
refused calendar activate --as G4002
completions later 1 > "$work/later.tsv"
grep -q '"OK":1,' <<< "$(tell "feed $work/later.tsv batch=1")" || fail "not answered OK under the new calendar"
followed() { grep -q '数据库中有更新的工作日历，按它执行：.*+2026-01-02' "$work/one/host.log"; }
wait_until 60 "the host follows the calendar" followed

# ---- catalogue
says catalogue import "$config/catalogue" --as G5001 --preview
says catalogue import "$config/catalogue" --as G5001
refused catalogue release --as G5001
says catalogue release --as G4001
says catalogue export "$work/exported"
says catalogue import "$work/exported" --as G5001 --preview
says catalogue list

# ---- whose it is: by the step, else by hand, and once it is rated by two
of_case() { # CASE: what stands of it in the lists of what has no place, and in none of them
  control one catalogue unassigned list --json | python3 -c 'import json, sys
print(*[c["item_code"] + "/" + c["department_id"] + "/" + "+".join(c["lacks"]) for c in json.load(sys.stdin)["unassigned"] if c["case_no"] == sys.argv[1]])' "$1"
}
case_id() { control one catalogue unassigned list --json | python3 -c 'import json, sys; print(*[c["case_id"] for c in json.load(sys.stdin)["unassigned"] if c["case_no"] == sys.argv[1]])' "$1"; }
completed() { # CASE KEY=VALUE...: one that names neither item nor department
  tell_ok "completed line=1 case_no=$1 project_no=P-$1 subjects=2|3|91370000ATTRIBUTE|001|示例投标人 ${*:2}"
}
completed whole node=项目登记 'handlers=G1002|蔺书禾'
completed handless node=招标公告
completed placeless node=现场踏勘 'handlers=G1002|蔺书禾'
wait_until 60 "all three are in the store" is_drained one
is "a step of the catalogue is its item, and its department's" "" "$(of_case whole)"
is "nobody handled it" ZC-02/JY1/handlers "$(of_case handless)"
is "no item has this step" "//item+department" "$(of_case placeless)"
placeless=$(case_id placeless)
refused catalogue unassigned assign "$placeless" --item ZC-99 --why 主机漏报环节 --as G5001
says catalogue unassigned assign "$placeless" --item ZC-04 --why 主机漏报环节 --as G5001
is "assigned" "" "$(of_case placeless)"
handless=$(case_id handless)
tell_ok "rate case_no=handless subject_type=2 certificate_no=91370000ATTRIBUTE level=1 request_key=k1 text=办理时间超过了承诺的期限"
refused catalogue unassigned assign "$handless" --handler G1003 --why 主机漏报经办人 --as G5001
says catalogue unassigned assign "$handless" --handler G1003 --why 主机漏报经办人 --as G4001
assignment=$(control one catalogue unassigned list --json | python3 -c 'import json, sys; print(*[a["attribution_id"] for a in json.load(sys.stdin)["to_be_signed"]])')
says staff propose G4003 second_signer --as G5001
says staff confirm "$(waiting)" --as G4001
refused catalogue unassigned sign "$assignment" --as G4002
says catalogue unassigned sign "$assignment" --as G4003
is "signed" "" "$(of_case handless)"

# ---- the desk
is "nobody has a session" 401 "$(session nobody)"
code=$(code_for G1001 G5001)
[ -n "$code" ] || die "no code: $(cat "$work/said")"
is "a forged code" 403 "$(sign_on forger "${code}x")"
is "another site's form" 403 "$(desk forger /staff/sign-on -H 'Origin: https://elsewhere.example' --data-urlencode "code=$code")"
is "signing on" 303 "$(sign_on head "$code")"
is "the code a second time" 403 "$(sign_on forger "$code")"
is "the session" 200 "$(session head)"
grep -q '"G1001"' "$work/body" && grep -q '"head"' "$work/body" || fail "the session: $(cat "$work/body")"
is "the page" 200 "$(desk head /staff/)"
grep -q 部门负责人 "$work/body" || fail "no role on the page"
! grep -qF "$code" "$work/one/host.log" || fail "a code in the log"
is "a second session" 303 "$(sign_on second "$(code_for G1001 G4001)")"
says staff sessions G1001
[ "$(grep -c 一次性 "$work/said")" -eq 2 ] || fail "sessions: $(cat "$work/said")"
is "signing out" 200 "$(desk head /api/v1/staff/session -X DELETE -H "Origin: https://localhost")"
is "the session that was left" 401 "$(session head)"
is "the other" 200 "$(session second)"

# Who leaves keeps his line and gets a last day.
sed 's/^\(G1001,.*,2021-03-01,\)$/\12026-06-30/' "$config/staff/roster.csv" > "$work/roster.csv"
says staff import "$work/roster.csv" --as G5001
is "the session of somebody who has left" 401 "$(session second)"
refused staff invite G1001 --as G5001
kill_hard one
start_host one
stop_host
sound one
[ "$failures" -eq 0 ]
