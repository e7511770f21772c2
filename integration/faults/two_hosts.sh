# Sourced after lib.sh: two hosts, one and two, on one database and one province, and what must hold of all of them in the end.
source "$here/judge_province.sh"

# two_hosts SECTION.KEY=VALUE...: a province, and both instances
two_hosts() {
  start_province --plain --no-sm2
  profile "$work/profile.ini" shandong.ini '[crypto]' 'sm2 = off'
  local settings
  mapfile -t settings < <(with_province "$work/profile.ini" plain)
  instance one "${settings[@]}" "$@"
  instance_beside two one "${settings[@]}" "$@"
}

# Both start once more and do what is left; then nothing promised is missing and nothing is there twice.
finish_and_judge() {
  kill_hard one
  kill_hard two
  drain_and_judge
}
drain_and_judge() {
  local input_of_one line verified
  say "accepted: $(cat "$work"/{one,two}/host/accepted.log | wc -l) of $(cat "$work"/{one,two}/host/reported.log | wc -l) reported; at the province before the last start: $(province_sql 'select count(*) from service')"
  start_host one
  input_of_one=$host_input
  start_host two
  wait_until 120 "the journals are in the store" eval 'is_drained one && is_drained two'
  wait_until 240 "everything is at the province" is_delivered one
  stop_host
  host_input=$input_of_one host_name=one
  stop_host

  while read -r line; do fail "$line"; done < <(judge one "$work/one/host" "$work/two/host" 2>&1)
  one_m1_at_a_time
  sound one
  is "integrity of the other journal" ok "$(journal_sql two 'pragma integrity_check')"
  is "events set aside by the other" 0 "$(journal_sql two 'select count(*) from set_aside')"
  verified=$(control two ledger verify 2>&1) || fail "the ledger by the other's anchors: $verified"
  say "at the province: $(province_sql 'select count(*) from service') services of $(province_sql 'select count(distinct projectNo) from service') dossiers"
}
