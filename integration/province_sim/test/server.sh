#!/bin/bash
# The whole program over real sockets: TLS, keep-alive, faults that need a connection, certificate swap, clean end.
set -u
program=$1
folder=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

check() { # what, wanted, got
    [ "$2" == "$3" ] && return
    echo "$1: wanted <$2>, got <$3>" >&2
    failed=1
}

certificate() { # name, host
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$2" \
        -addext "subjectAltName=$3" -keyout "$1.key" -out "$1.pem" 2>/dev/null
}
certificate good 127.0.0.1 IP:127.0.0.1
certificate other elsewhere DNS:elsewhere
echo 1768449600000000 >now_us # 2026-01-15 12:00:00 in UTC+8

# Starts the program with its standard input held open on descriptor 9; sets port, control and server.
start() {
    rm -f ready input
    mkfifo ready input
    "$program" "$@" <input >ready 2>>log &
    server=$!
    exec 9>input
    read -r line <ready
    port=$(sed -E 's/.*"port":([0-9]+).*/\1/' <<<"$line")
    control=$(sed -E 's/.*"control_port":([0-9]+).*/\1/' <<<"$line")
}
ended() { # wanted exit code
    wait "$server"
    check "exit code" "$1" "$?"
    server=
}

submit() { # sends one M1; prints the HTTP status and the answer
    local time record body
    time=20260115120000
    record='[{\"areaCode\":\"370800000000\",\"orgcode\":\"370800000000_11370800MB28559184\",\"orgName\":\"中心\",'
    record+='\"taskCode\":\"11370800MB285591843372099018001\",\"proTaskCode\":\"11370800MB285591843372099018001\",'
    record+='\"taskName\":\"事项\",\"proTaskName\":\"事项\",\"projectNo\":\"37001\",\"proProjectNo\":\"37001\",'
    record+='\"proStatus\":\"1\",\"serviceName\":\"服务\",\"serviceTime\":\"2026-01-01 00:00:00\",\"projectType\":\"1\",'
    record+='\"userProp\":\"2\",\"userName\":\"公司\",\"userPageType\":\"001\",\"certkeyGOV\":\"9137\",\"mobile\":\"0\"}]'
    body="{\"txnBodyCom\":{\"appMark\":\"SDGGZY\",\"time\":\"$time\",\"sign\":\"${time}SDGGZYTestWord-0001\","
    body+="\"params\":{\"evaluate\":[\"$record\"]}},\"txnCommCom\":{}}"
    curl -s -m 20 --cacert good.pem -w '%{http_code}' -H 'Content-Type: application/json; charset=utf-8' \
        -H 'C-Tenancy-Id: 370000000000' --data-binary "$body" "$@" "https://127.0.0.1:$port/hcp/project/submit"
}
fault() { curl -s -o /dev/null -X POST -d "$1" "http://127.0.0.1:$control/fault"; }
clear_faults() { curl -s -o /dev/null -X DELETE "http://127.0.0.1:$control/fault"; }
services() { sqlite3 province.db 'SELECT count(*) FROM service'; }

"$program" --no-such-option 2>/dev/null; check "unknown option" 2 $?
"$program" --plain --no-sm2 2>/dev/null; check "missing --db" 2 $?
"$program" --plain --no-sm2 --db province.db --sm2-order C3C2C1 2>/dev/null; check "unknown order" 2 $?
"$program" --plain --no-sm2 --db province.db --dedupe twice 2>/dev/null; check "unknown repetition" 2 $?
"$program" --db province.db --no-sm2 --cert good.pem --key other.key 2>/dev/null; check "key of another" 2 $?
"$program" --generate-keys keys; check "generate keys" 0 $?
check "key modes" "600 600 600 600" "$(stat -c %a keys/* | xargs)"
"$program" --generate-keys keys 2>/dev/null; check "keys are never overwritten" 2 $?

start --cert good.pem --key good.key --db province.db --clock-file now_us --exit-with-parent \
    --sm2-private keys/platform.private.hex --client-public "$(cat keys/client.public.hex)"
check "plain text where SM2 is wanted" '"签名校验失败"' \
    "$(submit | grep -o '"签名校验失败"' | head -1)"
exec 9>&-
ended 0

