#!/usr/bin/env bash
# A day at a trading centre, from completion to the province.
#   bash integration/demo.sh                     shows it and stays up until Ctrl-C
#   bash integration/demo.sh --once              ends by itself; exit code 0 only if store and province agree row by row
#   bash integration/demo.sh --store sqlite|mysql|oracle
#                                              on which database; sqlite unless said, which is embedded
#   bash integration/demo.sh --phone             for a phone on the same network: its link as a QR code
#   bash integration/demo.sh --projects FILE     projects from a CSV: purchaser,project_name,budget_wan_yuan,…
#   bash integration/demo.sh --built DIR [--host PROGRAM]
#                                                with the programs of that build, and another host than the reference host
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

source "$root/integration/store/lib.sh"

once=false phone=false projects=() build=$root/build/debug built=false host= store=sqlite
while [ $# -gt 0 ]; do
  case $1 in
    --once) once=true ;;
    --phone) phone=true ;;
    --store)
      [[ " $stores " == *" ${2:-} "* && -n ${2:-} ]] || { echo "--store 需要 ${stores// / 或 }" >&2; exit 2; }
      store=$2; shift ;;
    --projects)
      [ $# -ge 2 ] && [ -r "$2" ] || { echo "--projects 需要一个可读的 CSV 文件" >&2; exit 2; }
      projects=(--projects "$(realpath "$2")" --count 4); shift ;;
    --built | --host)
      [ $# -ge 2 ] && [ -e "$2" ] || { echo "$1 需要一个已有的路径" >&2; exit 2; }
      if [ "$1" = --built ]; then build=$(realpath "$2") built=true; else host=$(realpath "$2"); fi
      shift ;;
    *) echo "用法：bash integration/demo.sh [--once] [--phone] [--store 数据库] [--projects 文件] [--built 目录 [--host 程序]]" >&2; exit 2 ;;
  esac
  shift
done

step() { printf '\n\033[1m▶ %s\033[0m\n' "$1"; }
say() { printf '  %s\n' "$1"; }

compile() {
  step "安装与编译（首次约十分钟）"
  bash "$root/tests/packages.sh"
  (cd "$root" && cmake --preset debug > "$root/build-demo.log" 2>&1) || { cat "$root/build-demo.log"; exit 1; }
  rm -f "$root/build-demo.log"
  cmake --build "$build" -j "$(nproc)" --target haochaping hcpctl trading_host province_sim | grep --line-buffered -E '^\[[0-9]+/[0-9]+\]|error|ninja:' |
    awk '/^\[/ { if (NR % 20 == 1) print "  " $1; next } { print }'
}
$built || compile

