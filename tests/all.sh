#!/usr/bin/env bash
# Installs what is needed, builds and runs every test.
#   bash tests/all.sh          debug: rules, contracts, wire formats, scenarios; then ASan+UBSan of all but web
#   bash tests/all.sh --full   also ThreadSanitizer, clang-format, clang-tidy, fuzzing, the long scenarios
set -euo pipefail
cd "$(dirname "$0")/.."

full=false
case "${1:-}" in
  "") ;;
  --full) full=true ;;
  *) echo "usage: bash tests/all.sh [--full]" >&2; exit 2 ;;
esac

step() { printf '\n== %s  (%s since start)\n' "$1" "$((SECONDS / 60)) min $((SECONDS % 60)) s"; }
jobs=$(nproc)

step "packages"
if $full; then bash tests/packages.sh --full; else bash tests/packages.sh; fi

build() { # preset, further cmake arguments...
  local preset=$1; shift
  cmake --preset "$preset" "$@" > "build-$preset.log" 2>&1 || { cat "build-$preset.log"; exit 1; }
  rm -f "build-$preset.log"
  cmake --build --preset "$preset" -j "$jobs"
}
check() { # preset, further ctest arguments...
  local preset=$1; shift
  ctest --preset "$preset" -j "$jobs" --no-tests=error "$@"
}

step "ASan+UBSan: build"
build asan
step "ASan+UBSan: tests"
check asan -LE "long|web"

if $full; then
  step "ThreadSanitizer: build"
  build tsan
  step "ThreadSanitizer: tests"
  check tsan -LE 'long|no-tsan'
  step "clang-format"
  # The ABI header is laid out by hand: its tables are read by people who will see nothing else of the project.
  git ls-files '*.cpp' '*.hpp' '*.c' '*.h' | grep -v 'haochaping.*\.h$' | xargs clang-format --dry-run --Werror
  step "clang-tidy"
  build tidy
  step "fuzzing"
  bash tests/fuzz.sh
fi

step "debug: build"
build debug
step "debug: tests"
if $full; then check debug; else check debug -LE long; fi
