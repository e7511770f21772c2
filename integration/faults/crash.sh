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

hammer() { # NAME
  rm -f "$work/hammer.out"
  "$HCP_HOST" --module "$HCP_MODULE" --config "$work/one/haochaping.ini" --state "$work/one/host" --log "$work/one/host.log" \
    --hammer until-killed --run "$1" --threads 8 --seed "$seed" > "$work/hammer.out" 2>> "$work/one/stderr.log" &
  started[$!]=hammer
}
has_started() { grep -q '"start"' "$work/hammer.out" 2> /dev/null || ! alive hammer; }

for ((i = 1; i <= kills; ++i)); do
  hammer "k$i"
  # Every fourth life may end while it begins.
  if ((i % 4 != 0)); then
    wait_until 60 "the module has started" has_started
    grep -q '"start","status":"OK"' "$work/hammer.out" || die "life $i did not start: $(cat "$work/hammer.out")"
  fi
  sleep "0.$(printf '%03d' $((RANDOM % 400)))"
  alive hammer || die "life $i ended by itself"
  kill_hard hammer
done
say "accepted: $(wc -l < "$work/one/host/accepted.log") of $(wc -l < "$work/one/host/reported.log") reported; at the province before the last start: $(province_sql 'select count(*) from service')"

start_host one
wait_until 240 "everything is in the store and at the province" is_done one
stop_host

while read -r line; do fail "$line"; done < <(judge one "$work/one/host" 2>&1)
most=$(province GET /stats | sed -E 's/.*"M1":\{"most":([0-9]+).*/\1/')
[ "${most:-9}" -le 1 ] || fail "at most $most M1 of one dossier were under way at once"
[ "$(wc -l < "$work/one/host/accepted.log")" -gt $((kills * 5)) ] || fail "too little was reported to prove anything"
for kind in completion withdrawal bids_opened visit; do
  grep -q "^$kind" "$work/one/host/accepted.log" || fail "no $kind was accepted"
done
[ "$(store_sql one 'select count(*) from cases where secret = 1 and secrecy_lifted_at_us is not null')" -gt 0 ] || fail "no secret case was opened"
sound one
say "at the province: $(province_sql 'select count(*) from service') services of $(province_sql 'select count(distinct projectNo) from service') dossiers"
