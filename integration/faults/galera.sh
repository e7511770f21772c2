#!/usr/bin/env bash
# Two hosts on a cluster of three nodes while both report: each node dies in turn by SIGKILL and comes back, then two at once, so that the
# third is in the minority. Nothing promised is missing and nothing is there twice; how long nothing was opened is printed.
#   galera.sh [ROUNDS] [SEED]
source "$(dirname "$0")/lib.sh"
source "$here/judge_province.sh"
source "$root/integration/store/galera.sh"
rounds=${1:-1}
seed=${2:-$((RANDOM * 32768 + RANDOM))}
store=mysql
say "$rounds rounds, seed $seed"
[ -e "$galera_provider" ] && command -v rsync > /dev/null || { say "skipped: galera-4 and rsync are not installed"; exit 77; }
chmod o+x "$work" # the nodes are another user's
galera_begin "$work/cluster" || die "no cluster"
for node in 1 2 3; do started[${node_pid[$node]}]=node$node; done

start_province --plain --no-sm2
profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
mapfile -t settings < <(with_province "$work/profile.ini" plain)
instance one "${settings[@]}"
instance_beside two one "${settings[@]}"
# ways NAME NODE...: its connections, in that order
ways() {
  local name=$1 node line; shift
  line=$(cat "$work/$name/keys/database.conn")
  for node in "$@"; do echo "${line/"$store_folder/mariadb/s"/$(galera_socket "$node")}"; done > "$work/$name/ways"
  cat "$work/$name/ways" > "$work/$name/keys/database.conn"
}
ways one 1 2 3
ways two 2 3 1

begin() { # NAME
  "$HCP_HOST" --module "$HCP_MODULE" --config "$work/$1/haochaping.ini" --state "$work/$1/host" --log "$work/$1/host.log" \
    --hammer until-killed --run "$1" --threads 4 --rate 40 --seed "$seed" > "$work/$1.out" 2>> "$work/$1/stderr.log" &
  started[$!]=$1
  wait_until 60 "$1 has started" grep -q '"start","status":"OK"' "$work/$1.out"
}
begin one
begin two
die_of() { local node; for node in "$@"; do unset "started[${node_pid[$node]}]"; galera_kill "$node"; done; }
back() { # NODE...: and whole again
  local node
  for node in "$@"; do
    galera_node "$node"
    started[${node_pid[$node]}]=node$node
  done
  for node in 1 2 3; do galera_until "$node" 3 || die "node $node does not come back"; done
}
now_us() { date +%s%6N; }
: > "$work/phases"
for ((round = 1; round <= rounds; ++round)); do
  for node in 1 2 3; do
    sleep 2
    galera_ask $((node % 3 + 1))
    from=$(now_us)
    die_of "$node"
    sleep 12
    back "$node"
    sleep 2
    echo "$from $(now_us) node $node of round $round" >> "$work/phases"
  done
  from=$(now_us)
  die_of 1 3
  galera_ask 2
  sleep 12
  back 1 3
  sleep 5
  echo "$from $(now_us) two nodes of round $round, 12 s in the minority" >> "$work/phases"
  for name in one two; do alive "$name" || die "$name ended by itself"; done
done
kill_hard one
kill_hard two

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
sound one
verified=$(control two ledger verify 2>&1) || fail "the ledger by the other's anchors: $verified"
copy=$(store_file "$work/one")
while read -r from until what; do
  say "$what: nothing was opened for at most $(sqlite3 -readonly "$copy" "select printf('%.1f', max(gap) / 1e6) from (
    select opened_at_us - lag(opened_at_us, 1, $from) over (order by opened_at_us) as gap from cases where opened_at_us between $from and $until)") s"
done < "$work/phases"
say "accepted: $(cat "$work"/{one,two}/host/accepted.log | wc -l); at the province: $(province_sql 'select count(*) from service') services"
[ "$failures" -eq 0 ]