start --cert good.pem --key good.key --db province.db --clock-file now_us --no-sm2
success='{"C-API-Status":"00","C-Response-Code":"000000000000","C-Response-Desc":"success",'
success+='"C-Response-Body":{"success":"true","message":"操作成功"}}200'
check "good record" "$success" "$(submit)"
check "stored" 1 "$(services)"
check "dated by the clock of the province" "Thu, 15 Jan 2026 04:00:00 GMT" \
    "$(submit -D - | sed -nE 's/^Date: ([^\r]*).*/\1/p')"
check "stored again" 2 "$(services)"
check "TLS below 1.2" 35 "$(submit --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 >/dev/null; echo $?)"

fault '{"kind":"cut_after_store"}'
check "cut after storing" 000 "$(submit)"
check "stored in spite of the cut" 3 "$(services)"
fault '{"kind":"cut_before_store"}'
check "cut before storing" 000 "$(submit)"
check "not stored" 3 "$(services)"
fault '{"kind":"down","count":-1}'
check "down" 000 "$(submit)"
clear_faults
check "up again" "$success" "$(submit)"
fault '{"kind":"http_503","retry_after_s":7}'
check "Retry-After" "7" "$(submit -D - | sed -nE 's/^Retry-After: ([0-9]+).*/\1/p')"
fault '{"kind":"slow","delay_ms":200}'
check "slow answer" "$success" "$(submit)"
fault '{"kind":"slow","delay_ms":60000}'
check "client gives up" 28 "$(submit -m 0.3 >/dev/null; echo $?)"
check "and nothing of it is under way any more" '"now":0' \
    "$(for _ in $(seq 100); do
        found=$(curl -s "http://127.0.0.1:$control/stats" | grep -o '"M1":{"most":1,"most_in":"37001","now":0' | grep -o '"now":0')
        [ -n "$found" ] && echo "$found" && break
    done)"

fault '{"kind":"gzip"}'
check "gzip, whether or not it was asked for" "$success" "$(submit --compressed)"
two_at_once() { # how many of two requests on one connection are answered; curl would repeat the second on another
    printf 'GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n' |
        openssl s_client -quiet -ign_eof -CAfile good.pem -connect "127.0.0.1:$port" 2>/dev/null | grep -o 'HTTP/1.1 404' | wc -l
}
check "both requests of a connection" 2 "$(two_at_once)"
fault '{"kind":"drop_second"}'
check "the second request of a connection is dropped" 1 "$(two_at_once)"
clear_faults

tls() { curl -s -o /dev/null -X POST -d "{\"cert\":\"$1\",\"key\":\"$2\"}" -w '%{http_code}' "http://127.0.0.1:$control/tls"; }
check "swap to nothing" 400 "$(tls "$folder/none.pem" "$folder/none.key")"
check "swap" 200 "$(tls "$folder/other.pem" "$folder/other.key")"
check "wrong host name" 60 "$(submit >/dev/null; echo $?)"
check "swap back" 200 "$(tls "$folder/good.pem" "$folder/good.key")"
check "right again" "$success" "$(submit)"
check "health" '"ok"' "$(curl -s "http://127.0.0.1:$control/health" | grep -o '"ok"')"
check "refused by path" 404 "$(curl -s -o /dev/null --cacert good.pem -w '%{http_code}' "https://127.0.0.1:$port/")"

fault '{"kind":"late","store_after_ms":60000}'
stored=$(services)
check "success before it is stored" "$success" "$(submit)"
kill -KILL "$server"
wait "$server" 2>/dev/null
start --cert good.pem --key good.key --db province.db --clock-file now_us --no-sm2
settle() { curl -s -X POST "http://127.0.0.1:$control/settle"; }
check "still to come after a kill" '{"stored":0,"refused":0,"pending":1}' "$(settle)"
echo 1768449660000000 >now_us
check "stored when its time has come" '{"stored":1,"refused":0,"pending":0}' "$(settle)"
check "and once" $((stored + 1)) "$(services)"
kill "$server"
ended 0

start --cert good.pem --key good.key --db province.db --clock-file now_us --no-sm2 --dedupe name
check "a repetition" 已存在该条服务信息，请勿重复提交 "$(submit | grep -o '已存在该条服务信息，请勿重复提交' | head -1)"
kill "$server"
ended 0
[ -s log ] && { cat log >&2; failed=1; }
exit $failed
