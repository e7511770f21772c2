#!/usr/bin/env bash
# The database server fails the instance while the host reports: it goes down, lets nobody write, takes rights away, has no room, has the
# schema of another version, is an old backup. Whatever it is, every completion is answered OK, an alarm says what the database said, and
# when it is mended everything goes on by itself and nothing is missing.
#   server.sh [EVENTS of each]
source "$(dirname "$0")/lib.sh"
events=${1:-2000}
[ "$store" != sqlite ] || die "only a server can do this: HCP_STORE=mysql or oracle"

# All tables in one file that may not grow for ever.
file_of_at_most() { store_options=(--innodb-file-per-table=off "--innodb-data-file-path=ibdata1:12M:autoextend:max:$1"); }
file_of_at_most 96M
instance one "${public_pages[@]}" store.connect_timeout_ms=1000 store.read_timeout_ms=2000
database=$(store_database "$work/one")
asked() { store_client -N -B -D "$database" -e "$1"; }
rights='select, insert, update, delete'
# As a centre's user is: root writes to what is read-only.
asked "create user centre@localhost; grant $rights on $database.* to centre@localhost" || die "no user"
sed -i 's/user=root/user=centre/; s/UID=root/UID=centre/' "$work/one/keys/database.conn"

# A right that is taken away, and another schema, are met by the next connection.
let_go() {
  local id
  for id in $(asked "select id from information_schema.processlist where user = 'centre'"); do asked "kill $id" 2> /dev/null; done
  return 0
}
down() { kill_hard database; }
# Not with the host's input, which would not end as long as the server has it.
down_mended() { eval "store_start $host_input>&-" && started[$store_pid]=database; }
read_only() { asked 'set global read_only = 1'; }
read_only_mended() { asked 'set global read_only = 0'; }
without_rights() { asked "revoke insert, update, delete on $database.* from centre@localhost"; let_go; }
without_rights_mended() { asked "grant $rights on $database.* to centre@localhost"; let_go; }
full() {
  asked 'create table ballast (filling longblob) engine = InnoDB'
  while asked "insert into ballast values (repeat('x', 4096 * 1024))" 2>> "$work/ballast.log"; do :; done
  grep -q 'is full' "$work/ballast.log" || die "the tablespace is not full: $(tail -1 "$work/ballast.log")"
}
# Where nothing is left not even the ballast can be dropped; its administrator lets the file grow.
full_mended() { kill_hard database; file_of_at_most 1G; down_mended; }
older() { asked 'create table kept as select * from schema_history order by step desc limit 1; delete from schema_history order by step desc limit 1'; let_go; }
older_mended() { asked 'insert into schema_history select * from kept; drop table kept'; }
# What a newer version has added disturbs nobody; what it took away does.
newer() { asked "insert into schema_history values (8999, 'V8999__later', 'x', 1), (9000, 'V9000__contract_later', 'x', 1)"; let_go; }
newer_mended() { asked 'delete from schema_history where step = 9000'; }
# The database as it was yesterday, with nobody in it meanwhile. What was stored since is kept aside: else nobody could mend this.
copy() { # FROM TO
  local table
  {
    echo "create database if not exists $2 character set utf8mb4; set foreign_key_checks = 0;"
    for table in $(store_client -N -B -D "$1" -e 'show tables'); do
      echo "create table if not exists $2.$table like $1.$table; delete from $2.$table; insert into $2.$table select * from $1.$table;"
    done
  } | store_client || die "$1 could not be copied to $2"
}
restored() {
  asked 'alter user centre@localhost account lock'
  let_go
  copy "$database" today
  copy yesterday "$database"
  asked 'alter user centre@localhost account unlock'
}
restored_mended() { copy today "$database"; let_go; }

# begin_feed: the host reports in the background; end_feed: all of it must have been answered OK
feeds=0
begin_feed() {
  feeds=$((feeds + 1))
  completions "f$feeds" "$events" > "$work/f$feeds.tsv"
  told_before=$(wc -l < "$work/one.out")
  printf '%s\n' "feed $work/f$feeds.tsv batch=10 threads=4" >&"$host_input"
}
end_feed() { # WHAT
  wait_until 120 "the host has reported: $1" has_answered one $((told_before + 1))
  local told; told=$(sed -n "$((told_before + 1))p" "$work/one.out")
  [[ $told == *"\"OK\":$events,"* ]] || fail "$1: not every completion was answered OK: $told"
  reported=$((reported + events))
  p99=$(sed -E 's/.*"p99_us":([0-9.]+).*/\1/' <<< "$told")
}
says() { # WORDS: an alarm of the store does
  tell health | grep -qE "\"(store|calendar_store)\":\"[^\"]*$1"
}
is_usable() { ! tell health | grep -qE '"(store|calendar_store)":'; }

start_host one
reported=0
begin_feed
end_feed before
baseline=$p99
wait_until 120 "what was reported before is in the store" is_drained one
copy "$database" yesterday

# fails FAULT WORDS: under load, until an alarm says WORDS; then it is mended, under load
fails() {
  local fault=$1 words=$2 waiting
  begin_feed
  "$fault"
  end_feed "$fault"
  begin_feed
  end_feed "still $fault"
  local meanwhile=$p99
  wait_until 60 "an alarm says of $fault: $words" says "$words"
  waiting=$(journal_sql one 'select coalesce(sum(events), 0) from frame')
  [ "$waiting" -ge "$events" ] || fail "$fault: only $waiting events wait, so the store took some of them"
  begin_feed
  "${fault}_mended"
  end_feed "mended: $fault"
  wait_until 60 "the alarm of $fault is over" is_usable
  wait_until 240 "everything is in the store after $fault" is_drained one
  is "cases after $fault" "$reported" "$(asked 'select count(*) from cases')"
  say "$fault: $waiting completions waited, $reported are in the store; p99 of a callback $meanwhile µs, $(awk -v a="$meanwhile" -v b="$baseline" 'BEGIN { printf "%.2f", a / b }') of the baseline"
}
fails down 'connect|MySQL 20[0-9][0-9]'
fails read_only 'MySQL 1290.*read-only'
fails without_rights 'MySQL 1142.*denied'
fails full 'MySQL 1114.*full'
fails older '缺少步骤 V'
fails newer 'V9000__contract_later'
fails restored '没有本实例最后写入的留痕'

stop_host
is "completions that are there once" "$reported" "$(store_sql one "select count(distinct case_no) from cases")"
is "evaluations" "$reported" "$(store_sql one 'select count(*) from evaluations')"
sound one
