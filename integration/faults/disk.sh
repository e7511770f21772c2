#!/usr/bin/env bash
# No room, or no right to write: the host hears FULL or a refusal to start with its reason in the log; when it is over everything goes on,
# and nothing is there in halves.
#   disk.sh [full]     `full` is the part that runs on a small disk of its own
source "$(dirname "$0")/lib.sh"
part=${1:-all}

began=$(($(date +%s) - 60))
# rows FIRST COUNT: a feed file of completions of two subjects each
rows() {
  printf 'kind\thost_id\tcase_no\tcompletion_no\tline\tproject_no\tnode\titem_code\tcompleted_at_us\tproject_name\tsubjects\n'
  awk -v first="$1" -v count="$2" -v now="$began" 'BEGIN {
    for (i = first; i < first + count; ++i)
      printf "completion\tdisk\tC-%d\t1\t1\tP-%d\t项目登记\tZC-01\t%d000000\t%s\t2|2|9137%d|001|示例招标人;2|3|9138%d|001|示例投标人\n",
        i, i, now, "示例项目，名称长一些，好让一条记录也长一些，日志因此满得快一些", i, i }'
}
count_of() { sed -nE "s/.*\"$2\":([0-9]+).*/\1/p" <<< "$1" | grep . || echo 0; }
# feeds FILE: reports it; sets ok and full, whatever else is a failure
feeds() {
  local answer; answer=$(tell "feed $1 batch=1 threads=8")
  ok=$(count_of "$answer" OK) full=$(count_of "$answer" FULL)
  is "answers other than OK and FULL" "" "$(grep -oE '"(INVALID|STATE|INTERNAL|TIMEOUT|UNHOOKED)":[1-9][0-9]*' <<< "$answer")"
}
# FULL means "call again later", which a host does; what was taken before is reported again as well.
report_until_taken() { # NAME FILE
  local round
  for round in {1..50}; do
    feeds "$2"
    [ "$full" == 0 ] && return
    wait_until 60 "the journal of $1 is empty" is_drained "$1"
  done
  fail "FULL for ever although there is room"
}
everything_is_there() { # NAME CASES
  wait_until 120 "the journal of $1 is empty" is_drained "$1"
  stop_host
  is "cases of $1" "$2" "$(store_sql "$1" 'select count(*) from cases')"
  is "evaluations of $1" $((2 * $2)) "$(store_sql "$1" 'select count(*) from evaluations')"
  is "deliveries of $1" $((2 * $2)) "$(store_sql "$1" 'select count(*) from deliveries')"
  sound "$1"
}

quota() {
  instance quota journal.max_bytes=1048576
  start_host quota
  rows 1 4500 > "$work/quota.tsv"
  hold_store quota
  feeds "$work/quota.tsv"
  [ "$ok" -gt 0 ] && [ "$full" -gt 0 ] || fail "a quota of 1 MiB: $ok OK, $full FULL of 4500"
  say "quota: $ok OK, then FULL"
  grep -q '配额' "$work/quota/host.log" || fail "the log does not name the quota"
  release_store
  wait_until 120 "there is room again" is_drained quota
  is "cases that were answered OK" "$ok" "$(store_sql quota 'select count(*) from cases')"
  report_until_taken quota "$work/quota.tsv"
  everything_is_there quota 4500
}

