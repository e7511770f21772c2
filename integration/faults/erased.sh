#!/usr/bin/env bash
# A subject is erased beside a host that goes on, between two backups that the database's own tool makes; then the older one is restored.
# What was sealed under the subject's key opens with no key that is left: not in the database, not in the backup made afterwards, and not in
# the one that was restored, once the instance has started on it. Nothing else is lost, the figures stay, the ledger verifies.
source "$(dirname "$0")/lib.sh"
database=$(store_database "$work/one")
backup() { # FILE
  case "$store" in
    sqlite) sqlite3 -readonly -cmd '.timeout 5000' "$work/one/store.db" ".backup '$1'" ;;
    *) mariadb-dump --no-defaults --socket="$store_folder/mariadb/s" --hex-blob --single-transaction "$database" > "$1" ;;
  esac || die "no backup $1"
}
restore() { # FILE
  case "$store" in
    sqlite) rm -f "$work/one/store.db-wal" "$work/one/store.db-shm" && cp "$1" "$work/one/store.db" ;;
    *) store_client -e "drop database $database; create database $database" && store_client -D "$database" < "$1" ;;
  esac || die "$1 was not restored"
}
has_key() { # FILE KEY: its bytes stand there, as they are or as the dump writes them
  python3 - "$1" "$2" << 'PY'
import sys
key = bytes.fromhex(sys.argv[2])
whole = open(sys.argv[1], 'rb').read()
sys.exit(0 if key in whole or key.hex().encode() in whole.lower() else 1)
PY
}

instance one "${public_pages[@]}"
completions gone 3 > "$work/gone.tsv"
completions kept 20 > "$work/kept.tsv"
firm=91370000ERASED0001
sed -i "s/91370000gone[0-9]*/$firm/" "$work/gone.tsv"
start_host one
grep -q '"OK":3,' <<< "$(tell "feed $work/gone.tsv batch=10")" || fail "the feed of who will be erased"
grep -q '"OK":20,' <<< "$(tell "feed $work/kept.tsv batch=10")" || fail "the feed of the others"
wait_until 120 "everything is in the store" is_drained one
tell_ok "rate host_id=faults case_no=gone-1 subject_type=2 certificate_no=$firm level=4 request_key=k1 text=ERASED-WORDS"
tell_ok "rate host_id=faults case_no=kept-1 subject_type=2 certificate_no=91370000kept1 level=4 request_key=k2 text=说明"
subject="select s.id from subjects s join evaluations e on e.subject_id = s.id join cases c on c.id = e.case_id where c.case_no = 'gone-1'"
id=$(store_sql one "$subject")
key=$(store_sql one "select lower(hex(wrapped_key)) from subjects where id = $id")
[ ${#key} -gt 32 ] || die "no key of the subject: $key"
keys_left() { store_sql one "select count(*) from subjects where wrapped_key is not null"; }
figures() { store_sql one "select metric, sum(n) from counters group by metric order by metric"; }
kept=$(keys_left) before=$(figures)
backup "$work/before.backup"
has_key "$work/before.backup" "$key" || fail "the backup from before has no key: this scenario looks for the wrong thing"

# ---- beside the host
grep -q '尚未删除' <<< "$(control one subjects erase --type legal <<< "$firm" 2>&1)" || fail "it was not asked for a confirmation"
control one subjects erase --type legal --yes <<< "$firm" > "$work/erase.out" 2>&1 || fail "the erasure: $(cat "$work/erase.out")"
is "key of the subject" "" "$(store_sql one "select hex(wrapped_key) from subjects where id = $id")"
is "keys of the others" $((kept - 1)) "$(keys_left)"
is "figures" "$before" "$(figures)"
completions later 1 > "$work/later.tsv"
grep -q '"OK":1,' <<< "$(tell "feed $work/later.tsv batch=10")" || fail "the host does not go on"
wait_until 60 "the host goes on" is_drained one
whole=$(figures)
backup "$work/after.backup"
stop_host
has_key "$work/after.backup" "$key" && fail "the backup made afterwards has the key"
[ "$store" != sqlite ] || ! has_key "$work/one/store.db" "$key" || fail "the database's file has the key"
has_key "$work/one/data/journal.db" "$key" && fail "the journal has the key"
sound one

# ---- an older backup comes back; the anchors are put away, as the refusal says
restore "$work/before.backup"
is "key of the subject in the backup" "$key" "$(store_sql one "select lower(hex(wrapped_key)) from subjects where id = $id")"
start_host one
grep -q '与留痕锚点不符' "$work/one/host.log" || fail "a restored database was not noticed"
kill_hard one
mv "$work/one/data/anchors.log" "$work/anchors.put.away"
start_host one
wait_until 60 "the subject is erased once more" grep -q '已再次删除' "$work/one/host.log"
is "key of the subject, erased again" "" "$(store_sql one "select hex(wrapped_key) from subjects where id = $id")"
# What the backup does not have the host still tells of.
is_whole() { [ "$(store_sql one 'select count(*) from cases' 2> /dev/null)" == 24 ]; }
wait_until 120 "what came after the backup is in the store again" is_whole
is "keys of the others, restored" "$kept" "$(keys_left)"
is "figures, restored" "$whole" "$(figures)"
stop_host
[ "$store" != sqlite ] || ! has_key "$work/one/store.db" "$key" || fail "the restored database's file has the key"
sound one
[ "$failures" -eq 0 ]
