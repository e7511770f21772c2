#!/usr/bin/env bash
# The generated day: numbers with the check digits of the standards, the same bytes for the same seed, and no event that the host or
# the stand-in refuses.
#   day.sh PYTHON MAKE_DAY TRADING_HOST ECHO_MODULE
set -euo pipefail
python=$1 make_day=$2 host=$3 module=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $1"; exit 1; }

# The examples printed in GB 11643-1999 and GB 11714-1997, and a number under GB 32100-2015.
(cd "$(dirname "$make_day")" && "$python" -B -c '
import make_day
assert make_day.citizen_check("11010519491231002") == "X"
assert make_day.organisation_check("D2143569") == "X"
assert make_day.credit_check("91350100M000100Y4") == "3"') || fail "a check digit"

{ echo 'purchaser,project_name,budget_wan_yuan,expected_month,published_at,requirement'
  printf '示例学校,"窗帘;桌椅|\\采购, 一批",12.5,2026年09月,,\n示例医院,示例药品采购,900,2026年10月,,"说明"\n'; } > "$work/projects.csv"
make() { "$python" -B "$make_day" --projects "$work/projects.csv" --date 2026-09-24 "$@"; }
make --seed 5 --out "$work/day.tsv"
make --seed 5 | cmp - "$work/day.tsv" || fail "the same seed gives another day"
make --seed 6 --out "$work/other.tsv"
cmp -s "$work/other.tsv" "$work/day.tsv" && fail "another seed gives the same day"
head -1 "$work/day.tsv" | grep -q '^# 合成数据' || fail "it does not say that it is synthetic"

awk -F '\t' '
  NR == 2 { for (i = 1; i <= NF; ++i) column[$i] = i }
  $1 == "completion" {
    line[$column["line"]]; step = $column["node"]
    early = step == "项目登记" || step == "招标公告" || step == "保证金"
    if ($column["bids_secret"] != early) { print "secrecy: " $0; wrong = 1 }
    if (split($column["subjects"], _, ";") > 1) ++many
    ++count[step]
  }
  { kind[$1] }
  END {
    for (l = 1; l <= 4; ++l) if (!(l in line)) { print "no line " l; wrong = 1 }
    if (length(count) != 7) { print "not all steps"; wrong = 1 }
    if (!many) { print "one subject each"; wrong = 1 }
    if (!("bids_opened" in kind && "withdrawal" in kind && "visit" in kind)) { print "not all kinds"; wrong = 1 }
    exit wrong
  }' "$work/day.tsv" || fail "the day"

out=$("$host" --module "$module" --config unused.ini --state "$work/host" --log "$work/log" 2> /dev/null <<< "clock 2026-09-24T19:00:00+08:00
feed $work/day.tsv batch=50
quit")
grep -q "\"malformed\":0,\"OK\":$(($(wc -l < "$work/day.tsv") - 2))," <<< "$out" || fail "$out"
grep -qF '窗帘\;桌椅\|\\采购, 一批' "$work/host/completed.log" || fail "a name with signs of the format"
