#!/usr/bin/env bash
# The host's process dies by SIGKILL again and again while eight threads report; in the end nothing promised is missing and nothing is
# there twice, neither in the store nor at the province.
#   crash.sh [KILLS] [SEED]
source "$(dirname "$0")/lib.sh"
source "$here/judge_province.sh"
kills=${1:-10}
seed=${2:-$((RANDOM * 32768 + RANDOM))}
say "seed $seed, $kills kills"
RANDOM=$((seed % 32768))

start_province --plain --no-sm2
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t settings < <(with_province "$work/profile.ini" plain)
instance one "${settings[@]}"

for ((i = 1; i <= kills; ++i)); do
  hammer one "k$i" --threads 8 --seed "$seed"
  # Every fourth life may end while it begins.
  if ((i % 4 != 0)); then
    hammers one
    wait_until 60 "enough is accepted to prove anything" eval '[ "$(wc -l < "$work/one/host/accepted.log")" -ge $((i * 100)) ]'
  fi
  sleep "0.$(printf '%03d' $((RANDOM % 400)))"
  alive one || die "life $i ended by itself"
  kill_hard one
done
say "accepted: $(wc -l < "$work/one/host/accepted.log") of $(wc -l < "$work/one/host/reported.log") reported; at the province before the last start: $(province_sql 'select count(*) from service')"

start_host one
wait_until 240 "everything is in the store and at the province" is_done one
stop_host

while read -r line; do fail "$line"; done < <(judge one "$work/one/host" 2>&1)
one_m1_at_a_time
[ "$(wc -l < "$work/one/host/accepted.log")" -gt $((kills * 5)) ] || fail "too little was reported to prove anything"
for kind in completion withdrawal bids_opened visit; do
  grep -q "^$kind" "$work/one/host/accepted.log" || fail "no $kind was accepted"
done
[ "$(store_sql one 'select count(*) from cases where secret = 1 and secrecy_lifted_at_us is not null')" -gt 0 ] || fail "no secret case was opened"
sound one
say "at the province: $(province_sql 'select count(*) from service') services of $(province_sql 'select count(distinct projectNo) from service') dossiers"
