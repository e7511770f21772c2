#!/usr/bin/env bash
# Installs what is needed and runs the checks. Each is a workflow of CMakePresets.json, to be had alone as
#   cmake --workflow --preset NAME
# bash tests/all.sh           asan: all but web under ASan+UBSan; debug: rules, contracts, wire formats, scenarios
# bash tests/all.sh --full    also tsan, format, tidy, fuzz, and the long scenarios
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  "") packages=() checks=(asan debug) ;;
  --full) packages=(--full) checks=(asan tsan format tidy fuzz long debug) ;;
  *) echo "usage: bash tests/all.sh [--full]" >&2; exit 2 ;;
esac

started=$(date +%s)
step() { printf '\n== %s  (%s since start)\n' "$1" "$((SECONDS / 60)) min $((SECONDS % 60)) s"; }

step "packages"
bash tests/packages.sh "${packages[@]}"

# Units that include Beast take up to 3 GB each under ASan: no more of them at once than there are processors.
CMAKE_BUILD_PARALLEL_LEVEL=$(nproc)
CTEST_PARALLEL_LEVEL=$(nproc)
export CMAKE_BUILD_PARALLEL_LEVEL CTEST_PARALLEL_LEVEL
for check in "${checks[@]}"; do
  step "$check"
  cmake --workflow --preset "$check"
done

step "done"
python3 tests/slowest.py build "$started"
echo
cat build/debug/world.txt
echo
python3 tests/backends.py build/debug "$started"
# Once more the end of the last workflow, as ctest itself logged it: whoever looks at a run looks at its end.
echo
sed -n '/tests passed, .* tests failed out of/,$p' build/tests-debug.log
