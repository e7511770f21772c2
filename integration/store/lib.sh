# Sourced by the demonstration and the fault scenarios: the database they run on. $store is sqlite, mysql or oracle; a server is the
# caller's own, on a socket in a folder of the caller's and on no port. For Oracle, MariaDB stands in, which speaks Oracle's words over
# ODBC. Needs $root, the repository.
stores="sqlite mysql oracle"

# store_begin FOLDER: starts what $store needs there; sets store_pid, or leaves it empty. A server has the options in store_options as well.
store_options=()
store_begin() {
  store_folder=$1 store_pid=
  [ "$store" != sqlite ] || return 0
  local data=$1/mariadb
  store_user=()
  [ "$(id -u)" -ne 0 ] || store_user=(--user=root)
  mkdir -p "$data/tmp" # a server that starts clears its folder for temporary tables, another's too
  mariadb-install-db --no-defaults --datadir="$data/data" --tmpdir="$data/tmp" --skip-test-db --auth-root-authentication-method=normal "${store_user[@]}" \
    "${store_options[@]}" > "$data/install.log" 2>&1 || { cat "$data/install.log" >&2; return 1; }
  store_start
}
# The server, once more after it has ended; sets store_pid.
store_start() {
  local data=$store_folder/mariadb
  mariadbd --no-defaults "${store_user[@]}" "${store_options[@]}" --datadir="$data/data" --socket="$data/s" --pid-file="$data/pid" \
    --tmpdir="$data/tmp" --skip-networking --character-set-server=utf8mb4 >> "$data/server.log" 2>&1 &
  store_pid=$!
  local until=$((SECONDS + 60))
  until store_client -e 'select 1' > /dev/null 2>&1; do
    [ $SECONDS -lt $until ] && kill -0 "$store_pid" 2> /dev/null || { cat "$data/server.log" >&2; return 1; }
    sleep 0.1
  done
}
store_client() { mariadb --no-defaults --socket="$store_folder/mariadb/s" "$@"; }
store_database() { basename "$1" | tr -c 'a-zA-Z0-9\n' _; } # DIRECTORY

# The settings of an instance in DIRECTORY, whose database is made here and empty; SQLite's are instance.sh's own.
store_settings() { # DIRECTORY
  [ "$store" != sqlite ] || return 0
  local database socket=$store_folder/mariadb/s connection
  database=$(store_database "$1")
  store_client -e "create database $database" || return
  mkdir -p "$1/keys"
  case "$store" in
    mysql) connection="db=$database user=root unix_socket=$socket" ;;
    oracle) connection="DRIVER=MariaDB Unicode;SOCKET=$socket;UID=root;DATABASE=$database;CHARSET=utf8mb4;OPTION=2;INITSTMT={set sql_mode='ORACLE,EMPTY_STRING_IS_NULL,STRICT_ALL_TABLES'}" ;;
  esac
  (umask 077 && printf '%s\n' "$connection" > "$1/keys/database.conn")
  printf '%s\n' "store.backend=$store" store.path= "store.connection_file=$1/keys/database.conn"
}

# As at a centre: the instance in DIRECTORY connects as a user who may not change the schema. What hcpctl prints for the DBA is applied by
# store_apply DIRECTORY, on its standard input; in Oracle's words for Oracle, of which the stand-in has no national types.
store_clerk() { # DIRECTORY
  local database; database=$(store_database "$1")
  store_client -e "create user clerk@localhost; grant select, insert, update, delete on $database.* to clerk@localhost" || return
  sed -i 's/user=root/user=clerk/; s/UID=root/UID=clerk/' "$1/keys/database.conn"
}
store_apply() { # DIRECTORY
  local database mode=; database=$(store_database "$1")
  [ "$store" != oracle ] || mode=ORACLE
  sed "${mode:+s/ nvarchar2/ varchar2/g; s/ nclob/ clob/g}" | store_client -D "$database" --init-command="set sql_mode='$mode'"
}

# Prints the file to ask with sqlite3: the store of that instance, or a copy of it that the database's own client has read.
store_file() { # DIRECTORY
  if [ "$store" != sqlite ]; then
    python3 "$root/integration/store/copy.py" "$store_folder/mariadb/s" "$(store_database "$1")" "$1/store-copy.db" || return
    echo "$1/store-copy.db"
  else
    echo "$1/store.db"
  fi
}

# Prints what the database itself finds wrong with its tables; nothing where they are sound.
store_faults() { # DIRECTORY
  if [ "$store" != sqlite ]; then
    mariadb-check --no-defaults --socket="$store_folder/mariadb/s" "$(store_database "$1")" | grep -v 'OK$'
  else
    sqlite3 -readonly -cmd '.timeout 5000' "$1/store.db" 'pragma integrity_check' 'pragma foreign_key_check' | grep -vx ok
  fi
}
