#!/usr/bin/env bash
# What stands in the way of a start is INVALID where somebody must change something, STATE where somebody else has it now, and the log says
# what it is. Once it is out of the way, the same instance starts.
#   start_refused.sh INSTANCE_SCRIPT TRADING_HOST MODULE
set -uo pipefail
make=$1 host=$2 module=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() { echo "FAILED: $1"; failures=$((failures + 1)); }
command_of() { # INSTANCE: on a state of its own, since two hosts may have one instance in common
  run=$work/run$((++runs)) && log=$run/host.log && mkdir "$run"
  command=("$host" --module "$module" --config "$work/$1/haochaping.ini" --state "$run/host" --log "$log")
}
runs=0
starts() { # WHAT INSTANCE STATUS [IN_THE_LOG]
  command_of "$2"
  local status; status=$("${command[@]}" <<< quit 2> /dev/null | sed -nE '1s/.*"status":"([A-Z_]+)".*/\1/p')
  [ "$status" == "$3" ] || { fail "$1: $status instead of $3"; tail -n 5 "$log"; }
  [ -z "${4:-}" ] || grep -q "启动失败：.*$4" "$log" || { fail "$1: the log does not say: $4"; tail -n 5 "$log"; }
}

"$make" "$work/one" operations.listen=127.0.0.1:0
starts "for the first time" one OK
cp -p "$work/one/keys/anchor.pem" "$work/anchor.pem"
echo nonsense > "$work/one/keys/anchor.pem"
starts "with a key that cannot be read" one INVALID anchor.pem
cp -p "$work/anchor.pem" "$work/one/keys/anchor.pem"
"$make" "$work/elsewhere" operations.listen=192.0.2.1:0
starts "on an address of another machine" elsewhere INVALID 网页服务

command_of one
coproc HOLDER { exec "${command[@]}" 2> /dev/null; }
read -r first <&"${HOLDER[0]}"
grep -q '"OK"' <<< "$first" || fail "the one that holds it: $first"
port=$(sed -nE 's/.*运维接口已启动，端口 ([0-9]+).*/\1/p' "$log")
starts "in the directory of another process" one STATE 另一个进程
"$make" "$work/two" "operations.listen=127.0.0.1:$port"
starts "on a port of another program" two STATE 端口正被另一个程序使用
printf 'quit\n' >&"${HOLDER[1]}"
wait "$HOLDER_PID"
starts "in a directory that is free again" one OK
starts "on a port that is free again" two OK
exit "$((failures > 0))"
