#!/usr/bin/env bash
# Two hosts on a cluster of three nodes while both report: each node dies in turn by SIGKILL and comes back, then two at once, so that the
# third is in the minority. Nothing promised is missing and nothing is there twice; how long nothing was opened is printed.
#   galera.sh [ROUNDS] [SEED]
source "$(dirname "$0")/lib.sh"
source "$here/two_hosts.sh"
source "$root/integration/store/galera.sh"
rounds=${1:-1}
seed=${2:-$((RANDOM * 32768 + RANDOM))}
store=mysql
say "$rounds rounds, seed $seed"
[ -e "$galera_provider" ] && command -v rsync > /dev/null || { say "skipped: galera-4 and rsync are not installed"; exit 77; }
chmod o+x "$work" # the nodes are another user's
galera_begin "$work/cluster" || die "no cluster"
for node in 1 2 3; do started[${node_pid[$node]}]=node$node; done

two_hosts
galera_ways "$work/one/keys/database.conn" 1 2 3
galera_ways "$work/two/keys/database.conn" 2 3 1

for name in one two; do
  hammer "$name" "$name" --threads 4 --rate 40 --seed "$seed"
  hammers "$name"
done
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
finish_and_judge
copy=$(store_file "$work/one")
while read -r from until what; do
  say "$what: nothing was opened for at most $(sqlite3 -readonly "$copy" "select printf('%.1f', max(gap) / 1e6) from (
    select opened_at_us - lag(opened_at_us, 1, $from) over (order by opened_at_us) as gap from cases where opened_at_us between $from and $until)") s"
done < "$work/phases"
[ "$failures" -eq 0 ]
