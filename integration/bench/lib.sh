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
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2> /dev/null || true; done
  rm -rf "$work"
}

end_last() { kill "${pids[-1]}"; wait "${pids[-1]}" 2> /dev/null || true; unset 'pids[-1]'; }

heading() { printf '\n%s\n' "$*"; }

# instance DIR SECTION.KEY=VALUE...: a fresh one
instance() {
  local directory=$1; shift
  rm -rf "$directory"
  bash "$root/integration/trading_host/instance.sh" "$directory" "reconcile.daily_at=off" "clock.allow_virtual=off" "log.level=warning" "$@"
}
