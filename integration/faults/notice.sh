#!/usr/bin/env bash
# The State Council extends a holiday while windows run (27 January 2020): the calendar file is replaced, the instance started again, and
# exactly the open windows that the notice touches are extended; what is rated or settled stays as it was.
#   notice.sh
source "$(dirname "$0")/lib.sh"
clock=$work/now_us
us() { echo "$(date -d "$1" +%s)000000"; }
set_clock() { us "$1" > "$clock"; }

# Completed on | last day of the window before the notice | and after it, counted by hand from the two notices
windows=(
  '2020-01-10 2020-01-17 2020-01-17'
  '2020-01-15 2020-01-21 2020-01-21'
  '2020-01-16 2020-01-22 2020-01-22'
  '2020-01-17 2020-01-23 2020-01-23'
  '2020-01-19 2020-01-31 2020-02-03'
  '2020-01-20 2020-02-01 2020-02-04'
  '2020-01-21 2020-02-03 2020-02-05'
  '2020-01-22 2020-02-04 2020-02-06'
)
mkdir "$work/calendar"
sed '/^\[notice 2020-01-27\]/,$d' "$source_directory/config/calendar/cn-2020.ini" > "$work/calendar/cn-2020.ini"

# Before the measures of August 2020 there was nothing to rate by: the same rules, in force since that year began.
sed 's/^valid_from = .*/valid_from = 2020-01-01/' "$source_directory/config/policy.ini" > "$work/policy.ini"

set_clock '2020-01-10T09:00:00+08:00'
instance one "calendar.directory=$work/calendar" "policy.file=$work/policy.ini" clock.allow_virtual=on "${public_pages[@]}" sweep.interval_ms=100 reconcile.daily_at=off
start_host one --clock-file "$clock"
for window in "${windows[@]}" '2020-01-22-rated'; do
  day=${window%% *} now="${window:0:10}T09:30:00+08:00"
  set_clock "$now"
  tell_ok "completed line=1 node=项目登记 item_code=ZC-01 department_id=D-1 channel=1 case_no=$day completed_at_us=$(us "$now") project_no=P-$day subjects=2|3|91370000NOTICE001X|001|示例投标人"
  wait_until 60 "$day is in the store" is_drained one
done
tell_ok "rate case_no=2020-01-22-rated subject_type=2 certificate_no=91370000NOTICE001X level=5 request_key=k"
told() { # WHAT: beside the case
  store_sql one "select c.case_no || ' ' || $1 from evaluations e join cases c on c.id = e.case_id order by 1"
}
expected() { # COLUMN RATED: of the windows, and of the one that is rated
  { printf '%s\n' "${windows[@]}" | awk -v column="$1" '{ print $1, $column }'; echo "2020-01-22-rated $2"; } | sort
}
last_day="date(deadline_us / 1000000 + 8 * 3600 - 1, 'unixepoch')"
are_settled() { [ "$(store_sql one 'select count(*) from evaluations where state = 3')" == "$1" ]; }
wait_until 60 "the windows that were over are settled" are_settled 2
is "the last days before the notice" "$(expected 2 2020-02-04)" "$(told "$last_day")"
# Until the offices close for the holiday it runs: no working day is lost (E51).
set_clock '2020-01-23T20:00:00+08:00'
wait_until 60 "what was over by then is settled" are_settled 3
stop_host

set_clock '2020-01-28T09:00:00+08:00'
cp "$source_directory/config/calendar/cn-2020.ini" "$work/calendar/cn-2020.ini"
start_host one --clock-file "$clock"
wait_until 60 "what was over before the notice is settled" are_settled 4
is "the last days after the notice" "$(expected 3 2020-02-04)" "$(told "$last_day")"
is "what the log says" "顺延了 4 件" "$(grep -o '顺延了 [0-9]* 件' "$work/one/host.log")"
is "what is still open" "2020-01-19 2020-01-20 2020-01-21 2020-01-22" \
  "$(store_sql one "select group_concat(case_no, ' ') from (select case_no from evaluations e join cases c on c.id = e.case_id where state = 1 order by 1)")"
set_clock '2020-02-04T00:02:00+08:00'
wait_until 60 "the first of the extended ones is settled" are_settled 5
stop_host

# Started once more, nothing is extended again.
start_host one --clock-file "$clock"
stop_host
is "what the log says" "顺延了 4 件" "$(grep -o '顺延了 [0-9]* 件' "$work/one/host.log")"
is "the last days in the end" "$(expected 3 2020-02-04)" "$(told "$last_day")"
sound one
