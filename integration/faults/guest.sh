#!/usr/bin/env bash
# What a guest in somebody else's process must leave to the host: what its children inherit, which thread takes a signal, how OpenSSL
# is configured. exits.sh: when the process ends, and with which code.
source "$(dirname "$0")/lib.sh"

start_province --plain --no-sm2
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t settings < <(with_province "$work/profile.ini" plain)

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
