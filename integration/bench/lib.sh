# Sourced by the benchmarks: packages, the release build of what is named, a folder beside it on the same disk, and its removal.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export LC_ALL=C.UTF-8
umask 077

# build TARGET...: sets build and work. HCP_BENCH_BUILD is another build folder, HCP_BENCH_DIR another disk.
build() {
  bash "$root/tests/packages.sh" >&2
  build=${HCP_BENCH_BUILD:-$root/build/release}
  (cd "$root" && cmake --preset release -B "$build" > /dev/null)
  cmake --build "$build" -j "${HCP_BENCH_JOBS:-2}" --target "$@" > "$build/bench-build.log" || { tail -n 30 "$build/bench-build.log" >&2; exit 1; }
  work=$(mktemp -d "${HCP_BENCH_DIR:-$build}/bench-XXXXXX")
  trap finish EXIT
  trap 'exit 130' INT TERM
  local disk
  disk=$(df --output=fstype "$work" | tail -n 1)
  echo "$(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $disk, $(date -u +%FT%TZ), $(git -C "$root" describe --always --dirty 2> /dev/null || echo no version)"
  [ "$disk" != tmpfs ] || echo "! a tmpfs syncs nothing: the ratios say nothing about a disk; set HCP_BENCH_DIR"
}

pids=()
finish() {
  local code=$? pid log
  trap - EXIT INT TERM
  if [ "$code" -ne 0 ]; then
    for log in "$work"/*.log "$work"/*/host.log; do [ ! -s "$log" ] || { echo "--- ${log#"$work"/}"; tail -n 10 "$log"; } >&2; done
  fi
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null && kill -CONT "$pid" 2> /dev/null || true; done # one may be stopped
  for pid in "${pids[@]}"; do wait "$pid" 2> /dev/null || true; done
  if [ -n "${HCP_KEEP:-}" ]; then echo "kept: $work"; else rm -rf "$work"; fi
}

end_last() { kill "${pids[-1]}"; wait "${pids[-1]}" 2> /dev/null || true; unset 'pids[-1]'; }

heading() { printf '\n%s\n' "$*"; }

# instance DIR SECTION.KEY=VALUE...: a fresh one
instance() { rm -rf "$1"; configure "$@"; }
# configure DIR SECTION.KEY=VALUE...: the one that is there, or is to be
configure() {
  local directory=$1; shift
  bash "$root/integration/trading_host/instance.sh" "$directory" "reconcile.daily_at=off" "clock.allow_virtual=off" "log.level=warning" "$@"
}

start_province() { # NAME options...: sets port; its records are in $work/NAME.db
  local name=$1 until=$((SECONDS + 20)); shift
  rm -f "$work/$name".db* "$work/$name.out"
  "$build/integration/province_sim/province_sim" --db "$work/$name.db" --plain --fast "$@" > "$work/$name.out" 2> "$work/$name.log" &
  pids+=($!)
  until [ -s "$work/$name.out" ]; do
    [ $SECONDS -lt $until ] || { cat "$work/$name.log" >&2; exit 1; }
    sleep 0.05
  done
  port=$(sed -n 's/.*"port":\([0-9]*\).*/\1/p' "$work/$name.out")
}
stop_province() { end_last; }
word() { mkdir -p "$work/keys"; printf 'TestWord-0001\n' > "$work/keys/word"; }
# with_province PROFILE PARALLEL: the settings of an instance that pushes to $port
with_province() {
  printf '%s\n' province.enabled=on "province.profile=$1" "province.base_url=http://localhost:$port" province.app_mark=SDGGZY \
    "province.app_word_file=$work/keys/word" "province.parallel=$2"
}

# Who is not root may pass through to it.
reachable() { # FOLDER below $work
  local folder=$1
  while [[ "$folder" == "$work"/* ]]; do chmod o+x "$folder"; folder=$(dirname "$folder"); done
  chmod o+x "$work"
  while [[ "$folder" == "$root"/* ]]; do chmod o+x "$folder"; folder=$(dirname "$folder"); done
}

median() { sort -g | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
column() { cut -d' ' -f"$2" "$work/$1.rates" | median; } # FILE COLUMN
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# Where bench_bare_* find the database of an instance in $folder, whose server is $store's.
place() { if [ "$store" = sqlite ]; then echo "$folder/$1/store.db"; else echo "$folder/mariadb/s:$(store_database "$folder/$1")"; fi; } # NAME
