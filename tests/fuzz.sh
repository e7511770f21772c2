#!/usr/bin/env bash
# Runs every fuzz target for a bounded time (seconds each, default 20) under ASan+UBSan.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-20}

cmake --preset debug -B build/fuzz -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ -DHCP_WEB=OFF \
  "-DHCP_SANITIZE=fuzzer-no-link,address,undefined" > /dev/null
targets=$(ninja -C build/fuzz -t targets all | sed -n 's/^\(fuzz_[a-z_0-9]*\): phony$/\1/p')
[ -n "$targets" ] || { echo "no fuzz targets" >&2; exit 1; }
# shellcheck disable=SC2086
ninja -C build/fuzz $targets
for target in $targets; do
  binary=$(find build/fuzz -type f -name "$target" -perm -u+x | head -n 1)
  echo "-- $target: $seconds s"
  "$binary" -max_total_time="$seconds" -print_final_stats=0 -verbosity=0 -artifact_prefix=build/fuzz/
done
