#!/usr/bin/env bash
# The database is not there when the instance starts: locked by another process, or its file moved away. An instance that has run before
# takes what the host reports all the same and brings it into the store when the database is back; one that has never run, or that has
# another master key, is refused.
#   late_database.sh [EVENTS of each]
source "$(dirname "$0")/lib.sh"
events=${1:-10000}
record=${HCP_RECORD:-/dev/null}
before=$((events / 10))

# Waiting for another process's lock is cut short, so that each attempt is.
settings=(store.read_timeout_ms=300 "${public_pages[@]}")
started_with() { head -1 "$work/$1.out" | sed -E 's/.*"status":"([A-Z_]+)".*/\1/'; }
status_of() { sed -E 's/.*"status":"([A-Z_]+)".*/\1/' <<< "$1"; }
# feeds NAME COUNT: all of it must be answered OK; sets p99
feeds() {
  completions "$1" "$2" > "$work/$1.tsv"
  local told; told=$(tell "feed $work/$1.tsv batch=10 threads=4")
  [[ $told == *"\"OK\":$2,"* ]] || fail "$1: not every event was answered OK: $told"
  p99=$(sed -E 's/.*"p99_us":([0-9.]+).*/\1/' <<< "$told")
}
tell_p99() { # WHAT
  say "$1: p99 of a callback $p99 µs, $(awk -v a="$p99" -v b="$baseline" 'BEGIN { printf "%.2f", a / b }') of the baseline"
  printf '%s\t%s\n' "$1" "$p99" >> "$record"
}
link_of() { tell "link faults $1 1 2 91370000${1/-/}" | sed -E 's/.*"answer":"([^"]*)".*/\1/'; }
page() { curl -sS -m 20 -o /dev/null -w '%{http_code}' "$1"; }
rate() { tell "rate deadline_ms=2000 host_id=faults case_no=$1 subject_type=2 certificate_no=91370000${1/-/} level=5 request_key=k-$1"; }
is_usable() { ! store_alarm; }
refused_start() { # NAME STATUS WHY: no life begins, and the log says why
  start_host "$1"
  exec {host_input}>&-
  ended "$1"
  is "$1: how the start went" "$2" "$(started_with "$1")"
  grep -q "$3" "$work/$1/host.log" || fail "the log of $1 does not say: $3"
}

: > "$record"
instance one "${settings[@]}"
start_host one
feeds before "$before"
baseline=$p99
tell_p99 "the database is there"
wait_until 120 "what was reported before is in the store" is_drained one
stop_host

reported=$before
# while_gone WHAT WHY: of an instance that has just been started without its database
while_gone() {
  is "$1: how the start went" OK "$(started_with one)"
  feeds "$1" "$events"
  reported=$((reported + events))
  tell_p99 "$1"
  is "$1: the journal has all of it" "$events" "$(journal_sql one 'select sum(events) from frame')"
  link=$(link_of "$1-1")
  [[ $link == http://localhost:*/e/* ]] || fail "$1: no link: $link"
  is "$1: the page behind the link" 503 "$(page "$link")"
  is "$1: a rating" TIMEOUT "$(status_of "$(rate before-1)")"
  is "$1: a reload" REFUSED "$(status_of "$(tell reload)")"
  local health; health=$(tell health)
  [[ $health == *'"database":"不可用"'* && $health =~ \"store\":\"[^\"]*$2 ]] || fail "$1: health does not say it: $health"
  is "$1: whether the instance is ready" "not ready" "$(operations one /readyz)"
}
once_back() { # WHAT
  wait_until 30 "the alarm is over after $1" is_usable
  wait_until 240 "everything is in the store after $1" is_drained one
  is "the page behind the link after $1" 200 "$(page "$link")"
  is "a rating after $1" OK "$(status_of "$(rate "$1-1")")"
  wait_until 30 "the instance is ready after $1" is_ready
  stop_host
  is "cases after $1" "$reported" "$(store_sql one 'select count(*) from cases')"
  is "evaluations after $1" "$reported" "$(store_sql one 'select count(*) from evaluations')"
  is "cases of $1" "$events" "$(store_sql one "select count(distinct case_no) from cases where case_no like '$1-%'")"
  is "what did not happen" 1 "$(store_sql one "select e.state from evaluations e join cases c on c.id = e.case_id where c.case_no = 'before-1'")"
  sound one
}
is_ready() { [ "$(operations one /readyz)" == ready ]; }

hold_store one locked
start_host one
while_gone locked 数据库
release_store
once_back locked

mkdir "$work/away"
mv "$work"/one/store.db* "$work/away"
start_host one
while_gone moved 不存在
nothing_in_its_place() { is "what lies in the place of the database" "" "$(cd "$work/one" && echo store.db* | grep -v '\*')"; }
nothing_in_its_place
stop_host   # without its database, and once more
start_host one
is "how the second start went" OK "$(started_with one)"
is "the journal still has all of it" "$events" "$(journal_sql one 'select sum(events) from frame')"
link=$(link_of moved-1)
nothing_in_its_place
mv "$work"/away/store.db* "$work/one"
once_back moved

# The keys of somebody else: refused, although the instance has run before; also while nobody can ask the database, and by the database
# where the instance's directory knows nothing.
cp "$work/one/keys/master.key" "$work/master.key"
openssl rand -hex 32 > "$work/one/keys/master.key"
mv "$work"/one/store.db* "$work/away"
refused_start one INVALID "启动失败：主密钥与本实例一直使用的创始密钥不同"
mv "$work"/away/store.db* "$work/one"
mv "$work/one/data" "$work/away"
refused_start one INVALID "启动失败：主密钥与数据库中已有数据的创始密钥不同"
rm -r "$work/one/data"
mv "$work/away/data" "$work/one"
mv "$work/master.key" "$work/one/keys/master.key"
start_host one
is "with its own key again" OK "$(started_with one)"
stop_host

# Nobody knows the instance yet, so nobody knows where its data would go.
instance nowhere "${settings[@]}" "store.path=$work/no_such_folder/store.db"
refused_start nowhere INTERNAL "path：上级目录不存在：$work/no_such_folder"
is "what a refused start has made" "" "$(ls -d "$work/no_such_folder" 2> /dev/null)"
instance shut_out "${settings[@]}"
hold_store shut_out locked
refused_start shut_out STATE "启动失败：.*$work/shut_out/store.db"
release_store
start_host shut_out
is "once it is free" OK "$(started_with shut_out)"
stop_host
