#!/usr/bin/env bash
# A hundred reloads while completions and ratings come in. Each second one is to fail, by one fault in one file beside changes that are
# good: then nothing of it may be in force, neither in the store nor in what the pages say, and the log names what is wrong. With the
# fault taken away the same changes are in force, all of them.
#   reload.sh [RELOADS]
source "$(dirname "$0")/lib.sh"
reloads=${1:-100}
links=60

rules=$work/rules
mkdir "$rules"
cp -r "$source_directory/config/calendar" "$source_directory/config/policy.ini" "$source_directory"/config/items/*.csv "$rules"
ini=$work/one/haochaping.ini
instance one "policy.file=$rules/policy.ini" "calendar.directory=$rules/calendar" "items.items_file=$rules/items.csv" \
  "items.tags_file=$rules/tags.csv" "items.nodes_file=$rules/nodes.csv" web.public_listen=127.0.0.1:0 \
  web.public_base_url=http://127.0.0.1:0 web.tls=off web.centre_name=第0中心 web.help_phone=0531-1 web.per_token_per_minute=10000 \
  web.per_address_per_minute=1000000 sweep.grace_s=60
start_host one
page=http://127.0.0.1:$(sed -nE 's/.*评价网页已启动，端口 ([0-9]+).*/\1/p' "$work/one/host.log")

# ---- the load

completions rated "$links" > "$work/rated.tsv"
[[ $(tell "feed $work/rated.tsv") == *"\"OK\":$links,"* ]] || die "the cases to be rated were not taken"
wait_until 60 "the cases to be rated are in the store" is_drained one
for ((i = 1; i <= links; ++i)); do
  tell "link faults rated-$i 1 2 91370000rated$i" | sed -E 's|.*"answer":"[^"]*/e/([^"]*)".*|\1|'
done > "$work/tokens"
# Again and again, so that each is rated once and every further time the same.
rate_on() {
  local token number
  while [ ! -e "$work/enough" ]; do
    number=0
    while read -r token && [ ! -e "$work/enough" ]; do
      number=$((number + 1))
      curl -sS -m 20 -o /dev/null -w '%{http_code}\n' -H 'Content-Type: application/json' \
        --data "{\"level\":5,\"request_key\":\"k-$number\"}" "$page/api/v1/evaluations/$token/rating"
      sleep 0.05
    done < "$work/tokens"
  done
}
rate_on > "$work/ratings" 2>> "$work/ratings.log" &
started[$!]=ratings
completions load 100000 > "$work/load.tsv"
tell_ok "feed_begin $work/load.tsv batch=2 threads=2 every_ms=50"

# ---- what is in force, as seen outside

first_token=$(head -1 "$work/tokens")
in_force() {
  store_sql one "select kind, version, checksum from reference_files order by 1, 2; select * from items order by 1"
  curl -sS -m 20 "$page/" | grep -o '第[0-9]*中心' | sort -u
  curl -sS -m 20 "$page/api/v1/evaluations/$first_token" | grep -o '"levels":.*'
}
reload() { # WANTED WHAT [LOG...]: the log must say each
  local wanted=$1 what=$2 lines text; shift 2
  lines=$(wc -l < "$work/one/host.log")
  is "$what" "$wanted" "$(tell reload | sed -E 's/.*"status":"([A-Z_]+)".*/\1/')"
  for text in "$@"; do
    tail -n "+$((lines + 1))" "$work/one/host.log" | grep -qF -- "$text" || fail "$what: the log does not say: $text"
  done
}

# ---- changes: a version that comes into force later, an item, the centre's name

policy_2020=$(sed -n '/^\[policy 2020\]/,$p' "$source_directory/config/policy.ini" | grep -vE '^(;|$|\[|valid_)')
change() { # NUMBER
  local day; day=$(date -u -d "2030-01-01 +$1 days" +%F)
  printf '\n[policy later-%d]\nvalid_from = %s\nvalid_until = %s\n%s\n' "$1" "$day" "$day" "$policy_2020" >> "$rules/policy.ini"
  sed -n 2p "$source_directory/config/items/items.csv" | sed "s/^[^,]*,[^,]*/NEW-$1,新事项$1/" >> "$rules/items.csv"
  sed -i "s/^centre_name = .*/centre_name = 第$1中心/" "$ini"
}
is_taken() { # NUMBER: all three
  is "the policy of change $1" 1 "$(store_sql one "select count(*) from reference_files where kind = 1 and version = 'later-$1'")"
  is "the item of change $1" "新事项$1" "$(store_sql one "select name from items where item_code = 'NEW-$1'")"
  is "the name of change $1" "第$1中心" "$(curl -sS -m 20 "$page/" | grep -o '第[0-9]*中心' | sort -u)"
}

