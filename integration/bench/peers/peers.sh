# Sourced by push.sh and rate.sh for --peers: Node's programs with what they need. pg-boss has a PostgreSQL, a server of the benchmark's own in
# $work/postgres, started and stopped for each run; fastify has the MariaDB of the run.
peers=$root/integration/bench/peers
postgres_bin() { printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1; }

# What is missing of Debian's packages; PostgreSQL without the server that Debian would make and start.
peer_packages() {
  local missing=()
  ! needs postgres || [ -x "$(postgres_bin)/initdb" ] || missing+=(postgresql)
  command -v node > /dev/null || missing+=(nodejs)
  command -v npm > /dev/null || missing+=(npm)
  [ ${#missing[@]} -ne 0 ] || return 0
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq || return
  if [ "${missing[0]}" = postgresql ]; then
    apt-get install -y -qq --no-install-recommends postgresql-common || return
    sed -i 's/^#\? *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf || return
  fi
  apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# The packages as locked, in a folder of the build that later runs find filled.
peer_modules() {
  modules=$build/bench-peers
  ! cmp -s "$peers/package-lock.json" "$modules/complete" || return 0
  mkdir -p "$modules" && cp "$peers"/package*.json "$modules/" || return
  (cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund) && cp "$modules/package-lock.json" "$modules/complete"
}

# PostgreSQL refuses to be root. Whoever it is then must reach its folder through ours. It ends with this script, however that ends.
peer_database() {
  needs postgres || return 0
  as=(setpriv --pdeathsig INT)
  mkdir "$work/postgres"
  if [ "$(id -u)" -eq 0 ]; then
    as+=(--reuid postgres --regid postgres --init-groups)
    chown postgres: "$work/postgres"
    reachable "$work"
  fi
  as+=(env -C /)
  "${as[@]}" "$(postgres_bin)/initdb" --pgdata "$work/postgres/data" --username bench --auth trust
}

# peers_ready [postgres]: says in a line why there are no peers.
needs() { [[ " $peers_need " == *" $1 "* ]]; }
peers_ready() {
  local step
  peers_need=$*
  for step in peer_packages peer_modules peer_database; do
    "$step" > "$work/peers.out" 2>&1 || { echo "! no peers, $step: $(grep -iEm 1 'err|denied|^E:' "$work/peers.out" || tail -n 1 "$work/peers.out")"; return 1; }
  done
}

start_postgres() {
  local until=$((SECONDS + 20))
  "${as[@]}" "$(postgres_bin)/postgres" -D "$work/postgres/data" -k "$work/postgres" -c listen_addresses= > "$work/postgres.log" 2>&1 &
  pids+=($!)
  until "$(postgres_bin)/pg_isready" -q -h "$work/postgres"; do
    [ $SECONDS -lt $until ] || exit 1
    sleep 0.05
  done
}
stop_postgres() { kill -INT "${pids[-1]}"; wait "${pids[-1]}" || true; unset 'pids[-1]'; }

# pg_boss NAME RECORDS.db [RATE [told]]: posts those records to a fresh province, $work/NAME.db; $work/NAME.sent tells when
pg_boss() {
  local name=$1 records=$2; shift 2
  sqlite3 -json "$records" 'select * from service' > "$work/records.json"
  start_postgres
  start_province "$name" --no-sm2
  NODE_PATH=$modules/node_modules timeout --foreground 300 node "$peers/pg_boss.js" "$work/postgres" "$port" "$parallel" "$work/records.json" "$@" \
    > "$work/$name.sent" 2> "$work/$name-peer.log"
  stop_province
  stop_postgres
}
