# Sourced by the browser tests with their arguments, SCREENSHOTS [SUITE...]: what judges, and an instance to be judged. The programs come by
# environment, as for the fault scenarios. Without what tests/packages.sh --full installs the test is skipped.
pages=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
screenshots=$1; shift
tools=${XDG_CACHE_HOME:-$HOME/.cache}/haochaping/pages/node_modules
if [ ! -d "$tools/playwright-core" ] || ! command -v chromium > /dev/null; then
  echo "skipped: no browser or no tools in $tools; bash tests/packages.sh --full installs them"
  exit 77
fi
suites=("$@")
export HCP_STORE=sqlite
source "$pages/../../integration/faults/lib.sh"

# judged JUDGE.js: of what stands in $work/site.json
judged() {
  if [ -n "${HCP_SHOW:-}" ]; then cp "$work/site.json" "$HCP_SHOW"; echo "up until Ctrl-C"; sleep 100000; fi
  mkdir -p "$screenshots"
  node "$pages/$1" "$tools" "$work/site.json" "$screenshots" "${suites[@]}" || fail "the browser's judgement"
}
