#!/usr/bin/env bash
# Bytes of the journal change on the disk while the host is down. What does not open any more is set aside, one record each, and holds up
# nothing; a person can list it, try it again and move it away; what the host lists as completed comes back by its scan.
#   damaged_journal.sh [EVENTS] [DAMAGED] [SEED]
source "$(dirname "$0")/lib.sh"
events=${1:-10000}
damaged=${2:-50}
seed=${3:-$((RANDOM * 32768 + RANDOM))}
say "seed $seed: $damaged of $events records"

# Without the daily comparison with the host nothing replaces what is lost.
settings=(reconcile.daily_at=off store.read_timeout_ms=300)
instance one "${settings[@]}"
start_host one
completions damaged "$events" > "$work/events.tsv"
hold_store one
told=$(tell "feed $work/events.tsv batch=1 threads=64")
[[ $told == *"\"OK\":$events,"* ]] || fail "not every event was answered OK: $told"
stop_host
is "records in the journal" "$events" "$(journal_sql one 'select count(*) from frame')"
release_store

python3 - "$work/one/data/journal.db" "$damaged" "$seed" << 'PYTHON' > "$work/damaged.tsv" || die "nothing was damaged"
import random, sqlite3, sys
file, count, dice = sys.argv[1], int(sys.argv[2]), random.Random(int(sys.argv[3]))
journal = sqlite3.connect(file)
frames = [row[0] for row in journal.execute("select frame from frame order by frame")]
for frame in sorted(dice.sample(frames, count)):
    sealed = bytearray(journal.execute("select sealed from frame where frame = ?", (frame,)).fetchone()[0])
    places = sorted(dice.sample(range(len(sealed)), dice.choice([1, 1, 2, 16])))
    for place in places:
        sealed[place] ^= dice.randrange(1, 256)
    journal.execute("update frame set sealed = ? where frame = ?", (bytes(sealed), frame))
    print(frame, *places, sep="\t")
journal.commit()
journal.close()
PYTHON

alarm_says() { tell health | grep -q '"journal_damaged":'; }
start_host one
wait_until 240 "the journal is drained past what is damaged" is_drained one
is "cases" $((events - damaged)) "$(store_sql one 'select count(*) from cases')"
is "cases, each once" $((events - damaged)) "$(store_sql one 'select count(distinct case_no) from cases')"
wait_until 30 "health says that the journal is damaged" alarm_says
completions after 1 > "$work/after.tsv"
[[ $(tell "feed $work/after.tsv") == *'"OK":1,'* ]] || fail "nothing is accepted any more"
wait_until 30 "the drain goes on" is_drained one
is "what came afterwards" 1 "$(store_sql one "select count(*) from cases where case_no = 'after-1'")"
stop_host
is "the records that were set aside" "$(cut -f1 "$work/damaged.tsv")" "$(journal_sql one 'select frame from set_aside order by frame')"

# ctl ARGUMENTS...: sets code, told
ctl() { told=$(control one "$@" 2>&1); code=$?; }
in_list() { # HOW MANY: hcpctl names so many, each with the number of its record
  ctl journal list
  is "hcpctl journal list ends with" 1 "$code"
  is "records that hcpctl names" "$1" "$(grep -c '日志记录 [0-9]' <<< "$told")"
}
in_list "$damaged"
is "the records it names" "$(cut -f1 "$work/damaged.tsv")" "$(grep -oE '日志记录 [0-9]+' <<< "$told" | cut -d' ' -f2 | sort -n)"
id=$(journal_sql one 'select min(id) from set_aside')
ctl journal retry "$id"
is "hcpctl journal retry ends with" 1 "$code"
[[ $told == *"事件 $id 没有放回："* ]] || fail "hcpctl journal retry: $told"
: > "$work/taken"
ctl journal move "$id" "$work/taken"
is "hcpctl journal move to a file that is there ends with" 1 "$code"
is "the file that was there" 0 "$(stat -c %s "$work/taken")"
in_list "$damaged"
ctl journal move "$id" "$work/moved.json"
is "hcpctl journal move ends with" 0 "$code"
is "whose the file is" 600 "$(stat -c %a "$work/moved.json")"
sealed=$(sed -E 's/.*"sealed":"([0-9a-f]+)".*/\1/' "$work/moved.json")
[ "${#sealed}" -gt 100 ] || fail "the file has no sealed record: $(head -c 200 "$work/moved.json")"
in_list $((damaged - 1))
ctl journal retry "$id"
[[ $told == *"没有编号为 $id 的搁置事件"* ]] || fail "what was moved away can be retried: $told"
ctl ledger verify
is "the ledger" 0 "$code"

# What the host has listed as completed is all there in the end.
instance one store.read_timeout_ms=300
has_scanned() { grep -q '与主机对账完成' "$work/one/host.log"; }
start_host one
wait_until 120 "the scan is complete" has_scanned
wait_until 120 "what the scan took in is in the store" is_drained one
stop_host
is "cases after the scan" $((events + 1)) "$(store_sql one 'select count(*) from cases')"
is "what the scan took in" "补收 $damaged 件" "$(grep -o '补收 [0-9]* 件' "$work/one/host.log" | tail -1)"
