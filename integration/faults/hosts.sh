#!/usr/bin/env bash
# Two hosts on one database while both report. One of them, at random, dies by SIGKILL again and again, or is stopped for two leases and
# goes on; or the second loses its way to the database, the first takes over what it was sending, and it comes back. In the end nothing
# promised is missing and nothing is there twice, neither in the store nor at the province.
#   hosts.sh killed|stopped|cut [TIMES] [SEED] [SECONDS of each cut]
source "$(dirname "$0")/lib.sh"
source "$here/two_hosts.sh"
how=${1:-killed}
times=${2:-4}
seed=${3:-$((RANDOM * 32768 + RANDOM))}
lease=10 cut_for=${4:-20}
rate=60
[ "$how" == killed ] || rate=15 # each time takes long, and all is judged
say "$how $times times, seed $seed"
RANDOM=$((seed % 32768))
[ "$store" != sqlite ] || die "several hosts share a server: HCP_STORE=mysql or oracle"

two_hosts "instance.lease_s=$lease"
if [ "$how" == cut ]; then
  python3 "$here/pipe.py" "$work/way" "$store_folder/mariadb/s" 2>> "$work/way.log" &
  started[$!]=way
  sed -i "s|$store_folder/mariadb/s|$work/way|" "$work/two/keys/database.conn"
  wait_until 20 "there is a way" test -S "$work/way"
fi
claimed_by_two() { store_client -N -B -D "$(store_database "$work/one")" -e "select count(*) from deliveries where state = 2 and claimed_by = 2"; }
has_taken_over() { [ "$(claimed_by_two)" == 0 ]; }

begin() { # NAME RUN
  hammer "$1" "$1-$2" --threads 4 --rate "$rate" --seed "$((seed + $2))"
  hammers "$1"
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
finish_and_judge
[ "$(cat "$work"/{one,two}/host/accepted.log | wc -l)" -gt $((times * 10)) ] || fail "too little was reported to prove anything"
for lane in 1 2; do
  [ "$(store_sql one "select count(*) from ledger where lane = $lane")" -gt 0 ] || fail "instance $lane wrote nothing"
done
[ "$failures" -eq 0 ]
