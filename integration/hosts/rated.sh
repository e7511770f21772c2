#!/usr/bin/env bash
# Runs a host, and looks into the store afterwards: one case, one evaluation, rated 满意 by its subject.
#   rated.sh DIR COMMAND...
set -euo pipefail
directory=$1; shift
"$@"
found=$(sqlite3 -readonly "$directory/store.db" "select (select count(*) from cases), (select count(*) from evaluations), (select group_concat(level_code || ':' || origin) from ratings)")
[ "$found" == "1|1|4:1" ] || { echo "in the store: $found"; exit 1; }