built_at=$SECONDS
work=$(mktemp -d "${TMPDIR:-/tmp}/haochaping-demo.XXXXXX")
pids=()
finish() {
  trap - EXIT INT TERM
  exec {to_host}>&- 2> /dev/null || true
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
  wait 2> /dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

step "生成证书与密钥"
# Pages for this machine alone, unless a phone is to reach them.
address=localhost listen=127.0.0.1
if $phone; then
  address=$(hostname -I | awk '{ print $1 }') listen=0.0.0.0
  [ -n "$address" ] || { echo "--phone 需要本机有一个网络地址" >&2; exit 1; }
fi
bash "$root/integration/certificates.sh" "$work/tls" "$address"
"$build/hcpctl" keys init "$work/keys" > /dev/null
"$build/integration/province_sim/province_sim" --generate-keys "$work/province-keys" > /dev/null
printf 'TestWord-0001\n' > "$work/keys/province.word"
chmod 600 "$work/keys/province.word"
say "CA、网页证书、主密钥、锚点密钥、省平台 SM2 密钥"

# A virtual now that host, module and province share: it runs on with the real one, from where it was set.
clock=$work/clock
set_clock() { # local time in Shanghai
  local at real
  at=$(date -u -d "$1 +0800" +%s%6N)
  real=$(date -u +%s%6N)
  echo $((at - real)) > "$work/offset"
  write_clock
}
write_clock() {
  echo $(($(date -u +%s%6N) + $(cat "$work/offset"))) > "$clock.new"
  mv "$clock.new" "$clock"
}
set_clock "2026-09-24 17:30:00"
(trap - EXIT INT TERM; while sleep 0.3; do write_clock; done) 2> /dev/null &
pids+=($!)

step "启动省平台模拟器"
# Faster than the province would like, so that the demonstration is short; everything else is the profile of Shandong.
cat > "$work/demo-profile.ini" << INI
[profile]
based_on = $root/config/province/shandong.ini
name = 山东省（演示）
[traffic]
per_second = 500
max_parallel = 8
INI
"$build/integration/province_sim/province_sim" --db "$work/province.db" --cert "$work/tls/server.pem" --key "$work/tls/server.key" \
  --sm2-private "$work/province-keys/platform.private.hex" --client-public "$(cat "$work/province-keys/client.public.hex")" \
  --clock-file "$clock" --fast > "$work/province.out" 2> "$work/province.log" &
pids+=($!)
wait_for() { # seconds, what, command...
  local limit=$1 what=$2; shift 2
  local until=$((SECONDS + limit))
  until "$@"; do
    [ $SECONDS -lt $until ] || { echo "等待超时：$what" >&2; tail -n 20 "$work"/*.log >&2; exit 1; }
    sleep 0.2
  done
}
wait_for 20 "省平台启动" test -s "$work/province.out"
province_port=$(sed -n 's/.*"port":\([0-9]*\).*/\1/p' "$work/province.out")
say "https://localhost:$province_port （严格校验，SM2 加密）"

if [ "$store" != sqlite ]; then
  step "启动数据库"
  store_begin "$work"
  pids+=("$store_pid")
  say "$(mariadbd --version | sed 's/.*Ver \([^ ]*\).*/MariaDB \1/')，空库"
fi

step "启动交易平台（参考主机）并加载 haochaping.so"
mapfile -t on_store < <(store_settings "$work")
bash "$root/integration/trading_host/instance.sh" "$work" \
  "province.enabled=on" "province.profile=$work/demo-profile.ini" "province.base_url=https://localhost:$province_port" \
  "province.ca_file=$work/tls/ca.pem" "province.app_mark=SDGGZY" "province.app_word_file=$work/keys/province.word" \
  "province.platform_public_key_file=$work/province-keys/platform.public.hex" \
  "province.client_private_key_file=$work/province-keys/client.private.hex" "province.parallel=8" \
  "web.public_listen=$listen:0" "web.public_base_url=https://$address:0" "web.tls=on" \
  "web.tls_cert_file=$work/tls/server.pem" "web.tls_key_file=$work/tls/server.key" \
  "web.centre_name=山东省公共资源交易中心（演示）" "web.help_phone=0531-00000000" "operations.listen=127.0.0.1:0" \
  "staff.listen=127.0.0.1:0" "staff.base_url=https://localhost" "staff.tls_cert_file=$work/tls/server.pem" "staff.tls_key_file=$work/tls/server.key" \
  "${on_store[@]}"
if [ "$store" != sqlite ]; then
  store_clerk "$work"
  "$build/hcpctl" --config "$work/haochaping.ini" db migrate --print > "$work/schema.sql"
  store_apply "$work" < "$work/schema.sql"
  say "DBA 执行 hcpctl db migrate --print 输出的脚本（$(grep -c '^create\|^alter' "$work/schema.sql") 步）；模块的用户只能增删改查"
  "$build/hcpctl" --config "$work/haochaping.ini" db check | sed 's/^/  /'
fi
mkfifo "$work/to_host"
"${host:-$build/integration/trading_host/trading_host}" --module "$build/haochaping.so" --config "$work/haochaping.ini" --state "$work/host" \
  --clock-file "$clock" --log "$work/host.log" < "$work/to_host" > "$work/from_host" 2> "$work/host.err" &
host_pid=$!
pids+=("$host_pid")
exec {to_host}> "$work/to_host"
answers=1  # the first line says how the start went
ask() { # a command; prints its one line of answer
  echo "$1" >&"$to_host"
  answers=$((answers + 1))
  wait_for "${2:-30}" "主机应答：${1%% *}" answered
  sed -n "${answers}p" "$work/from_host" > "$work/answer"
}
answered() {
  kill -0 "$host_pid" 2> /dev/null || { echo "主机意外退出" >&2; tail -n 30 "$work"/host.* >&2; exit 1; }
  [ "$(wc -l < "$work/from_host")" -ge "$answers" ]
}
wait_for 60 "主机启动" answered
ask health
operations=$(sed -n 's/.*运维接口已启动，端口 \([0-9]*\).*/\1/p' "$work/host.log")
public=$(sed -n 's/.*评价网页已启动，端口 \([0-9]*\).*/\1/p' "$work/host.log")
desk=https://localhost:$(sed -n 's/.*工作人员页面已启动，端口 \([0-9]*\).*/\1/p' "$work/host.log")
[ -n "$operations" ] && [ -n "$public" ] && [ "$desk" != https://localhost: ] || { cat "$work/host.log" >&2; exit 1; }
site=https://$address:$public
health() { curl -sS "http://127.0.0.1:$operations/health"; }
figure() { sqlite3 "file:$(store_file "$work")?mode=ro" "$1"; }
say "评价网页 $site   工作台 $desk/desk/   运维 http://127.0.0.1:$operations/health"

step "名册、岗位和服务目录：导入，监督人员确认和发布"
control() { "$build/hcpctl" --config "$work/haochaping.ini" "$@"; }
control staff import "$root/config/staff/roster.csv" --as G5001 | tail -n 1 | sed 's/^/  /'
control staff ceremony G4001 G4002 --as G5001 | sed 's/^/  /'
appoint() { # STAFF ROLE BY CONFIRMED_BY
  control staff propose "$1" "$2" --as "$3" > "$work/proposed"
  control staff confirm "$(sed -n 's/.*编号 \([0-9]*\).*/\1/p' "$work/proposed")" --as "$4" | sed 's/^/  /'
}
appoint G5001 technical G4001 G4002
appoint G6001 second_signer G5001 G4001
control catalogue import "$root/config/catalogue" --as G5001 | tail -n 1 | sed 's/^/  /'
control catalogue release --as G4001 > "$work/released"
say "已发布部门、事项、办事指南 $(wc -l < "$work/released") 条"

step "一天的办结事件：四类业务，每个项目若干环节，每环节若干主体，开标前保密"
python3 "$root/integration/demo/make_day.py" --date 2026-09-24 --seed 1 "${projects[@]}" --out "$work/day.tsv"
# Bids are opened by hand further down.
awk -F'\t' '/^#/ { print; next } !k { for (i = 1; i <= NF; ++i) if ($i == "kind") k = i; print; next } $k != "bids_opened"' "$work/day.tsv" > "$work/day-sealed.tsv"
ask "feed $work/day-sealed.tsv batch=50 threads=4" 120
number() { grep -o "\"$1\":[0-9]*" "$work/answer" | cut -d: -f2; }
say "上报 $(number events) 条，已受理 $(number OK) 条"
[ "$(number events)" -gt 0 ] && [ "$(number events)" = "$(number OK)" ] || { echo "有事件没有被受理：$(cat "$work/answer")" >&2; exit 1; }
drained() { health | grep -q '"journal":{"events":0,'; }
wait_for 60 "入库" drained
say "入库：办件 $(figure 'select count(*) from cases') 件，待评价 $(figure 'select count(*) from evaluations where state = 1') 件"

step "交易主体评价：打开本人链接，经网页提交"
# Host, case, completion, subject type, certificate: every seventh subject of what was not withdrawn, at most forty.
column() { awk -F'\t' -v kind="$1" -v name="$2" '/^#/ { next } !n { n = 1; for (i = 1; i <= NF; ++i) at[$i] = i; next } $at["kind"] == kind { print $at[name] }' "$work/day.tsv"; }
column withdrawal case_no > "$work/withdrawn"
awk -F'\t' 'NR == FNR { gone[$1] = 1; next } /^#/ { next } !n { n = 1; for (i = 1; i <= NF; ++i) at[$i] = i; next }
  $at["kind"] == "completion" && !($at["case_no"] in gone) {
    split($at["subjects"], s, ";")
    for (i in s) { split(s[i], p, "|"); if (++k % 7 == 0 && ++n <= 40) print $at["host_id"], $at["case_no"], $at["completion_no"], p[1], p[3] }
  }' "$work/withdrawn" "$work/day.tsv" > "$work/raters"
rated=0
link_of() { # HOST CASE COMPLETION TYPE CERTIFICATE
  ask "link $*"
  link=$(sed -n 's/.*"answer":"\([^"]*\)".*/\1/p' "$work/answer")
}
while read -r host_id case_no completion_no type certificate; do
  link_of "$host_id" "$case_no" "$completion_no" "$type" "$certificate"
  case $((rated % 8)) in
    0 | 1 | 2 | 3) form="level=5" ;;
    4 | 5) form="level=4&tag_4=413" ;;
    6) form="level=3&text=流程还可以再简化一些" ;;
    7) form="level=2&tag_2=209&text=办理时间超过了承诺的期限，请改进。&asks_anonymous=1&anonymous=1&contact=1" bad_link=$link ;;
  esac
  curl -sSf --cacert "$work/tls/ca.pem" "$link" > "$work/page.html"
  grep -q "服务评价" "$work/page.html" || { echo "评价页面没有正常显示" >&2; exit 1; }
  status=$(curl -sS --cacert "$work/tls/ca.pem" -o "$work/page.html" -w '%{http_code}' -H 'Content-Type: application/x-www-form-urlencoded' --data "$form" "$link")
  [ "$status" = 303 ] || { echo "提交评价返回 $status" >&2; exit 1; }
  rated=$((rated + 1))
  [ $((rated % 10)) -eq 0 ] && say "已评价 $rated 件"
