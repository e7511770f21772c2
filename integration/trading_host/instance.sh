#!/usr/bin/env bash
# Makes a complete instance of the plugin for tests and demonstrations: keys, and an ini with the repository's policy, calendar and
# items, a local SQLite store, no web, no province, and the host's virtual clock allowed.
#   instance.sh DIR [SECTION.KEY=VALUE]...     a later value replaces an earlier one, an empty one takes it away
set -euo pipefail
umask 077
[ $# -ge 1 ] || { echo "usage: instance.sh DIR [SECTION.KEY=VALUE]..." >&2; exit 2; }
directory=$1; shift
mkdir -p "$directory/keys"
directory=$(cd "$directory" && pwd)
config=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../config" && pwd)

[ -e "$directory/keys/master.key" ] || openssl rand -hex 32 > "$directory/keys/master.key"
[ -e "$directory/keys/anchor.pem" ] ||
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out "$directory/keys/anchor.pem" 2> /dev/null
chmod 600 "$directory"/keys/*

settings=(
  "instance.directory=$directory/data"
  "keys.master_key_file=$directory/keys/master.key"
  "keys.anchor_key_file=$directory/keys/anchor.pem"
  "store.backend=sqlite3"
  "store.path=$directory/store.db"
  "policy.file=$config/policy.ini"
  "calendar.directory=$config/calendar"
  "items.items_file=$config/items/items.csv"
  "items.tags_file=$config/items/tags.csv"
  "items.nodes_file=$config/items/nodes.csv"
  "province.enabled=off"
  "province.profile=$config/province/shandong.ini"
  "web.public_listen=off"
  "operations.listen=off"
  "clock.allow_virtual=on"
  "$@"
)
printf '%s\n' "${settings[@]}" | awk '
  {
    dot = index($0, "."); equals = index($0, "=")
    section = substr($0, 1, dot - 1); key = substr($0, dot + 1, equals - dot - 1)
    if (!(section in seen)) { seen[section] = 1; order[++sections] = section }
    if (!((section, key) in value)) keys[section, ++count[section]] = key
    value[section, key] = substr($0, equals + 1)
  }
  END {
    for (s = 1; s <= sections; ++s) {
      print "[" order[s] "]"
      for (k = 1; k <= count[order[s]]; ++k) {
        name = keys[order[s], k]
        if (value[order[s], name] != "") print name " = " value[order[s], name]
      }
    }
  }' > "$directory/haochaping.ini"
