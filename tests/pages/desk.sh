#!/usr/bin/env bash
# The staff's desk in a browser: an instance with somebody for every role and something for each of them to do, and what judges it.
#   desk.sh SCREENSHOTS [SUITE...]     suites: sign_on rooms api staff exports matters manner speed; all unless said
set -uo pipefail
source "$(dirname "$0")/lib.sh"
config=$source_directory/config

# A province that nobody answers for, and a bridge that asks once: what is queued stays so, and nothing of it changes under the desk.
province_port=9
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
sed -i 's/^failures = .*/failures = 1/; s/^open_ms = .*/open_ms = 3600000/' "$work/profile.ini"
mapfile -t province_settings < <(with_province "$work/profile.ini" plain)
certificate desk "IP:127.0.0.1,DNS:localhost"
certificate provider "DNS:localhost"
# The provider knows the address that it leads back to, and so its port, before anybody listens there.
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
printf 'client-secret-of-the-test' > "$work/client_secret"
node "$source_directory/integration/identity_provider/provider.js" "${XDG_CACHE_HOME:-$HOME/.cache}/haochaping/identity_provider/node_modules" \
  "$work/tls/provider.key" "$work/tls/provider.pem" "$(cat "$work/client_secret")" "https://localhost:$port/staff/openid/back" \
  > "$work/provider.port" 2> "$work/provider.log" &
started[$!]=provider
wait_until 30 "the provider says its port" test -s "$work/provider.port"
cp -r "$config/calendar" "$work/calendar" # its local days are imported and activated
instance desk "${province_settings[@]}" "calendar.directory=$work/calendar" "${public_pages[@]}" reconcile.daily_at=off "staff.listen=127.0.0.1:$port" "staff.base_url=https://localhost:$port" \
  "staff.tls_cert_file=$work/tls/desk.pem" "staff.tls_key_file=$work/tls/desk.key" staff.portal_url=https://portal.example.cn \
  "openid.issuer=https://localhost:$(cat "$work/provider.port")" openid.client_id=haochaping "openid.secret_file=$work/client_secret" "openid.ca_file=$work/tls/ca.pem" openid.name=示例认证
start_host desk
grep -q "工作人员页面已启动，端口 $port" "$work/desk/host.log" || die "no staff listener: $(cat "$work/desk/host.log")"

says() { control desk "$@" > "$work/said" 2>&1 || die "$*: $(cat "$work/said")"; } # ARGUMENTS...: of hcpctl
listed() { control desk "${@:2}" --json | python3 -c "import json, sys; print(*($1))"; } # WHAT COMMAND...: of hcpctl's list, as `sys.stdin`
waiting() { listed "r['id'] for r in json.load(sys.stdin)['grants'] if r['confirmed_at_us'] is None" staff list; }
granted() { # STAFF ROLE
  says staff propose "$1" "$2" --as G5001
  says staff confirm "$(waiting)" --as G4001
}

# ---- people: G4001 and G4002 supervise, G5001 is technical, G3002 is on the roster and no more
says staff import "$config/staff/roster.csv" --as G5001
says staff ceremony G4001 G4002 --as G5001
says staff propose G5001 technical --as G4001
says staff confirm "$(waiting)" --as G4002
granted G1002 contact
granted G3001 head
granted G4003 second_signer

says catalogue import "$config/catalogue" --as G5001
says catalogue release --as G4001

# ---- cases: so many that the list of deliveries has a second page
firm=91990000000000449U
secrets=("$firm" 示例建设集团 13864001177 苗青禾 370102199001011234) # of the subject: none of it is for the desk
completed() { # CASE KEY=VALUE...
  tell_ok "completed case_no=$1 project_no=P-$1 line=3 project_name=黄河下游防洪工程（示例段）施工及监理 \
    subjects=2|3|$firm|001|${secrets[1]}|${secrets[2]}|${secrets[3]}|${secrets[4]} ${*:2}"
}
rated() { tell_ok "rate case_no=$1 subject_type=2 certificate_no=$firm level=$2 request_key=$1 text=办理时间超过了承诺的期限，来回跑了三趟"; } # CASE LEVEL
for n in {1..48}; do completed "DK-$n" node=项目登记 'handlers=G3001|乔望舒'; done
completed DK-OWN node=项目登记 'handlers=G5001|师承志'
for case in DK-PLACELESS DK-SPARE; do completed $case node=现场踏勘 'handlers=G3001|乔望舒'; done
for case in DK-HANDLESS DK-SIGNED; do completed $case node=招标公告; done
completed DK-SECRET node=现场踏勘 bids_secret=1
completed DK-GONE node=合同 'handlers=G3002|阮嘉言'
wait_until 60 "they are in the store" is_drained desk
rated DK-1 5
rated DK-2 2
rated DK-HANDLESS 1
rated DK-SIGNED 2
rated DK-SECRET 1
tell_ok "withdraw sdggzy DK-GONE 1 误报"
wait_until 60 "they are in the store" is_drained desk

# An attribution that is over: whoever may sign is told so, and nothing changes.
case_id() { listed "c['case_id'] for c in json.load(sys.stdin)['unassigned'] if c['case_no'] == '$1'" catalogue unassigned list; }
says catalogue unassigned assign "$(case_id DK-SIGNED)" --handler G3002 --why 主机漏报经办人 --as G4001
attribution=$(listed "a['attribution_id'] for a in json.load(sys.stdin)['to_be_signed']" catalogue unassigned list)
says catalogue unassigned sign "$attribution" --as G4003

# A changed catalogue, for the desk to release: one item of the head's own department and one of another.
cp -r "$config/catalogue" "$work/catalogue"
sed -i -E 's/^(GC-01|ZC-01),[^,]*/&（本季度修订）/' "$work/catalogue/items.csv"

# The centre closes, long enough for some working day to be among them.
day() { TZ=CST-8 date -d "$1 days" +%F; } # in Shanghai, whatever day it is here
printf '[centre %s]\ntitle = 搬迁安排\n%s..%s = 放假 搬迁闭馆\n' "$(day 0)" "$(day 1)" "$(day 10)" > "$work/local.ini"

# ---- the judge tells the host and hcpctl itself what a story needs
secret_case="select id from cases where case_no = 'DK-SECRET'"
secret_delivery="select d.id from deliveries d join evaluations e on e.id = d.evaluation_id where e.case_id = ($secret_case) order by d.id limit 1"
python3 - "${secrets[@]}" > "$work/site.json" << PYTHON
import json, sys
print(json.dumps({
    "base": "https://localhost:$port", "portal": "https://portal.example.cn",
    "host": {"input": "$work/desk.in", "output": "$work/desk.out"},
    "ctl": {"program": "$HCP_CTL", "config": "$work/desk/haochaping.ini"}, "store": "$work/desk/store.db", "catalogue": "$work/catalogue",
    "local_days": "$work/local.ini",
    "attribution": "$attribution", "never": sys.argv[1:] + ["DK-SECRET"],
    "secret": {"case_no": "DK-SECRET", "case_id": "$(store_sql desk "$secret_case")", "evaluation_id": "$(store_sql desk "select id from evaluations where case_id = ($secret_case)")",
        "delivery_id": "$(store_sql desk "$secret_delivery")"},
}, ensure_ascii=False))
PYTHON

judged desk.js
stop_host
sound desk