done < "$work/raters"
[ "$(figure 'select count(*) from ratings where tags is not null')" -gt 0 ] || { echo "评价没有带上标签" >&2; exit 1; }
say "差评 $(figure 'select count(*) from ratings where level_code <= 2 and origin = 1') 件，整改单 $(figure 'select count(*) from tickets') 张"

step "单点登录：主体在交易平台点“好差评”，看到自己的待评价列表"
read -r _ _ _ type certificate < "$work/raters"
list_of() { # TYPE CERTIFICATE: where its subject signs on, once
  ask "ticket $*"
  list_link=$site/s?ticket=$(grep -o '"ticket":"[^"]*"' "$work/answer" | cut -d'"' -f4)
}
list_of "$type" "$certificate"
curl -sSfL --cacert "$work/tls/ca.pem" -c "$work/jar" -b "$work/jar" "$list_link" > "$work/my.html"
grep -q "待评价" "$work/my.html" || { echo "列表页面没有正常显示" >&2; exit 1; }
say "列表页显示正常，票据只能用一次"

step "开标：保密解除，之前的办件和评价开始推送"
before=$(figure 'select count(*) from deliveries where held_reason = 1')
paste <(column completion bids_secret) <(column completion project_no) | awk '$1 == 1 { print $2 }' | sort -u > "$work/secret-projects"
while read -r project; do
  ask "open $project"
  grep -q '"OK"' "$work/answer" || { echo "开标没有被受理：$(cat "$work/answer")" >&2; exit 1; }
