# Sourced by the fault scenarios: an instance with its keys, a province, a host, and waiting with a deadline. Everything lies in a
# folder of its own, every port is chosen by the system, and whatever was started ends with the script.
# The programs come by environment: HCP_MODULE, HCP_CTL, HCP_HOST, HCP_SIM. So does the database, HCP_STORE; SQLite unless said.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_directory=$(cd "$here/../.." && pwd)
root=$source_directory store=${HCP_STORE:-sqlite}
source "$root/integration/store/lib.sh"
umask 077
export LC_ALL=C.UTF-8
for program in HCP_MODULE HCP_CTL HCP_HOST HCP_SIM; do
  [ -n "${!program:-}" ] || { echo "$program is not set" >&2; exit 2; }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/hcp-faults-XXXXXX")
declare -A started=()   # process id -> name
failures=0

finish() {
  local code=$? pid
  for pid in "${!started[@]}"; do kill -KILL "$pid" 2> /dev/null; done
  for pid in "${!started[@]}"; do wait "$pid" 2> /dev/null; done
  # A process that was killed has no exit code to tell of a sanitizer's report.
  local report
  for report in $(grep -lE 'Sanitizer:|runtime error:' "$work"/*.log "$work"/*/stderr.log 2> /dev/null); do
    failures=$((failures + 1)) code=1
    echo "FAILED: a sanitizer reports in ${report#"$work"/}"; grep -m1 -A30 -E 'Sanitizer:|runtime error:' "$report"
  done
  if [ "$failures" -gt 0 ] || [ "$code" -ne 0 ]; then
    for log in "$work"/*.log "$work"/*/*.log; do
      case $log in *accepted.log | *reported.log | *completed.log | *anchors.log) continue ;; esac
      [ -s "$log" ] && { echo "--- the end of ${log#"$work"/}"; tail -n 15 "$log"; }
    done
    echo "$failures FAILED"
    [ "$code" -ne 0 ] || code=1
  fi
  mountpoint -q "$work/disk" && umount "$work/disk"
  if [ -n "${HCP_KEEP:-}" ]; then echo "kept: $work"; else rm -rf "$work"; fi
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT TERM

say() { printf '%s\n' "$*"; }
fail() { echo "FAILED: $*"; failures=$((failures + 1)); }
die() { fail "$@"; exit 1; }
is() { # what, wanted, got
  [ "$2" == "$3" ] || fail "$1: wanted <$2>, got <$3>"
}

# wait_until SECONDS WHAT COMMAND...: until the command succeeds; else says what was waited for and ends.
wait_until() {
  local seconds=$1 what=$2 deadline=$((SECONDS + $1)); shift 2
  until "$@"; do
    [ "$SECONDS" -le "$deadline" ] || die "after $seconds s still not: $what"
    sleep 0.05
  done
}

# A program under a name; its standard error goes to NAME.log. Standard input and output are the caller's.
pid_of() { local pid; for pid in "${!started[@]}"; do [ "${started[$pid]}" == "$1" ] && echo "$pid" && return; done; return 1; }
alive() { local pid; pid=$(pid_of "$1") && kill -0 "$pid" 2> /dev/null; }
ended() { # NAME: waits for it, sets exit_code
  local pid; pid=$(pid_of "$1") || die "$1 was not started"
  wait "$pid"; exit_code=$?
  unset "started[$pid]"
}
kill_hard() { kill -KILL "$(pid_of "$1")" 2> /dev/null; ended "$1" 2> /dev/null; }

# ---- certificates and keys

