# Sourced after lib.sh of this folder by who needs a cluster: three nodes of Galera on this machine, without a port but those between them.
# The rsync between nodes drops what root may, so as root they run as nobody.
galera_provider=/usr/lib/galera/libgalera_smm.so
declare -A node_pid=() node_ports=()

galera_free_ports() { # COUNT
  python3 - "$1" << 'PYTHON'
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for one in held:
    one.bind(("127.0.0.1", 0))
print(*[one.getsockname()[1] for one in held])
PYTHON
}
galera_socket() { echo "$galera_folder/n$1/s"; }
galera_client() { local node=$1; shift; mariadb --no-defaults --socket="$(galera_socket "$node")" "$@"; }
galera_as=()
[ "$(id -u)" -ne 0 ] || galera_as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)

# galera_begin FOLDER: three nodes, with store_options as well; $store_client of lib.sh asks whichever galera_ask has named
galera_begin() {
  galera_folder=$1 store_folder=$1
  mkdir -p "$galera_folder/mariadb"
  local node
  for node in 1 2 3; do
    mkdir -p "$galera_folder/n$node/tmp"
    node_ports[$node]=$(galera_free_ports 3)
  done
  if [ "$(id -u)" -eq 0 ]; then
    chmod o+x "$galera_folder"
    chown -R nobody "$galera_folder"/n?
  fi
  for node in 1 2 3; do
    "${galera_as[@]}" mariadb-install-db --no-defaults --datadir="$galera_folder/n$node/data" --tmpdir="$galera_folder/n$node/tmp" --skip-test-db \
      --auth-root-authentication-method=normal "${store_options[@]}" > "$galera_folder/install.log" 2>&1 || { cat "$galera_folder/install.log" >&2; return 1; }
  done
  galera_node 1 --wsrep-new-cluster && galera_until 1 1 || return
  galera_node 2 && galera_until 2 2 && galera_node 3 && galera_until 3 3 || return
  galera_ask 1
}
# galera_node N [options]: starts it; sets node_pid[N]
galera_node() {
  local node=$1 base ist sst other others=; shift
  read -r base ist sst <<< "${node_ports[$node]}"
  for other in 1 2 3; do [ "$other" = "$node" ] || others+="${others:+,}127.0.0.1:${node_ports[$other]%% *}"; done
  "${galera_as[@]}" mariadbd --no-defaults \
    --datadir="$galera_folder/n$node/data" --socket="$(galera_socket "$node")" --pid-file="$galera_folder/n$node/pid" \
    --tmpdir="$galera_folder/n$node/tmp" --skip-networking --character-set-server=utf8mb4 --binlog-format=ROW \
    --innodb-autoinc-lock-mode=2 --default-storage-engine=InnoDB --innodb-flush-log-at-trx-commit=1 --wsrep-on=ON \
    --wsrep-provider="$galera_provider" --wsrep-cluster-name=haochaping --wsrep-node-address="127.0.0.1:$base" \
    --wsrep-provider-options="base_port=$base;gmcast.listen_addr=tcp://127.0.0.1:$base;ist.recv_addr=127.0.0.1:$ist" \
    --wsrep-sst-method=rsync --wsrep-sst-receive-address="127.0.0.1:$sst" --wsrep-cluster-address="gcomm://$others" \
    "${store_options[@]}" "$@" \
    >> "$galera_folder/n$node.log" 2>&1 < /dev/null &
  node_pid[$node]=$!
}
galera_is() { # NODE SIZE: it works in a cluster of that many
  [ "$(galera_client "$1" -N -B -e "select group_concat(variable_value order by variable_name) from information_schema.global_status
    where variable_name in ('wsrep_cluster_size', 'wsrep_cluster_status', 'wsrep_local_state_comment')" 2> /dev/null)" = "$2,Primary,Synced" ]
}
galera_until() { # NODE SIZE
  local until=$((SECONDS + 120))
  until galera_is "$1" "$2"; do
    [ $SECONDS -lt $until ] && kill -0 "${node_pid[$1]}" 2> /dev/null || { tail -n 30 "$galera_folder/n$1.log" >&2; return 1; }
    sleep 0.2
  done
}
galera_ask() { ln -sfn "$(galera_socket "$1")" "$store_folder/mariadb/s"; }
# galera_ways FILE NODE...: the connection of that file by those nodes, in that order
galera_ways() {
  local file=$1 line node; shift
  line=$(head -n 1 "$file")
  for node in "$@"; do echo "${line/"$store_folder/mariadb/s"/$(galera_socket "$node")}"; done > "$file.ways"
  cat "$file.ways" > "$file"
  rm "$file.ways"
}
galera_kill() { kill -KILL "${node_pid[$1]}" 2> /dev/null; wait "${node_pid[$1]}" 2> /dev/null; rm -f "$(galera_socket "$1")"; }
