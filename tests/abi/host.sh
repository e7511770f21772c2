#!/usr/bin/env bash
# The reference host against a stand-in for the plugin: commands, feeding, loss and repair, tickets, clock, a kill.
#   host.sh TRADING_HOST ECHO_MODULE
set -uo pipefail
host=$1 module=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

run() { # state directory, further options; commands on stdin
  local state=$1; shift
  timeout 60 "$host" --module "$module" --config unused.ini --state "$work/$state" --log "$work/$state.log" "$@"
}
wants() { # what, text, pattern
  if grep -qE -- "$3" <<< "$2"; then return; fi
  echo "FAILED: $1: no /$3/ in:"; echo "$2"; failures=$((failures + 1))
}
row() { # number, subjects
  printf 'completion\t\tC-%d\t1\t1\tP-1\t项目登记\t2026-09-24T09:00:00+08:00\t%s\n' "$1" "$2"
}
header=$'kind\thost_id\tcase_no\tcompletion_no\tline\tproject_no\tnode\tcompleted_at_us\tsubjects'

# Every command answers with one line; what it cannot do it says.
out=$(run talk <<'COMMANDS'
# a comment
completed case_no=C-1 line=1 project_no=P-1 node=项目登记 "project_name=two words" subjects=2|3|91990000TEST|001|示例公司;1|1|990000
completed case_no= line=1
completed nonsense=1
withdraw sdggzy C-1 1
open P-1 1
visit visit_no=V-1
link sdggzy C-1 1 2 91990000TEST
rate level=5 case_no=C-1 subject_type=2 certificate_no=91990000TEST request_key=k
health
frobnicate
link too few
clock 2026-10-09T00:00:00+08:00
clock?
clock +1d
clock 2026-02-30x
help
stop
health
start
reload
quit
COMMANDS
)
wants "start" "$(sed -n 1p <<< "$out")" '^\{"command":"start","status":"OK"\}$'
wants "completed" "$(sed -n 2p <<< "$out")" '"completed","status":"OK"'
wants "a missing field" "$(sed -n 3p <<< "$out")" '"INVALID","field":"case_no","reason":".+"'
wants "a field that is none" "$(sed -n 4p <<< "$out")" '"ERROR","error":"no such field"'
wants "link" "$(sed -n 8p <<< "$out")" '"answer":"https://echo.invalid/C-1/91990000TEST"'
wants "rate" "$(sed -n 9p <<< "$out")" '"rate","status":"OK","answer":\{"receipt":"echo"\}'
wants "health on one line" "$(sed -n 10p <<< "$out")" '"reported":1,"distinct":1, "withdrawn":1,"opened":1,"visits":1'
wants "an unknown command" "$(sed -n 11p <<< "$out")" '"frobnicate","status":"ERROR","error":"unknown command'
wants "too few words" "$(sed -n 12p <<< "$out")" '"ERROR","error":"link HOST CASE'
wants "the clock is set" "$(sed -n 14p <<< "$out")" '"now":"2026-10-09T00:00:0[0-9]'
wants "the clock is moved" "$(sed -n 15p <<< "$out")" '"now":"2026-10-10T00:00:0[0-9]'
wants "a time that is none" "$(sed -n 16p <<< "$out")" '"ERROR"'
wants "after stop" "$(sed -n 19p <<< "$out")" '"health","status":"STATE"'
wants "start anew" "$(sed -n 20p <<< "$out")" '"start","status":"OK"'
wants "the end" "$(tail -1 <<< "$out")" '"quit","status":"OK"'
wants "one line each" "$(wc -l <<< "$out")" '^22$'
wants "the inbox" "$(cat "$work/talk/inbox.tsv")" $'\t2\t91990000TEST\treceipt\t'
wants "the inbox is private" "$(stat -c %a "$work/talk/inbox.tsv")" '^600$'

# A ticket works once, and for a minute.
coproc HOST { run tickets; }
ask() { printf '%s\n' "$1" >&"${HOST[1]}"; read -r reply <&"${HOST[0]}"; }
read -r reply <&"${HOST[0]}"
ask 'ticket 2 91990000TEST'; ticket=$(sed 's/.*"ticket":"\([0-9a-f]*\)".*/\1/' <<< "$reply")
ask "pending 2 $ticket"; wants "a ticket" "$reply" '"OK","answer":\[\{"type":2,"number":"91990000TEST"\}\]'
ask "pending 2 $ticket"; wants "a used ticket" "$reply" '"REFUSED"'
ask 'ticket 0 S-17'; ticket=$(sed 's/.*"ticket":"\([0-9a-f]*\)".*/\1/' <<< "$reply")
ask 'clock +61s'
ask "pending 2 $ticket"; wants "an old ticket" "$reply" '"REFUSED"'
ask 'ticket 0 S-17'; ticket=$(sed 's/.*"ticket":"\([0-9a-f]*\)".*/\1/' <<< "$reply")
ask "pending 2 $ticket"; wants "a ticket of staff" "$reply" '"type":0,"number":"S-17"'
printf 'quit\n' >&"${HOST[1]}"; wait "$HOST_PID"

# A file, in batches over threads; twice; a row with a fault is named.
{ echo "# synthetic"; echo "$header"; for i in $(seq 1 1000); do row "$i" "2|3|9199000$i||a\\;b\\|c|;1|2|8"; done
  row 0 ''; printf 'completion\t\tC-x\t1\tone\n'; printf 'withdrawal\t\tC-1\t1\n'; } > "$work/day.tsv"
