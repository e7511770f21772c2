#!/usr/bin/env bash
# Two hosts on one database while both report. One of them, at random, dies by SIGKILL again and again, or is stopped for two leases and
# goes on; or the second loses its way to the database, the first takes over what it was sending, and it comes back. In the end nothing
# promised is missing and nothing is there twice, neither in the store nor at the province.
#   hosts.sh killed|stopped|cut [TIMES] [SEED] [SECONDS of each cut]
source "$(dirname "$0")/lib.sh"
source "$here/judge_province.sh"
how=${1:-killed}
times=${2:-4}
seed=${3:-$((RANDOM * 32768 + RANDOM))}
lease=10 cut_for=${4:-20}
rate=60
[ "$how" == killed ] || rate=15 # each time takes long, and all is judged
say "$how $times times, seed $seed"
RANDOM=$((seed % 32768))
[ "$store" != sqlite ] || die "several hosts share a server: HCP_STORE=mysql or oracle"

start_province --plain --no-sm2
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t settings < <(with_province "$work/profile.ini" plain)
instance one "${settings[@]}" "instance.lease_s=$lease"
instance_beside two one "${settings[@]}" "instance.lease_s=$lease"
if [ "$how" == cut ]; then
  python3 "$here/pipe.py" "$work/way" "$store_folder/mariadb/s" 2>> "$work/way.log" &
  started[$!]=way
  sed -i "s|$store_folder/mariadb/s|$work/way|" "$work/two/keys/database.conn"
  wait_until 20 "there is a way" test -S "$work/way"
fi
claimed_by_two() { store_client -N -B -D "$(store_database "$work/one")" -e "select count(*) from deliveries where state = 2 and claimed_by = 2"; }
has_taken_over() { [ "$(claimed_by_two)" == 0 ]; }

hammer() { # NAME RUN
  rm -f "$work/$1.out"
  "$HCP_HOST" --module "$HCP_MODULE" --config "$work/$1/haochaping.ini" --state "$work/$1/host" --log "$work/$1/host.log" \
    --hammer until-killed --run "$1-$2" --threads 4 --rate "$rate" --seed "$((seed + $2))" > "$work/$1.out" 2>> "$work/$1/stderr.log" &
  started[$!]=$1
}
has_started() { grep -q '"start"' "$work/$1.out" 2> /dev/null || ! alive "$1"; }
begin() { # NAME RUN
  hammer "$1" "$2"
  wait_until 60 "$1 has started" has_started "$1"
  grep -q '"start","status":"OK"' "$work/$1.out" || die "$1 did not start: $(cat "$work/$1.out")"
}
any() { ((RANDOM % 2)) && echo one || echo two; }

begin one 0
begin two 0
for ((i = 1; i <= times; ++i)); do
  victim=$(any)
  sleep "$((RANDOM % 2)).$(printf '%03d' $((RANDOM % 1000)))"
  alive "$victim" || die "$victim ended by itself"
  if [ "$how" == killed ]; then
    kill_hard "$victim"
    sleep "0.$((RANDOM % 1000))"
    begin "$victim" "$i"
  elif [ "$how" == cut ]; then
    fault '{"kind":"slow","delay_ms":1500,"count":40}' # so that something is under way
    sleep 1
    cut_at=$SECONDS
    kill -STOP "$(pid_of way)"
    say "cut off with $(claimed_by_two) messages claimed"
    wait_until $((3 * lease)) "the other has taken over" has_taken_over
    no_faults
    while ((SECONDS < cut_at + cut_for)); do sleep 0.5; done
    kill -CONT "$(pid_of way)"
    sleep 3
  else
    kill -STOP "$(pid_of "$victim")"
    sleep $((2 * lease))
    kill -CONT "$(pid_of "$victim")"
    sleep 2
    alive "$victim" || die "$victim ended when it went on"
  fi
done
kill_hard one
kill_hard two
say "accepted: $(cat "$work"/{one,two}/host/accepted.log | wc -l) of $(cat "$work"/{one,two}/host/reported.log | wc -l) reported; at the province before the last start: $(province_sql 'select count(*) from service')"

start_host one
input_of_one=$host_input
start_host two
wait_until 120 "the journals are in the store" eval 'is_drained one && is_drained two'
wait_until 240 "everything is at the province" is_delivered one
stop_host
host_input=$input_of_one host_name=one
stop_host

while read -r line; do fail "$line"; done < <(judge one "$work/one/host" "$work/two/host" 2>&1)
most=$(province GET /stats | sed -E 's/.*"M1":\{"most":([0-9]+).*/\1/')
[ "${most:-9}" -le 1 ] || fail "at most $most M1 of one dossier were under way at once"
[ "$(cat "$work"/{one,two}/host/accepted.log | wc -l)" -gt $((times * 10)) ] || fail "too little was reported to prove anything"
sound one
is "integrity of the other journal" ok "$(journal_sql two 'pragma integrity_check')"
is "events set aside by the other" 0 "$(journal_sql two 'select count(*) from set_aside')"
verified=$(control two ledger verify 2>&1) || fail "the ledger by the other's anchors: $verified"
for lane in 1 2; do
  [ "$(store_sql one "select count(*) from ledger where lane = $lane")" -gt 0 ] || fail "instance $lane wrote nothing"
done
say "at the province: $(province_sql 'select count(*) from service') services of $(province_sql 'select count(distinct projectNo) from service') dossiers"