done < "$work/secret-projects"
wait_for 60 "入库" drained
say "$(wc -l < "$work/secret-projects") 个项目开标；解除前有 $before 条推送因保密暂缓，现在 $(figure 'select count(*) from deliveries where held_reason = 1') 条"

settled() { [ "$(figure 'select count(*) from deliveries where state in (1, 2)')" -eq 0 ]; }
show_progress_until() { # seconds, what, condition
  local until=$((SECONDS + $1))
  until "$3"; do
    [ $SECONDS -lt $until ] || { echo "等待超时：$2" >&2; health >&2; tail -n 20 "$work/host.log" >&2; exit 1; }
    say "$2：已送达 $(figure 'select count(*) from deliveries where state = 3')，待推送 $(figure 'select count(*) from deliveries where state in (1, 2)')"
    sleep 2
  done
}
show_progress_until 120 "推送中" settled

step "时钟越过国庆：2026-10-12 09:00，未评价的办件按五个工作日记为系统默认"
control calendar explain 2026-09-24 | sed 's/^/  /'
set_clock "2026-10-12 09:00:00"
defaulted() { [ "$(figure 'select count(*) from evaluations where state = 1')" -eq 0 ]; }
wait_for 60 "默认评价" defaulted
show_progress_until 120 "推送中" settled

