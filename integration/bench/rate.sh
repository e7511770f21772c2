#!/usr/bin/env bash
# Ratings over TLS, each answered once it is durable (T8): by 1, 16 and 64 connections through the pages of the module, and beside it a bare
# program that does the same exchange and writes the same rows. With --peers, fastify with MariaDB writes them too. The raters compute on the
# same cores.
#   bash integration/bench/rate.sh [--quick] [--peers] [--stores "sqlite mysql oracle"]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/integration/store/lib.sh"
source "$root/integration/bench/peers/peers.sh"
declare -A count=([1]=1500 [16]=8000 [64]=16000)
rounds=3 with_peers= stores="sqlite mysql"
while [ $# -gt 0 ]; do
  case $1 in
    --quick) count=([1]=300 [16]=2000 [64]=4000) rounds=1 ;;
    --peers) with_peers=yes ;;
    --stores) stores=$2; shift ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
  shift
done
connections="1 16 64"
build haochaping hcpctl bench_rate bench_rate_load bench_bare_store bench_bare_rate
programs=$build/integration/bench
[ -z "$with_peers" ] || peers_ready || with_peers=
bash "$root/integration/certificates.sh" "$work/tls"
warm=200 # ratings before the first that count, so that connections, caches and statements are there
total=$((warm + rounds * (count[1] + count[16] + count[64])))

# An instance with its database, and the same tables once more.
database() { # NAME SETTINGS...
  local name=$1; shift
  local on_store
  mapfile -t on_store < <(store_settings "$folder/$name")
  [ "$store" = sqlite ] || [ ${#on_store[@]} -gt 0 ] || exit 1
  configure "$folder/$name" "${on_store[@]}" "$@" # its folder has the connection already
  "$build/hcpctl" --config "$folder/$name/haochaping.ini" db migrate > /dev/null
}
# served NAME COMMAND...: a program that says where it listens and serves until its input ends; sets said
served() {
  local name=$1 until=$((SECONDS + 300)); shift
  rm -f "$work/$name.in" "$work/$name.out"
  mkfifo "$work/$name.in"
  "$@" < "$work/$name.in" > "$work/$name.out" 2> "$work/$name.log" &
  pids+=($!)
  exec {input}> "$work/$name.in"
  until [ -s "$work/$name.out" ]; do
    { [ $SECONDS -lt $until ] && kill -0 "${pids[-1]}" 2> /dev/null; } || exit 1
    sleep 0.05
  done
  said=$(head -n 1 "$work/$name.out")
}
ended() { exec {input}>&-; wait "${pids[-1]}"; unset 'pids[-1]'; }
load() { "$programs/bench_rate_load" "$1" "$work/tls/ca.pem" "$2" "$work/links" "$3" "$4"; } # PORT CONNECTIONS FIRST COUNT

bare() { # CONNECTIONS FIRST COUNT REPLY_BYTES
  served bare "$programs/bench_bare_rate" "$store" "$(place ours)" "$(place bare)" serve "$work/tls/server.pem" "$work/tls/server.key" "$4"
  load "$said" "$1" "$2" "$3"
  ended
}
peer() { # CONNECTIONS FIRST COUNT REPLY_BYTES
  "$programs/bench_bare_rate" "$store" "$(place ours)" "$(place peer)" rows > "$work/rows"
  NODE_PATH=$modules/node_modules served peer node "$peers/fastify.js" "$folder/mariadb/s" "$(store_database "$folder/peer")" "$work/rows" "$2" \
    "$work/tls/server.pem" "$work/tls/server.key" "$4"
  load "$said" "$1" "$2" "$3"
  ended
}
slice() { # CONNECTIONS: ours, then the others with the rows of ours
  local ours theirs
  ours=$(load "$port" "$1" "$first" "${count[$1]}")
  theirs=$(bare "$1" "$first" "${count[$1]}" "${ours##* }")
  echo "$ours $theirs $(ratio "${ours%% *}" "${theirs%% *}")" >> "$work/$store-$1.rates"
  if is_beside; then
    theirs=$(peer "$1" "$first" "${count[$1]}" "${ours##* }")
    echo "$theirs $(ratio "${ours%% *}" "${theirs%% *}")" >> "$work/$store-$1-peer.rates"
  fi
  first=$((first + count[$1]))
}
is_beside() { [ -n "$with_peers" ] && [ "$store" = mysql ]; }

for store in $stores; do
  folder=$work/$store
  mkdir "$folder"
  store_options=(--innodb-buffer-pool-size=2G --innodb-log-file-size=512M) && store_begin "$folder"
  [ -z "$store_pid" ] || pids+=("$store_pid")
  database ours web.public_listen=127.0.0.1:0 web.public_base_url=https://localhost:0 web.tls=on "web.tls_cert_file=$work/tls/server.pem" \
    "web.tls_key_file=$work/tls/server.key" web.centre_name=示例中心 web.help_phone=0531-00000000 web.per_address_per_minute=1000000
  database bare
  ! is_beside || database peer
  served host "$programs/bench_rate" --module "$build/haochaping.so" --config "$folder/ours/haochaping.ini" --directory "$folder/ours" \
    --backlog "$total" --links "$work/links"
  hosts_input=$input
  port=$(sed -nE '1s#^https://localhost:([0-9]+)/.*#\1#p' "$work/links")
  # What was laid up is there on all sides.
  "$programs/bench_bare_store" "$store" "$(place ours)" "$(place bare)" 1 open > /dev/null
  ! is_beside || "$programs/bench_bare_store" "$store" "$(place ours)" "$(place peer)" 1 open > /dev/null
  load "$port" 16 0 "$warm" > /dev/null
  "$programs/bench_bare_store" "$store" "$(place ours)" "$(place bare)" 1 rate > /dev/null
  ! is_beside || "$programs/bench_bare_store" "$store" "$(place ours)" "$(place peer)" 1 rate > /dev/null
  first=$warm
  for ((round = 1; round <= rounds; ++round)); do
    for one in $connections; do slice "$one"; done
  done
  input=$hosts_input
  ended
  heading "T8  $store: ratings a second over TLS, each durable when answered; medians of $rounds"
  echo "  connections      ours    p50 ms    p99 ms      bare    p50 ms    p99 ms    ratio (target at 64: >= 0.6, p99 <= 20 ms)"
  for one in $connections; do
    printf '  %11s %9.0f %9.2f %9.2f %9.0f %9.2f %9.2f %8.2f\n' "$one" "$(column "$store-$one" 1)" "$(column "$store-$one" 2)" \
      "$(column "$store-$one" 3)" "$(column "$store-$one" 5)" "$(column "$store-$one" 6)" "$(column "$store-$one" 7)" "$(column "$store-$one" 9)"
  done
  if is_beside; then
    echo "  connections   fastify    p50 ms    p99 ms    ours / fastify"
    for one in $connections; do
      printf '  %11s %9.0f %9.2f %9.2f %9.2f\n' "$one" "$(column "$store-$one-peer" 1)" "$(column "$store-$one-peer" 2)" \
        "$(column "$store-$one-peer" 3)" "$(column "$store-$one-peer" 5)"
    done
  fi
  [ -z "$store_pid" ] || end_last
  rm -rf "$folder"
done