# ---- faults: file | how it is spoilt (an expression of sed) | what the log must say
faults=(
  "$ini|\$a 没有等号的一行|haochaping.ini:"
  "$ini|s/^grace_s = .*/grace_s = 90/|配置项 sweep.grace_s 已改动"
  "$ini|s/^per_token_per_minute = .*/per_token_per_minute = 0/|per_token_per_minute"
  "$ini|s/^tags_file = .*/tags_file = nowhere.csv/|tags_file"
  "$rules/policy.ini|0,/^window_days = .*/s//window_days = 很多/|policy.ini:|window_days"
  "$rules/calendar/cn-2026.ini|s/^2026-01-04 = .*/2026-13-04 = 上班 元旦/|cn-2026.ini:|2026-13-04"
  "$rules/tags.csv|s/^2020-05,5,510,/2020-05,9,510,/|tags.csv:2 level"
  "$rules/items.csv|s/^ZC-02,\\([^,]*\\),[^,]*/ZC-02,\\1,山东/|items.csv:3 area_code"
  "$rules/nodes.csv|s/^评标,\\(.*\\),3/评标,\\1,9/|nodes.csv:6 project_status"
  "$rules/policy.ini|0,/^window_days = 5/s//window_days = 6/|2020 与数据库中同版本内容不同"
  "$rules/policy.ini|/^\\[policy 2020\\]/,/^\\[policy later-1\\]/{/^\\[policy later-1\\]/!d}|2020 已用于办件，但规则文件中没有"
  "$rules/calendar/cn-2026.ini|\$a 2026-11-11 = 放假 另加|与数据库中同版本内容不同|@2025-11-04"
  "$rules/tags.csv|s/一窗受理一次办结/一窗受理/|2020-05 与数据库中同版本内容不同"
)
before=$(in_force)
[[ $before == *第0中心* && $before == *一窗受理一次办结* ]] || die "what is in force is not seen: $before"
for ((n = 1; n <= reloads / 2; ++n)); do
  IFS='|' read -r file spoil says also <<< "${faults[(n - 1) % ${#faults[@]}]}"
  change "$n"
  cp "$file" "$work/sound"
  sed -i "$spoil" "$file"
  cmp -s "$file" "$work/sound" && die "fault $n spoils nothing"
  reload REFUSED "fault $n in ${file##*/}" '重新加载被拒绝，一切保持原样' "$says" "${also:-$says}"
  now=$(in_force)
  [ "$now" == "$before" ] || fail "fault $n ($says) has changed: $(diff <(echo "$before") <(echo "$now") | head -5)"
  cp "$work/sound" "$file"
  reload OK "change $n" 配置和规则已重新加载
  is_taken "$n"
  before=$(in_force)
done

# ---- everything that came in meanwhile is there

told=$(tell feed_end)
: > "$work/enough"
ended ratings
ok=$(sed -E 's/.*"OK":([0-9]+).*/\1/' <<< "$told")
is "answers other than OK" "" "$(grep -oE '"(INVALID|FULL|STATE|INTERNAL|TIMEOUT|UNHOOKED)":[1-9][0-9]*' <<< "$told")"
is "answers to ratings other than 201 and 200" "" "$(grep -vxE '201|200' "$work/ratings" | sort | uniq -c)"
say "$reloads reloads beside $ok completions and $(wc -l < "$work/ratings") ratings"
[ "$ok" -gt "$reloads" ] || fail "$ok completions are no load"
wait_until 120 "everything is in the store" is_drained one
stop_host
is "cases" $((links + ok)) "$(store_sql one 'select count(*) from cases')"
is "ratings" "$(grep -cx 201 "$work/ratings")" "$(store_sql one 'select count(*) from ratings where origin = 1')"
is "cases judged by another policy" 0 "$(store_sql one "select count(*) from cases where policy_version <> '2020'")"
sound one
