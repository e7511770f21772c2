#!/usr/bin/env bash
# A rolling upgrade under load. Host one runs the previous release, which is built here; the schema is brought to this tree's, and two steps
# further; one loses its connections and starts once more on what it does not know; two starts beside it with the new version; one is
# replaced. Nothing promised is missing or there twice, and no callback was turned away or held up.
#   upgrade.sh [SECONDS of each phase] [SEED]
source "$(dirname "$0")/lib.sh"
source "$here/two_hosts.sh"
phase=${1:-4}
seed=${2:-$((RANDOM * 32768 + RANDOM))}
pause_ms=5000 # what takes longer is a pause; how long a callback takes else is this machine's matter
say "phases of $phase s, seed $seed"
[ -n "${HCP_NEXT_MODULE:-}" ] && [ -n "${HCP_NEXT_CTL:-}" ] || die "HCP_NEXT_MODULE and HCP_NEXT_CTL name the version to come"
[ "$store" == mysql ] || die "HCP_STORE=mysql: the steps of the version to come are in its words"

release=$(< "$here/previous_release")
git -C "$root" cat-file -e "$release^{commit}" 2> /dev/null ||
  { say "skipped: the previous release, commit $release, is not in this clone's history"; exit 77; }

# What is built stays for the next run.
old=$root/build/upgrade/$release
built() {
  local without=()
  command -v ccache > /dev/null || without=(-DCMAKE_C_COMPILER_LAUNCHER= -DCMAKE_CXX_COMPILER_LAUNCHER=)
  mkdir -p "$old"
  git -C "$root" archive "$release" | tar -xC "$old" &&
    (cd "$old" && cmake --preset debug "${without[@]}" && cmake --build --preset debug --target haochaping hcpctl) > "$work/build.log" 2>&1
}
built || die "the previous release is not built"
old_version() { HCP_MODULE=$old/build/debug/haochaping.so HCP_CTL=$old/build/debug/hcpctl; }
new_version() { HCP_MODULE=$HCP_NEXT_MODULE HCP_CTL=$HCP_NEXT_CTL; }

asked() { store_client -N -B -D "$(store_database "$work/one")" -e "$1"; }
cases() { asked 'select count(*) from cases'; }
more_than() { [ "$(cases)" -gt "$1" ]; }
goes_on() { wait_until 60 "cases are opened $1" more_than "$(cases)"; }
declare -A input=()
begin() { # NAME RUN
  hammer_until_told "$1" "$1-$2" --threads 4 --rate 40 --seed "$seed"
  input[$1]=$host_input
  hammers "$1"
}
end() { # NAME WHAT
  local told
  host_name=$1 host_input=${input[$1]}
  stop_host
  unset "input[$1]"
  for host_input in "${input[@]}"; do :; done # of the one that goes on, which whoever starts next must not hold
  told=$(grep '"hammer"' "$work/$1.out")
  say "$2: $told"
  [[ $told == *'"status":"OK"'* && $told != *'"FULL"'* && $told != *'"TIMEOUT"'* ]] || fail "$2: callbacks were turned away: $told"
  awk -v told="$told" -v most="$pause_ms" 'BEGIN { sub(/.*"max_us":/, "", told); exit told + 0 >= most * 1000 }' || fail "$2: a callback took over $pause_ms ms"
}

old_version
two_hosts
begin one old
sleep "$phase"
new_version
control one db migrate > "$work/migrated" || die "no migration: $(cat "$work/migrated")"
is "steps of the version to come" 2 "$(asked 'select count(*) from schema_history where step > 9000')"
goes_on "by the old version on the new schema"
for id in $(asked "select id from information_schema.processlist where db = database() and id <> connection_id()"); do asked "kill $id"; done
goes_on "by the old version once it has connected anew"

old_version
control one db migrate > "$work/migrated" && grep -q '没有改动' "$work/migrated" || fail "the old hcpctl: $(cat "$work/migrated")"
control one db check > "$work/checked" && grep -q '提醒  版本：.*V9002__next_things' "$work/checked" || fail "the old hcpctl: $(cat "$work/checked")"
end one "the old version, while the schema went on"
begin one old-again
new_version
begin two new
sleep "$phase"
end one "the old version, started on the new schema, beside the new"
begin one new
sleep "$phase"
end one "the new version in its place"
end two "the new version beside both"

drain_and_judge
[ "$(cat "$work"/{one,two}/host/accepted.log | wc -l)" -gt 100 ] || fail "too little was reported to prove anything"
for lane in 1 2; do
  [ "$(store_sql one "select count(*) from ledger where lane = $lane")" -gt 0 ] || fail "instance $lane wrote nothing"
done
[ "$failures" -eq 0 ]
