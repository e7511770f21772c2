#!/usr/bin/env bash
# The master key is changed under load: while the host goes on reporting, hcpctl keys rotate dies by SIGKILL again and again, and is run
# once more to its end. The province takes nothing until the old key is gone: then every identity has to open under the new one alone.
# THREADS of the host report as fast as they are answered, and the province gets all of it in the end.
#   rotation.sh [KILLS] [COMPLETIONS] [THREADS] [SEED]
source "$(dirname "$0")/lib.sh"
kills=${1:-2}
count=${2:-1000}
threads=${3:-1}
seed=${4:-$((RANDOM * 32768 + RANDOM))}
say "seed $seed, $kills kills"
RANDOM=$((seed % 32768))

start_province --plain --no-sm2
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t settings < <(with_province "$work/profile.ini" plain)
instance one "${settings[@]}"
fault '{"kind":"http_500","only":"M1","count":-1}'
ini=$work/one/haochaping.ini
keys=$work/one/keys
openssl rand -hex 32 > "$keys/new.key"
chmod 600 "$keys/new.key"
left() { control one keys status --json 2> /dev/null | grep -oE '"left":[0-9]+' | grep -oE '[0-9]+'; }

latency() { grep -oE '"(p99|max)[a-z_]*":[0-9.]+' "$work/one.out" | tr '\n' ' '; } # of the callbacks

# ---- a store under the old key
start_host one
completions old "$count" > "$work/old.tsv"
grep -q "\"OK\":$count," <<< "$(tell "feed $work/old.tsv batch=100")" || fail "not every event was answered OK"
wait_until 120 "everything is in the store" is_drained one
stop_host
is "left where there is one key" 0 "$(left)"
hammer_until=5 hammer one base --threads "$threads" --seed "$seed"
ended one
say "alone: $(latency)"

# ---- a host with the new key and the old one, reporting all the while
sed -i "s|^master_key_file = .*|master_key_file = $keys/new.key\nold_key_files = $keys/master.key|" "$ini"
before=$(left)
[ "$before" -ge "$count" ] || fail "only $before rows are under the old key"
hammer_until_told one load --threads "$threads" --seed "$seed"
hammers one
killed=0 tries=0 progress=$work/progress
while [ "$killed" -lt "$kills" ] && [ "$tries" -lt $((kills * 5)) ]; do
  tries=$((tries + 1))
  "$HCP_CTL" keys rotate --config "$ini" > "$work/rotate.out" 2> "$progress" &
  rotating=$!
  started[$rotating]=rotating
  has_begun() { [ -s "$progress" ] || ! alive rotating; }
  # Every second one may die before it has written anything.
  ((tries % 2 == 0)) || wait_until 60 "it has begun" has_begun
  sleep "0.$(printf '%03d' $((RANDOM % 200)))"
  kill -KILL "$rotating" 2> /dev/null && killed=$((killed + 1))
  ended rotating 2> /dev/null
  say "killed at $(tail -1 "$progress"), left $(left)"
done
is "killed while it ran" "$kills" "$killed"
control one keys rotate > "$work/rotate.out" 2> "$progress" || fail "the rotation: $(cat "$work/rotate.out")"
say "$(tail -1 "$progress")；$(grep 本次换封 "$work/rotate.out")"
is "left beside a host that goes on" 0 "$(left)"
alive one || die "the host ended by itself"
stop_host
say "beside it: $(latency)"
start_host one
wait_until 120 "everything is in the store" is_drained one
stop_host
is "left afterwards" 0 "$(left)"

# ---- the new key alone: what the digests need goes with it, the old one is destroyed
old_id=$(control one keys show | grep 旧主密钥 | grep -oE '[0-9a-f]{16}' | tail -1)
control one keys carry "$keys/digests.key" > /dev/null || fail "the digests' keys were not written"
sed -i "s|^old_key_files = .*|digest_key_file = $keys/digests.key|" "$ini"
rm "$keys/master.key"
[ "$store" != sqlite ] || is "data keys under the old key" 0 \
  "$(store_sql one "select count(*) from subjects where lower(hex(substr(wrapped_key, 3, 8))) = '$old_id'")"
no_faults
start_host one
wait_until 500 "everything is at the province" is_done one
grep -q '"keys"' <<< "$(tell health)" && fail "an alarm: $(tell health)"
completions new 20 > "$work/new.tsv"
grep -q '"OK":20,' <<< "$(tell "feed $work/new.tsv batch=10")" || fail "not every event was answered OK under the new key"
# Known by their digests: nothing is opened a second time.
head -101 "$work/old.tsv" > "$work/again.tsv"
grep -q '"OK":100,' <<< "$(tell "feed $work/again.tsv batch=10")" || fail "not every event was answered OK again"
wait_until 120 "everything is at the province" is_done one
stop_host
is "cases of the feeds" $((count + 20)) "$(store_sql one "select count(*) from cases where case_no like 'old-%' or case_no like 'new-%'")"
is "services of the feeds" $((count + 20)) "$(store_sql one "select count(*) from deliveries d join evaluations e on e.id = d.evaluation_id
  join cases c on c.id = e.case_id where d.kind = 1 and d.state = 3 and (c.case_no like 'old-%' or c.case_no like 'new-%')")"
sound one
[ "$failures" -eq 0 ]
