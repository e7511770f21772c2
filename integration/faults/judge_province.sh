# Sourced after lib.sh. Compares what the host knows of its own with what the province holds; no code of the plugin takes part.

# A last line without its end was cut by a kill: it was not finished, so nobody was told.
whole_lines() { if [ -z "$(tail -c 1 "$1")" ]; then cat "$1"; else sed '$d' "$1"; fi; }

# import_host DATABASE STATE_DIRECTORY: tables accepted_*, reported_* from the host's own synced logs
import_host() {
  local database=$1 state=$2 log kind
  local -A columns=(
    [completion]="host_id, case_no, completion_no, project_no, section, node, line, bids_secret, completed_at_us, subjects"
    [withdrawal]="host_id, case_no, completion_no, withdrawn_at_us" [bids_opened]="host_id, project_no, section, opened_at_us"
    [visit]="host_id, visit_no, visited_at_us")
  for log in accepted reported; do
    touch "$state/$log.log"
    for kind in "${!columns[@]}"; do
      sqlite3 "$database" "create table if not exists ${log}_$kind (line_no integer, ${columns[$kind]});"
      awk -F'\t' -v kind="$kind" 'BEGIN { OFS = "\t" } $1 == kind { $1 = NR; print }' <(whole_lines "$state/$log.log") |
        sqlite3 -cmd '.mode tabs' -cmd ".import /dev/stdin ${log}_$kind" "$database" ''
    done
  done
}

one_m1_at_a_time() {
  local most; most=$(province GET /stats | sed -E 's/.*"M1":\{"most":([0-9]+).*/\1/')
  [ "${most:-9}" -le 1 ] || fail "at most $most M1 of one dossier were under way at once"
}

# judge NAME STATE_DIRECTORY...: what those hosts know against the store of that instance; prints one line per contradiction
judge() {
  local name=$1 state database=$work/judge.db; shift
  rm -f "$database"
  for state in "$@"; do import_host "$database" "$state"; done
  {
    echo ".mode csv"
    echo ".import $source_directory/config/items/nodes.csv nodes"
    echo ".import $source_directory/config/items/items.csv items"
    echo "attach '$(store_file "$work/$name")' as s;"
    echo "attach '$work/province.db' as p;"
    cat "$here/judge.sql"
  } | sqlite3 -batch "$database"
}
