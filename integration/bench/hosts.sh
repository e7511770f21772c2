#!/usr/bin/env bash
# What one, two and four hosts on one database do together: opens, ratings and deliveries a second, and what bounds them. One MariaDB;
# three nodes of Galera with the hosts spread over them; the same cluster with all hosts on its first node.
#   bash integration/bench/hosts.sh [mariadb|galera|one-node]... [--hosts "1 2 4"] [--events N] [--rounds N] [--quick]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/integration/store/lib.sh"
source "$root/integration/store/galera.sh"
store=mysql events=20000 rounds=3 parallel=16 raters=64 parties=4000 numbers="1 2 4" servers=() code=0 # parties as in hosts.c
while [ $# -gt 0 ]; do
  case $1 in
    mariadb | galera | one-node) servers+=("$1") ;;
    --hosts) numbers=$2; shift ;;
    --events) events=$2; shift ;;
    --rounds) rounds=$2; shift ;;
    --quick) events=4000 rounds=1 ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
  shift
done
[ ${#servers[@]} -gt 0 ] || servers=(mariadb galera one-node)
events=$(((events + 7) / 8 * 8)) # as many for each of four hosts, and half of them are rated
rated=$((events / 2))
build haochaping hcpctl province_sim bench_hosts bench_bare_store
programs=$build/integration/bench
word
store_options=(--innodb-buffer-pool-size=2G --innodb-log-file-size=512M) # as in store.sh

# ---- the server

begin_server() { # mariadb|galera|one-node: sets nodes and server_pids
  local node
  mkdir "$work/server"
  if [ "$1" = mariadb ]; then
    nodes=(1)
    store_begin "$work/server"
    server_pids=("$store_pid")
  else
    nodes=(1 2 3)
    reachable "$work/server"
    galera_begin "$work/server" || exit 1
    server_pids=("${node_pid[@]}")
  fi
  pids+=("${server_pids[@]}")
}
end_server() {
  local pid
  for pid in "${server_pids[@]}"; do end_last; done
  rm -rf "$work/server"
}
ask() { # NODE OPTIONS...
  local node=$1; shift
  if [ ${#nodes[@]} -eq 1 ]; then store_client "$@"; else galera_client "$node" --init-command='set session wsrep_sync_wait = 15' "$@"; fi
}

# ---- the hosts

database() { # NAME: an empty one with our tables; its instance is $work/NAME
  rm -rf "${work:?}/$1"
  mkdir "$work/$1"
  ask 1 -e "drop database if exists $1"
  store_settings "$work/$1" > "$work/$1.settings"
  configure "$work/$1" $(cat "$work/$1.settings")
  "$build/hcpctl" --config "$work/$1/haochaping.ini" db migrate > /dev/null
}
hosts_of() { # SERVER HOSTS: their instances on an empty database, each with the connection to its node
  local h
  database store
  for ((h = 1; h <= $2; ++h)); do
    rm -rf "${work:?}/h$h"
    mkdir "$work/h$h"
    cp -r "$work/store/keys" "$work/h$h/"
    [ "$1" = mariadb ] || galera_ways "$work/h$h/keys/database.conn" $([ "$1" = galera ] && echo $(((h - 1) % 3 + 1)) || echo 1)
  done
}
declare -A input=() output=()
start_hosts() { # HOSTS SECTION.KEY=VALUE...: and waits until all are ready
  local hosts=$1 h fd word; shift
  for ((h = 1; h <= hosts; ++h)); do
    configure "$work/h$h" store.backend=mysql store.path= "store.connection_file=$work/h$h/keys/database.conn" "$@"
    rm -f "$work/h$h".{in,out}
    mkfifo "$work/h$h".{in,out}
    (
      for fd in "${input[@]}"; do exec {fd}>&-; done # else they would outlive this script
      exec "$programs/bench_hosts" --module "$build/haochaping.so" --config "$work/h$h/haochaping.ini" --directory "$work/h$h" \
        < "$work/h$h.in" > "$work/h$h.out" 2> "$work/h$h.log"
    ) &
    pids+=($!)
    exec {fd}> "$work/h$h.in"
    input[$h]=$fd
    exec {fd}< "$work/h$h.out"
    output[$h]=$fd
  done
  for ((h = 1; h <= hosts; ++h)); do
    read -r -t 60 word <&"${output[$h]}" && [ "$word" = ready ] || { echo "host $h does not start" >&2; exit 1; }
  done
  host_pids=("${pids[@]: -$hosts}")
}
stop_hosts() {
  local h fd
  for h in "${!input[@]}"; do echo quit >&"${input[$h]}"; done
  for h in "${!host_pids[@]}"; do
    wait "${pids[-1]}" || { echo "a host ended with $?" >&2; exit 1; }
    unset 'pids[-1]'
  done
  for fd in "${input[@]}" "${output[@]}"; do exec {fd}>&-; done
  input=() output=() host_pids=()
}
# all_do HOSTS COMMAND: told to all at once, with each one's number for LANE; sets took_us, from the first beginning to the last end
all_do() {
  local h began ended first= last=0
  for ((h = 1; h <= $1; ++h)); do echo "${2//LANE/$h}" >&"${input[$h]}"; done
  for ((h = 1; h <= $1; ++h)); do
    read -r -t 600 began ended <&"${output[$h]}" || { echo "host $h has failed: $2" >&2; exit 1; }
    [ -n "$first" ] && [ "$first" -le "$began" ] || first=$began
    [ "$last" -ge "$ended" ] || last=$ended
  done
  took_us=$((last - first))
}

# ---- what it cost

ticks() { # PIDS...: of the processor
  [ $# -eq 0 ] || (cd /proc && cat "${@/%//stat}") | awk '{ n += $14 + $15 } END { print n }'
}
snapshot() {
  local node
  echo "us $(date +%s%6N)"
  awk '$1 == "cpu" { print "machine", $2 + $3 + $4 + $7 + $8 }' /proc/stat
  echo "database $(ticks "${server_pids[@]}")"
  echo "hosts $(ticks "${host_pids[@]}")"
  echo "province $(ticks ${province_pid:-})"
  for node in "${nodes[@]}"; do
    ask "$node" -N -B -e "show global status where variable_name in ('Com_commit', 'Com_rollback', 'Innodb_data_fsyncs',
      'Innodb_row_lock_waits', 'Questions', 'wsrep_local_cert_failures', 'wsrep_local_bf_aborts', 'wsrep_flow_control_paused_ns')"
  done | awk '{ n[$1] += $2 } END { for (name in n) print name, n[name] }'
}
begins() { snapshot > "$work/before"; }
ends() { snapshot > "$work/after"; }
# account PHASE HOSTS ITEMS RATE BARE: prints the figures of the time between
account() {
  local one=$work/$1.one
  [ "$2" -ne "${numbers%% *}" ] || echo "$4" > "$one"
  awk -v hosts="$2" -v items="$3" -v rate="$4" -v one="$(cat "$one")" -v bare="$5" -v hz="$(getconf CLK_TCK)" -v nodes="${#nodes[@]}" '
    NR == FNR { before[$1] = $2; next }
    { n[$1] = $2 - before[$1] }
    function cores(what) { return n[what] / hz / s }
    function thousandth(what) { return 1000 * n[what] / items }
    END {
      s = n["us"] / 1e6
      print hosts, rate, rate / one, bare, cores("machine"), cores("database"), cores("hosts"), cores("province"), n["Com_commit"] / s, \
        items / n["Com_commit"], n["Questions"] / items, n["Innodb_data_fsyncs"] / s, thousandth("Com_rollback"), thousandth("Innodb_row_lock_waits"), \
        thousandth("wsrep_local_cert_failures"), thousandth("wsrep_local_bf_aborts"), n["wsrep_flow_control_paused_ns"] / nodes / 1e7 / s
    }' "$work/before" "$work/after"
}
per_second() { awk -v n="$1" -v us="$2" 'BEGIN { printf "%.0f", n * 1e6 / us }'; }
is() { [ "$2" = "$3" ] || { echo "$1: wanted <$2>, got <$3>" >&2; exit 1; }; } # what, wanted, got

# ---- one number of hosts

bare() { "$programs/bench_bare_store" mysql "$store_folder/mariadb/s:store" "$store_folder/mariadb/s:bare" "$1" "$2"; } # HOSTS STEP
province_has() { sqlite3 -cmd '.timeout 5000' "$work/province.db" 'select (select coalesce(max(id), 0) from service) + (select coalesce(max(id), 0) from rating)'; }
rate_of() { sqlite3 "$work/province.db" "select round((count(*) - 1) * 1e6 / (max(time_us) - min(time_us))) from ($1)"; } # QUERY
stored() { # of everything, on every node
  local node
  for node in "${nodes[@]}"; do
    ask "$node" -N -B -D store -e "select (select count(*) from cases), (select count(distinct case_id) from evaluations), (select count(*) from ratings),
      (select count(*) from deliveries where state = 3 and kind = 1), (select count(*) from deliveries where state = 3 and kind = 2),
      (select count(*) from deliveries where state <> 3)"
  done | sort -u | tr '\t' ' '
}
at_the_province() {
  sqlite3 -separator ' ' "$work/province.db" 'select (select count(*) from service), (select count(distinct projectNo) from service), (select count(*) from rating)'
}

run() { # SERVER HOSTS
  local hosts=$2 opened=$((events + parties)) every until rate
  local deliveries=$((opened + rated))
  every=$((events / hosts))
  province_pid=
  hosts_of "$1" "$hosts"
  database bare
  start_hosts "$hosts" province.enabled=off
  echo "open 0 0 $parties" >&"${input[1]}"
  read -r -t 600 _ <&"${output[1]}"
  stored > /dev/null # the first node has it all
  bare "$hosts" open > /dev/null

  begins
  all_do "$hosts" "open LANE 0 $every"
  ends
  is "in the store" "$opened $opened 0 0 0 $opened" "$(stored)"
  account open "$hosts" "$events" "$(per_second "$events" "$took_us")" "$(bare "$hosts" open)" >> "$work/open.rows"

  begins
  all_do "$hosts" "rate LANE 0 $((rated / hosts)) $raters"
  ends
  is "in the store" "$opened $opened $rated 0 0 $deliveries" "$(stored)"
  account rate "$hosts" "$rated" "$(per_second "$rated" "$took_us")" "$(bare "$hosts" rate)" >> "$work/rate.rows"
  stop_hosts

  # The province stands still until every host has something on its way to it.
  start_province province --no-sm2
  province_pid=${pids[-1]}
  kill -STOP "$province_pid"
  start_hosts "$hosts" $(with_province "$root/config/province/plain.ini" "$parallel")
  sleep 0.5
  begins
  kill -CONT "$province_pid"
  until=$((SECONDS + 600))
  until [ "$(province_has)" -ge "$deliveries" ]; do
    [ $SECONDS -lt $until ] || { echo "the province has only $(province_has) of $deliveries" >&2; exit 1; }
    sleep 0.2
  done
  ends
  until=$((SECONDS + 30))
  local wanted="$opened $opened $rated $opened $rated 0 $opened $opened $rated" got
  until got="$(stored) $(at_the_province)" && [ "$got" = "$wanted" ] || [ $SECONDS -ge $until ]; do sleep 0.2; done
  rate=$(rate_of 'select time_us from service union all select time_us from rating')
  account deliver "$hosts" "$deliveries" "$rate" 0 > "$work/row"
  if [ "$got" = "$wanted" ]; then
    cat "$work/row" >> "$work/deliver.rows"
    local kind
    for kind in service rating; do
      rate=$(rate_of "select time_us from $kind")
      [ "$hosts" -ne "${numbers%% *}" ] || echo "$rate" > "$work/$kind.one"
      awk -v hosts="$hosts" -v rate="$rate" -v one="$(cat "$work/$kind.one")" 'BEGIN { print hosts, rate, rate / one }' >> "$work/$kind.rows"
    done
  else # the rest is worth its figures
    echo "! $1, $hosts hosts: no figure for what they delivered. In the store and at the province: wanted <$wanted>, got <$got>"
    awk '{ printf "  arrivals %.0f /s (%.2f x one); of 1000: rolled back %.1f, not certified %.1f, aborted %.1f\n", $2, $3, $13, $15, $16 }' "$work/row"
    grep -h 推送 "$work"/h?/host.log | tail -n 3
    code=1
  fi
  stop_hosts
  stop_province
  province_pid=
  "$build/hcpctl" --config "$work/h1/haochaping.ini" ledger verify > "$work/verify.log"
}

table() { # PHASE WORDS FORMAT: a line for each number of hosts, each column its median
  local hosts column columns line
  for hosts in $numbers; do
    grep -s "^$hosts " "$work/$1.rows" > "$work/rows" || { printf '  %-9s %5s no figure\n' "$2" "$hosts"; continue; }
    columns=$(head -n 1 "$work/rows" | wc -w) line=()
    for ((column = 2; column <= columns; ++column)); do line+=("$(cut -d' ' -f"$column" "$work/rows" | median)"); done
    [ "${line[2]:-}" != 0 ] || line[2]=-
    printf "  %-9s %5s $3\n" "$2" "$hosts" "${line[@]}"
  done
}

for server in "${servers[@]}"; do
  case $server in
    mariadb) words="one MariaDB" ;;
    galera) words="three nodes of Galera, host n on node (n - 1) mod 3 + 1" ;;
    one-node) words="three nodes of Galera, every host on the first" ;;
  esac
  if [ "$server" != mariadb ] && ! { [ -e "$galera_provider" ] && command -v rsync > /dev/null; }; then
    heading "$server  skipped: galera-4 and rsync are not installed"
    continue
  fi
  begin_server "$server"
  rm -f "$work"/*.rows
  for _ in $(seq "$rounds"); do
    for hosts in $numbers; do run "$server" "$hosts"; done
  done
  heading "$server  $words; $events opens, $rated ratings by $raters threads a host, $((events + parties + rated)) deliveries on $parallel connections a host; medians of $rounds"
  echo "                                        cores busy of $(nproc)                     a commit  for each               of 1000                        of 1000"
  echo "  step      hosts   /s  x one  bare/s    all database hosts province commits/s  carries statements syncs/s rollbacks lock waits  not certified aborted  held back %"
  full='%6.0f %5.2f %7s  %5.2f %8.2f %5.2f %8.2f %9.0f %8.1f %10.2f %7.0f %9.2f %10.2f %14.2f %7.2f %12.1f'
  table open opens "$full"
  table rate ratings "$full"
  table deliver delivers "$full"
  table service "  M1" '%6.0f %5.2f'
  table rating "  M2" '%6.0f %5.2f'
  end_server
done
exit "$code"