step "归属和覆盖"
control catalogue unassigned list > "$work/unassigned"
sed 's/^/  /' "$work/unassigned"
control coverage --from 2026-09-24 --to 2026-09-24 > "$work/coverage"
sed 's/^/  /' "$work/coverage"
# The day of make_day.py leaves out one item, whose department has no other, one of the staff and with him his window, and two of the channels.
if [ ${#projects[@]} -eq 0 ]; then
  grep -q 没有未归类或待归属的办件 "$work/unassigned" || { echo "有办件没有归属" >&2; exit 1; }
  ! grep -q 名册上没有的窗口 "$work/coverage" || { echo "有到访的窗口没有归属" >&2; exit 1; }
  diff <(grep 未覆盖 "$work/coverage") "$root/integration/demo/gaps.txt" >&2 || { echo "未覆盖的与预留的不符" >&2; exit 1; }
fi

step "结果"
figure "select '  评价 ' || case when origin = 2 then '系统默认' when unsubmitted = 1 then '截止时按暂存的内容' else '本人评价' end || '：' || count(*)
  from ratings group by origin, unsubmitted"
figure "select '  推送 ' || case kind when 1 then '办件服务' when 2 then '评价' else '办件撤回' end || ' ' ||
  case state when 3 then '已送达' when 4 then '暂缓' when 5 then '待人工处理' else '待推送' end ||
  case held_reason when 2 then '（省平台未提供系统默认标识）' when 3 then '（未归类）' when 4 then '（评标专家身份不外送）' when 6 then '（通道停止）' when 5 then '（省平台未提供该类消息）'
    when 7 then '（本人评价已取代）' when 8 then '（办件在推送之前已撤回）' else '' end ||
  '：' || count(*) from deliveries group by kind, state, held_reason order by kind, state"
control ledger verify | sed 's/^/  /'

step "与省平台逐条核对"
sqlite3 -separator ' ' "$(store_file "$work")" "attach '$work/province.db' as province" ".read $root/integration/demo/compare.sql" > "$work/difference"
if [ -s "$work/difference" ]; then
  head -n 50 "$work/difference"
  say "有 $(wc -l < "$work/difference") 处不一致"
  result=1
else
  say "一致：省平台 $(sqlite3 "$work/province.db" 'select count(*) from service') 项服务、$(sqlite3 "$work/province.db" 'select count(*) from rating') 条评价，与本地逐条相符"
  result=0
fi

say "用时 $((SECONDS - built_at)) 秒（不含安装与编译）"

step "留给您的：刚办结的两件事，等着评价"
for case_no in DEMO-1 DEMO-2; do
  ask "completed case_no=$case_no line=3 node=项目登记 item_code=GC-01 department_id=JY3 department_name=交易三部 project_no=DEMO \
project_name=黄河下游防洪工程（示例段）施工及监理 subjects=$type|3|$certificate|001|示例公司 handlers=G3001|乔望舒"
  grep -q '"OK"' "$work/answer" || { echo "办结没有被受理：$(cat "$work/answer")" >&2; exit 1; }
done
wait_for 60 "入库" drained
link_of sdggzy DEMO-1 1 "$type" "$certificate"
list_of "$type" "$certificate"
for page in "$link" "$bad_link/receipt"; do
  curl -sSf --cacert "$work/tls/ca.pem" "$page" > "$work/page.html" || { echo "页面打不开：$page" >&2; exit 1; }
done
say "评价它        $link"
say "我的列表      $list_link （票据只能用一次）"
say "差评的回执    $bad_link/receipt"
if $phone; then
  say "手机与本机在同一网络，扫码即可（浏览器会提示证书由演示用 CA 签发，选择继续）："
  qrencode -t ANSIUTF8 "$link"
fi

# The API that the desk stands on, as whoever is technical: it says the same as hcpctl.
code_for() { control staff invite "$1" --as "$2" | sed -n 's/^登录码：//p'; }
curl -sSf --cacert "$work/tls/ca.pem" -c "$work/desk" -o "$work/page.html" --data-urlencode "code=$(code_for G5001 G4001)" "$desk/staff/sign-on"
at_desk() { curl -sSf --cacert "$work/tls/ca.pem" -b "$work/desk" "$desk/api/v1/staff/$1"; }
told=$(at_desk 'deliveries?limit=1' | grep -o '"total":[0-9]*' | cut -d: -f2)
[ "$told" = "$(figure 'select count(*) from deliveries')" ] || { echo "工作台列出推送 $told 条，与库中不符" >&2; exit 1; }
say "工作台 $desk/desk/ 的推送清单：$told 条"

if $once; then exit $result; fi
step "可以点开看"
say "工作台        $desk/staff/ ，登录码十分钟内有效、各用一次："
say "  技术部门 $(code_for G5001 G4001)   监督部门 $(code_for G4001 G5001)   复签人 $(code_for G6001 G5001)"
say "运行状况      http://127.0.0.1:$operations/health"
say "指标          http://127.0.0.1:$operations/metrics"
say "推送清单      $build/hcpctl --config $work/haochaping.ini deliveries list"
say "（网页证书由演示用 CA 签发：$work/tls/ca.pem）按 Ctrl-C 结束"
while kill -0 "$host_pid" 2> /dev/null; do sleep 1; done
exit $result
