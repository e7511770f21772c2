#!/usr/bin/env bash
# A host that calls exit(7) without stop ends with code 7, whatever the module is doing, and loses nothing: just after start, while it
# runs, while eight threads call, while messages are under way. A database's client library brings exit handlers of its own.
#   exits.sh [EXITS_OF_EACH_KIND]
source "$(dirname "$0")/lib.sh"
source "$here/judge_province.sh"
exits=${1:-20}

start_province --plain --no-sm2
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t settings < <(with_province "$work/profile.ini" plain)

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
  hammer calling "e$i" --threads 8 --seed "$i" --exit-on-term 7
  hammers calling
  sleep "0.$(printf '%03d' $((20 + RANDOM % 80)))"
  exits_with_7 calling "while eight threads call"
done
start_host calling
wait_until 600 "what was answered OK is in the store and at the province" is_done calling
stop_host
while read -r line; do fail "$line"; done < <(judge calling "$work/calling/host" 2>&1)
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