# full_disk NAME SIZE SETTING...: an instance with what the settings say on a disk that is then filled to the last block
full_disk() {
  local name=$1 size=$2; shift 2
  mkdir "$work/disk"
  mount -t tmpfs -o size="$size",mode=700 tmpfs "$work/disk" || die "no small disk"
  instance "$name" "$@"
  [ "$name" == journal_disk ] && ln -s "$work/disk/data" "$work/$name/data"
  [ "$name" == store_disk ] && ln -s "$work/disk/store.db" "$work/$name/store.db"
  start_host "$name"
  rows 1 200 > "$work/$name.tsv"
  feeds "$work/$name.tsv"
  is "FULL before the disk is" 0 "$full"
  wait_until 60 "the journal of $name is empty" is_drained "$name"
  dd if=/dev/zero of="$work/disk/ballast" bs=4k 2> /dev/null
  rows 201 1500 > "$work/more.tsv"
}
journal_disk() {
  full_disk journal_disk 48m "instance.directory=$work/disk/data"
  hold_store journal_disk
  feeds "$work/more.tsv"
  [ "$full" -gt 0 ] || fail "a full disk under the journal: $ok OK, no FULL"
  say "full disk under the journal: $ok OK, $full FULL"
  release_store
  rm "$work/disk/ballast"
  wait_until 60 "the journal is empty" is_drained journal_disk
  is "cases that were answered OK" $((200 + ok)) "$(store_sql journal_disk 'select count(*) from cases')"
  report_until_taken journal_disk "$work/more.tsv"
  everything_is_there journal_disk 1700
  umount "$work/disk" && rmdir "$work/disk"
}
store_disk() {
  full_disk store_disk 16m "store.path=$work/disk/store.db"
  feeds "$work/more.tsv"
  is "FULL while the journal has room" 0 "$full"
  wait_until 30 "health says that the store does not take anything" store_alarm
  say "full disk under the store: $ok OK, $(journal_sql store_disk 'select sum(events) from frame') wait in the journal"
  rm "$work/disk/ballast"
  mount -o remount,size=64m "$work/disk"
  everything_is_there store_disk 1700
  umount "$work/disk" && rmdir "$work/disk"
}

# As a user whom permissions bind.
unprivileged() {
  local -a as=()
  local config=$source_directory/config
  if [ "$(id -u)" == 0 ]; then
    as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
    # Where nobody may read them, whatever the folder is that this was built in.
    chmod 711 "$work"
    mkdir -m 755 "$work/programs"
    install -m 755 "$HCP_HOST" "$HCP_MODULE" "$work/programs"
    cp -r "$config" "$work/programs/config"
    chmod -R a+rX "$work/programs"
    config=$work/programs/config
    local HCP_HOST="$work/programs/${HCP_HOST##*/}" HCP_MODULE="$work/programs/${HCP_MODULE##*/}"
  fi
  local what
  for what in directory journal; do
    instance "readonly_$what" "policy.file=$config/policy.ini" "calendar.directory=$config/calendar" "items.items_file=$config/items/items.csv" \
      "items.tags_file=$config/items/tags.csv" "items.nodes_file=$config/items/nodes.csv" "province.profile=$config/province/shandong.ini"
    local data="$work/readonly_$what/data"
    mkdir -p "$data"
    [ "$what" == journal ] && { : > "$data/journal.db"; chmod 400 "$data/journal.db"; }
    [ "$(id -u)" == 0 ] && chown -R nobody:nogroup "$work/readonly_$what"
    [ "$what" == directory ] && chmod 500 "$data"
    "${as[@]}" "$HCP_HOST" --module "$HCP_MODULE" --config "$work/readonly_$what/haochaping.ini" --state "$work/readonly_$what/host" \
      --log "$work/readonly_$what/host.log" < /dev/null > "$work/readonly_$what/out.log" 2>&1
    grep -q '"start","status":"OK"' "$work/readonly_$what/out.log" && fail "a read-only $what, and it started"
    local reason; reason=$(grep -oE '(实例目录|本地日志).*' "$work/readonly_$what/host.log" | head -1)
    [ -n "$reason" ] || fail "a read-only $what: no reason in the log"
    say "read-only $what: ${reason//"$work"/…}"
    is "what was written to a read-only $what" "" "$(find "$data" -name '*.db*' -size +0)"
  done
}

if [ "$part" == full ]; then
  journal_disk
  store_disk
  exit 0
fi
quota
unprivileged
if [ "$(id -u)" == 0 ] && unshare -m true 2> /dev/null; then
  unshare -m "$0" full || fail "full disks"
elif unshare -rm true 2> /dev/null; then
  unshare -rm "$0" full || fail "full disks"
else
  say "full disk: skipped, this machine lets nobody mount one"
fi
