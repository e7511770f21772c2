#!/bin/bash
# A judge that shares code with the judged proves nothing: no include and no symbol of the product may be in here.
set -u
program=$1 folder=$2 failed=0
if grep -rnE '#include *[<"](plugin|adapters)/' "$folder" --include='*.cpp' --include='*.hpp'; then
    echo "an include of the product" >&2
    failed=1
fi
symbols=$(nm -C "$program") || exit 1
if grep -m1 'hcp::' <<<"$symbols"; then
    echo "a symbol of the product" >&2
    failed=1
fi
grep -q 'province_sim::' <<<"$symbols" || { echo "no symbols to look at" >&2; failed=1; }
exit $failed