out=$(run feed <<< "feed $work/day.tsv batch=64 threads=4 times=2 order=shuffled
health" 2>"$work/progress")
wants "feeding" "$out" '"events":2004,"malformed":1,"OK":2002,"INVALID":2,'
wants "a row that cannot be read" "$out" '\{"line":1004,"field":"","reason":"not a number"\}'
wants "a row that the plugin refuses" "$out" '\{"line":1003,"field":"subjects","reason":'
wants "duplicates are one" "$out" '"reported":2000,"distinct":1000'
wants "progress" "$(cat "$work/progress")" 'feed: 2004 of 2004'
wants "a file that is not there" "$(run feed <<< 'complete /nowhere')" '"complete","status":"ERROR","error":"the file cannot be opened"'

# What the host forgets to report, the scan finds; texts survive the host's own file.
coproc HOST { run lossy --lose-callback 40% 2> /dev/null; }
read -r reply <&"${HOST[0]}"
ask "feed $work/day.tsv"; wants "losses" "$reply" '"LOST":[1-9]'
ask 'stop'; ask 'start'
for ((i = 0; i < 100000; ++i)); do
  ask 'health'
  [[ $reply == *'"distinct":1000'* ]] && break
done
wants "repair" "$reply" '"distinct":1000'
ask 'scans'; wants "scans" "$reply" '"scans":[1-9]'
printf 'quit\n' >&"${HOST[1]}"; wait "$HOST_PID"
wants "texts survive" "$(cat "$work/lossy/completed.log")" '\|a\\;b\\\|c\|'

# Without hooks the host calls the function itself; without a running plugin nobody is there.
wants "no hooks" "$(run bare --no-hooks <<< "complete $work/day.tsv" 2> /dev/null)" '"OK":1001,'
wants "stopped" "$(run bare <<< "stop
completed case_no=1")" '"completed","status":"UNHOOKED"'

# A clock file is made when missing, and moved by command.
out=$(run clock --clock-file "$work/now" <<< 'clock 2026-09-24T08:00:00+08:00')
wants "the clock file" "$(cat "$work/now")" '^1790208000000000$'
out=$(run clock --clock-file "$work/now" <<< 'clock?')
wants "the clock file is read" "$out" '"now":"2026-09-24T08:00:00.000000'

# Killed at any moment and started again: what was accepted was committed before, and half a line does no harm.
mkdir -m 700 "$work/hammer" && touch "$work/hammer/accepted.log"
"$host" --module "$module" --config unused.ini --state "$work/hammer" --log "$work/hammer.log" \
  --hammer until-killed --run first --seed 7 > /dev/null & killed=$!
until [ "$(wc -l < "$work/hammer/accepted.log")" -gt 300 ]; do kill -0 "$killed" || break; done
kill -KILL "$killed"; wait "$killed" 2> /dev/null
printf 'completion\thalf a li' | tee -a "$work/hammer/accepted.log" >> "$work/hammer/completed.log"
out=$(run hammer --hammer 1 --threads 8 --run second --seed 8)
wants "the hammer" "$out" '"command":"hammer","status":"OK","threads":8,"OK":[1-9]'
for kind in completion withdrawal bids_opened visit; do
  wants "accepted $kind" "$(cut -f1 "$work/hammer/accepted.log" | sort -u)" "^$kind$"
done
wants "no half line" "$(grep -c 'half a li' "$work/hammer/accepted.log" "$work/hammer/completed.log" | tr '\n' ' ')" ':0 .*:0 '
keys() { grep -a "^completion" "$1" | cut -f2-4 | sort -u; }
lost=$(comm -23 <(keys "$work/hammer/accepted.log") <(keys "$work/hammer/completed.log") | wc -l)
wants "accepted, yet not committed" "$lost" '^0$'
lost=$(comm -23 <(sort -u "$work/hammer/accepted.log") <(sort -u "$work/hammer/reported.log") | wc -l)
wants "accepted, yet not reported" "$lost" '^0$'
wants "no key twice" "$(grep -a ^completion "$work/hammer/accepted.log" | cut -f2-4 | sort | uniq -d | wc -l)" '^0$'

# The modes that measure.
out=$(run latency --latency 1 --threads 2 --batch 3 --rate 200)
wants "a line a second" "$(grep -c '"second":' <<< "$out")" '^1$'
wants "a total" "$out" '\{"total_seconds":1,"calls":[0-9]+,"OK":[1-9][0-9]*,"p50_us":[0-9.]+,"p99_us":[0-9.]+,"max_us":[0-9.]+\}'
out=$(run cycles --cycles 20) || { echo "FAILED: cycles"; failures=$((failures + 1)); }
wants "cycles" "$(tail -1 <<< "$out")" $'^20\t[12]\t[0-9]+$'

# Options that are none.
run bad --threads 0 2> "$work/err" < /dev/null; wants "an option out of range" "$(cat "$work/err")" 'threads: 0 is not a fitting value'
timeout 60 "$host" --state "$work/bad" 2> "$work/err" < /dev/null; wants "no module" "$?" '^2$'
run bad --misbehave politely 2> "$work/err" < /dev/null; wants "a kind that is none" "$(cat "$work/err")" 'politely: no such misbehaviour'

[ "$failures" -eq 0 ] && echo "the host keeps its side"
exit "$((failures > 0))"
