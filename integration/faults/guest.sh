#!/usr/bin/env bash
# What a guest in somebody else's process must leave to the host: when the process ends and with which code, what its children inherit,
# which thread takes a signal, how OpenSSL is configured.
#   guest.sh [EXITS_OF_EACH_KIND]
source "$(dirname "$0")/lib.sh"
source "$here/judge_province.sh"
exits=${1:-20}

start_province --plain --no-sm2
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t settings < <(with_province "$work/profile.ini" plain)

# ---- exit(7) without stop

exits_with_7() { # NAME WHEN
  kill -TERM "$(pid_of "$1")"
  ended "$1"
  is "exit code of a host that exits $2" 7 "$exit_code"
  [ "$exit_code" -ne 7 ] || good=$((good + 1))
}
good=0
instance idle "${settings[@]}"
for ((i = 1; i <= exits; ++i)); do
  start_host idle --exit-on-term 7
  exits_with_7 idle "just after start"
  exec {host_input}>&-
done
instance running "${settings[@]}"
for ((i = 1; i <= exits; ++i)); do
  start_host running --exit-on-term 7
  sleep "0.$(printf '%03d' $((RANDOM % 600)))"
  exits_with_7 running "while it runs"
  exec {host_input}>&-
done
instance calling "${settings[@]}"
for ((i = 1; i <= exits; ++i)); do
  : > "$work/hammer.out"
  "$HCP_HOST" --module "$HCP_MODULE" --config "$work/calling/haochaping.ini" --state "$work/calling/host" --log "$work/calling/host.log" \
    --hammer until-killed --run "e$i" --threads 8 --seed "$i" --exit-on-term 7 > "$work/hammer.out" 2>> "$work/calling/stderr.log" &
  started[$!]=hammer
  wait_until 60 "the module has started" grep -q '"start","status":"OK"' "$work/hammer.out"
  sleep "0.$(printf '%03d' $((20 + RANDOM % 80)))"
  exits_with_7 hammer "while eight threads call"
done
start_host calling
wait_until 600 "what was answered OK is in the store and at the province" is_done calling
stop_host
while read -r line; do fail "$line"; done < <(judge "$work/calling/host" calling 2>&1)
sound calling

instance sending "${settings[@]}"
fault '{"kind":"slow","delay_ms":300}'
for ((i = 1; i <= exits; ++i)); do
  start_host sending --exit-on-term 7
  completions "s$i" 40 > "$work/sending.tsv"
  tell_ok "feed $work/sending.tsv batch=40"
  sleep "0.$(printf '%03d' $((100 + RANDOM % 300)))"
  exits_with_7 sending "while messages are under way"
  exec {host_input}>&-
done
no_faults

start_host sending
wait_until 600 "everything is in the store and at the province" is_done sending
stop_host
sound sending
is "cases of what was answered OK while messages were under way" $((exits * 40)) "$(store_sql sending 'select count(*) from cases')"
say "$((4 * exits)) times exit(7): $good times code 7; $(wc -l < "$work/calling/host/accepted.log") events accepted meanwhile"

# ---- children, and a second start on the same port

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free_port)
instance parent "${settings[@]}" "operations.listen=127.0.0.1:$port"
start_host parent
exec {held_open}<> "/dev/tcp/127.0.0.1/$port"   # an accepted connection, too
tell_ok "spawn exec sleep 60"
sleep 0.3
child=$(pgrep -P "$(pid_of parent)" -x sleep) || die "no child"
inherited=$(for fd in /proc/"$child"/fd/*; do readlink "$fd"; done | grep -E "socket:|anon_inode|$work/parent/(store|data)")
is "what a child inherits of ours" "" "$inherited"
exec {held_open}>&-
tell_ok "stop"
tell_ok "start"   # destroy, create, start: on the same port, while the child lives
curl -sS -m 20 "http://127.0.0.1:$port/healthz" > /dev/null || fail "the port is not served again"

# ---- signals: blocked in our threads, but for those that an instruction of their own causes

host_pid=$(pid_of parent)
synchronous=$(((1 << 10) | (1 << 6) | (1 << 7) | (1 << 3) | (1 << 4) | (1 << 30)))   # SEGV BUS FPE ILL TRAP SYS
unblockable=$(((1 << 8) | (1 << 18) | (1 << 31) | (1 << 32)))                         # KILL STOP, and the two of glibc's own
wanted=$(printf '%016x' $((~(synchronous | unblockable))))
ours=0
for task in /proc/"$host_pid"/task/*; do
  [ "${task##*/}" == "$host_pid" ] && continue
  ours=$((ours + 1))
  is "signals blocked in $(cat "$task/comm") ${task##*/}" "$wanted" "$(awk '/^SigBlk/ { print $2 }' "$task/status")"
done
[ "$ours" -ge 5 ] || fail "only $ours threads of ours were seen"
kill "$child"
stop_host

# ---- the host's OpenSSL is configured in its own way

cat > "$work/legacy.cnf" << 'INI'
openssl_conf = all
[all]
providers = those
[those]
legacy = only
[only]
activate = 1
INI
export OPENSSL_CONF=$work/legacy.cnf
start_host parent
unset OPENSSL_CONF
tell_ok "completed line=1 node=项目登记 item_code=ZC-01 department_id=D-1 channel=1 case_no=ssl project_no=P-ssl subjects=2|3|91370000SSL00001X|001|示例投标人"
wait_until 60 "it is in the store and at the province" is_done parent
stop_host
sound parent