# certificate NAME SUBJECT_ALTERNATIVE_NAME [DAYS]: signed by our own CA; no days or less: expired
certificate() {
  local name=$1 alternative=$2 days=${3:-2} directory=$work/tls
  mkdir -p "$directory"
  if [ ! -e "$directory/ca.pem" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=test CA" \
      -keyout "$directory/ca.key" -out "$directory/ca.pem" 2> /dev/null || die "no CA"
  fi
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" \
    -keyout "$directory/$name.key" -out "$directory/$name.csr" 2> /dev/null
  mkdir -p "$directory/issued"; : > "$directory/issued/index.txt"
  cat > "$directory/ca.cnf" << INI
[ca]
default_ca = ours
[ours]
new_certs_dir = $directory/issued
database = $directory/issued/index.txt
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
INI
  local from to
  from=$(date -u -d "-3 days" +%Y%m%d%H%M%SZ)
  to=$(date -u -d "$days days" +%Y%m%d%H%M%SZ)
  openssl ca -batch -notext -config "$directory/ca.cnf" -cert "$directory/ca.pem" -keyfile "$directory/ca.key" \
    -startdate "$from" -enddate "$to" -extfile <(echo "subjectAltName=$alternative") \
    -in "$directory/$name.csr" -out "$directory/$name.pem" > /dev/null 2>&1 || die "no certificate $name"
}

# ---- the province

# start_province [options]: sets province_port, province_control; its records are in $work/province.db
start_province() {
  rm -f "$work/province.ready"
  "$HCP_SIM" --db "$work/province.db" "$@" > "$work/province.ready" 2>> "$work/province.log" &
  started[$!]=province
  wait_until 60 "the province listens" test -s "$work/province.ready"
  province_port=$(sed -E 's/.*"port":([0-9]+),.*/\1/' "$work/province.ready")
  province_control=$(sed -E 's/.*"control_port":([0-9]+).*/\1/' "$work/province.ready")
}
province() { # METHOD PATH [BODY]: the control port
  curl -sS -m 20 -X "$1" ${3:+--data-binary "$3"} "http://127.0.0.1:$province_control$2"
}
fault() { province POST /fault "$1" > /dev/null; }
no_faults() { province DELETE /fault > /dev/null; }
province_sql() { sqlite3 -readonly -cmd '.timeout 5000' "$work/province.db" "$1"; }
province_keys() { [ -d "$work/sm2" ] || "$HCP_SIM" --generate-keys "$work/sm2" || die "no SM2 keys"; }

# profile FILE BASE LINES...: a province profile of the scenario's own, quick to try again
profile() {
  local file=$1 base=$2; shift 2
  cat > "$file" << INI
[profile]
based_on = $source_directory/config/province/$base
name = 测试
[traffic]
max_parallel = 32
per_second = 100000
per_attempt_ms = 3000
connect_ms = 1000
[retry]
base_ms = 20
fast_cap_ms = 300
fast_attempts = 20
slow_cap_ms = 1000
settle_after_s = 9
denied_after_s = 1
[breaker]
failures = 5
open_ms = 300
[modes]
unknown = 2
INI
  printf '%s\n' "$@" >> "$file"
}

# ---- the instance and its host

# instance NAME SECTION.KEY=VALUE...: $work/NAME with keys and haochaping.ini
instance() {
  local name=$1 on_store; shift
  if [ -z "${store_folder:-}" ]; then
    store_begin "$work" || die "no database server"
    [ -z "$store_pid" ] || started[$store_pid]=database
  fi
  mapfile -t on_store < <(store_settings "$work/$name")
  "$source_directory/integration/trading_host/instance.sh" "$work/$name" clock.allow_virtual=off operations.listen=127.0.0.1:0 \
    instance.lease_s=10 "${on_store[@]}" "$@" || die "no instance"
  [ "$store" = sqlite ] || control "$name" db migrate > "$work/$name/migrate.log" 2>&1 || die "no schema: $(cat "$work/$name/migrate.log")"
}
# instance_beside NAME OTHER SECTION.KEY=VALUE...: one more on the database of OTHER, under its keys
instance_beside() {
  local name=$1 other=$2; shift 2
  mkdir -p "$work/$name"
  cp -r "$work/$other/keys" "$work/$name/keys"
  "$source_directory/integration/trading_host/instance.sh" "$work/$name" clock.allow_virtual=off operations.listen=127.0.0.1:0 \
    instance.lease_s=10 "store.backend=$store" store.path= "store.connection_file=$work/$name/keys/database.conn" "$@" || die "no instance"
}
# The settings of an instance with pages for the public: an entrance, without which nobody is defaulted.
public_pages=(web.public_listen=127.0.0.1:0 web.public_base_url=http://localhost:0 web.tls=off web.centre_name=示例中心 web.help_phone=0531-00000000)
# with_province PROFILE plain|https: the settings of an instance that speaks to the province just started
with_province() {
  printf 'TestWord-0001' > "$work/word"
  printf '%s\n' province.enabled=on "province.profile=$1" province.app_mark=SDGGZY "province.app_word_file=$work/word" province.parallel=32
  if [ "$2" == https ]; then
    printf '%s\n' "province.base_url=https://127.0.0.1:$province_port" "province.ca_file=$work/tls/ca.pem" \
      "province.platform_public_key_file=$work/sm2/platform.public.hex" "province.client_private_key_file=$work/sm2/client.private.hex"
  else
    printf '%s\n' "province.base_url=http://127.0.0.1:$province_port"
  fi
}

# start_host NAME [options]: commands go in by tell; answers and log are in $work/NAME.out and $work/NAME/host.log
start_host() {
  local name=$1; shift
  rm -f "$work/$name.in"; mkfifo "$work/$name.in"
  : > "$work/$name.out"   # else the answers of the life before might be taken for this one's
  "$HCP_HOST" --module "$HCP_MODULE" --config "$work/$name/haochaping.ini" --state "$work/$name/host" --log "$work/$name/host.log" "$@" \
    < "$work/$name.in" > "$work/$name.out" 2>> "$work/$name/stderr.log" &
  started[$!]=$name
  exec {host_input}> "$work/$name.in"
  host_name=$name
  wait_until 60 "$name has tried to start" has_answered "$name" 1
}
has_answered() { [ "$(wc -l < "$work/$1.out")" -ge "$2" ] || ! alive "$1"; }
# tell COMMAND: prints the answer
tell() {
  local lines; lines=$(wc -l < "$work/$host_name.out")
  printf '%s\n' "$1" >&"$host_input"
  wait_until 60 "$host_name answers: ${1%% *}" has_answered "$host_name" $((lines + 1))
  sed -n "$((lines + 1))p" "$work/$host_name.out"
}
tell_ok() { # COMMAND
  local answer; answer=$(tell "$1")
  [[ $answer == *'"status":"OK"'* ]] || fail "$1: $answer"
}
stop_host() {
  exec {host_input}>&-
  ended "$host_name"
  is "$host_name ends in good order" 0 "$exit_code"
}
# hammer NAME RUN OPTIONS...: the host of NAME reports until it is killed; it bears that name, and answers in $work/NAME.out
hammer() {
  local name=$1 run=$2; shift 2
  rm -f "$work/$name.out"
  {
    [ -z "${host_input:-}" ] || exec {host_input}>&- # else another host's input would not end as long as this one runs
    exec "$HCP_HOST" --module "$HCP_MODULE" --config "$work/$name/haochaping.ini" --state "$work/$name/host" --log "$work/$name/host.log" \
      --hammer "${hammer_until:-until-killed}" --run "$run" "$@"
  } < "${hammer_input:-/dev/null}" > "$work/$name.out" 2>> "$work/$name/stderr.log" &
  started[$!]=$name
}
# hammer_until_told NAME RUN OPTIONS...: the same, until stop_host
hammer_until_told() {
  rm -f "$work/$1.in"; mkfifo "$work/$1.in"
  hammer_until=until-told hammer_input=$work/$1.in hammer "$@"
  exec {host_input}> "$work/$1.in"
  host_name=$1
}
has_started() { grep -q '"start"' "$work/$1.out" 2> /dev/null || ! alive "$1"; }
hammers() { # NAME: it has started well
  wait_until 60 "$1 has started" has_started "$1"
  grep -q '"start","status":"OK"' "$work/$1.out" || die "$1 did not start: $(cat "$work/$1.out")"
}
operations() { # NAME PATH: the port is in the log, the last start's last
  local port; port=$(sed -nE 's/.*运维接口已启动，端口 ([0-9]+).*/\1/p' "$work/$1/host.log" | tail -1)
  curl -sS -m 20 "http://127.0.0.1:$port$2"
}
control() { # NAME ARGUMENTS...: hcpctl
  local name=$1; shift
  "$HCP_CTL" "$@" --config "$work/$name/haochaping.ini"
}
store_sql() { sqlite3 -readonly -cmd '.timeout 5000' "$(store_file "$work/$1")" "$2"; }
journal_sql() { sqlite3 -readonly -cmd '.timeout 5000' "$work/$1/data/journal.db" "$2"; }
# completions PREFIX COUNT: a feed file of completions in the open, one subject each, made a minute ago
completions() {
  printf 'kind\thost_id\tcase_no\tcompletion_no\tline\tproject_no\tnode\titem_code\tcompleted_at_us\tsubjects\n'
  awk -v prefix="$1" -v count="$2" -v at="$(($(date +%s) - 60))" 'BEGIN {
    for (i = 1; i <= count; ++i)
      printf "completion\tfaults\t%s-%d\t1\t1\tP-%s-%d\t项目登记\tZC-01\t%d000000\t2|3|91370000%s%d|001|示例投标人\n", prefix, i, prefix, i, at, prefix, i
  }'
}
# opening BIDDERS STEPS NODE: a feed file of one opening, every step of every bidder, made a minute ago
opening() {
  printf 'kind\thost_id\tcase_no\tcompletion_no\tline\tproject_no\tnode\titem_code\tcompleted_at_us\tsubjects\n'
  awk -v bidders="$1" -v steps="$2" -v node="$3" -v at="$(($(date +%s) - 60))" 'BEGIN {
    for (step = 1; step <= steps; ++step)
      for (i = 1; i <= bidders; ++i)
        printf "completion\tfaults\tOPEN-%d\t%d\t1\tP-OPEN\t%s\tZC-01\t%d000000\t2|3|91370000OPEN%04d|001|示例投标人\n", step, i, node, at, i
  }'
}
# While it is held nothing can be written to the store, so the journal only grows.
hold_store() { # NAME [locked|reading]: locked, not even a reader gets in; reading, nobody is kept out and the -wal file only grows
  mkfifo "$work/hold"
  {
    # Else the host's input would not end as long as the store is held.
    [ -z "${host_input:-}" ] || exec {host_input}>&-
    exec sqlite3 -cmd '.timeout 20000' "$work/$1/store.db"
  } < "$work/hold" > "$work/held" 2>> "$work/hold.log" &
  started[$!]=holder
  exec {hold}> "$work/hold"
  case ${2:-} in
    reading) printf "begin;\nselect 'held', count(*) from cases;\n" ;;
    locked) printf "pragma locking_mode = exclusive;\nbegin immediate;\nselect 'held';\n" ;;
    *) printf "begin immediate;\nselect 'held';\n" ;;
  esac >&"$hold"
  wait_until 30 "the store is held" grep -q held "$work/held"
}
release_store() {
  printf 'rollback;\n.quit\n' >&"$hold"
  exec {hold}>&-
  ended holder
  rm -f "$work/hold" "$work/held"
}
store_alarm() { tell health | grep -q '"store":'; }
is_drained() { [ "$(journal_sql "$1" 'select count(*) from frame' 2> /dev/null)" == 0 ]; }
# What waits for one that is held (an unknown item, say) waits with it.
is_delivered() {
  [ "$(store_sql "$1" 'select count(*) from deliveries where state = 2 or state = 1 and waits_for is null' 2> /dev/null)" == 0 ]
}
is_done() { is_drained "$1" && is_delivered "$1"; }

# What must hold of every store and its ledger after whatever happened.
sound() { # NAME
  is "what the database finds wrong with the store" "" "$(store_faults "$work/$1")"
  is "integrity of the journal" ok "$(journal_sql "$1" 'pragma integrity_check')"
  is "events set aside" 0 "$(journal_sql "$1" 'select count(*) from set_aside')"
  is "parked deliveries" "" "$(store_sql "$1" 'select id, last_reason from deliveries where state = 5 limit 3')"
  local verified; verified=$(control "$1" ledger verify 2>&1) || fail "the ledger: $verified"
}
