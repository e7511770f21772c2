#!/usr/bin/env bash
# The store does not answer while a subject rates. TIMEOUT: it did not happen and never will. IN_DOUBT: it may, and the same request again
# tells; never a third thing.
#   in_doubt.sh
source "$(dirname "$0")/lib.sh"

# Nothing else writes meanwhile: whose turn it is decides what the answer is.
instance one instance.lease_s=600 sweep.interval_ms=60000 reconcile.daily_at=off
start_host one
complete() { # CASE
  tell_ok "completed line=1 node=项目登记 item_code=ZC-01 department_id=D-1 channel=1 case_no=$1 project_no=P-1 subjects=2|3|91370000INDOUBT01X|001|示例投标人"
}
rate() { # DEADLINE_MS CASE: prints the status
  tell "rate deadline_ms=$1 case_no=$2 subject_type=2 certificate_no=91370000INDOUBT01X level=5 request_key=k" | sed -E 's/.*"status":"([A-Z_]+)".*/\1/'
}
told() { # CASE: how its evaluation stands, and how many ratings it has
  store_sql one "select e.state || ' ' || (select count(*) from ratings r where r.evaluation_id = e.id) from evaluations e join cases c on c.id = e.case_id where c.case_no = '$1'"
}
complete queued; complete begun
wait_until 60 "both are in the store" is_drained one

hold_store one
complete behind   # the one writer waits with it, and the rating behind it
is "a rating that has not begun" TIMEOUT "$(rate 200 queued)"
release_store
wait_until 60 "the event before it is in the store" is_drained one
is "another rating, which would come after it" OK "$(rate 20000 behind)"
is "what did not happen" "1 0" "$(told queued)"

hold_store one
is "a rating that has begun" IN_DOUBT "$(rate 3000 begun)"
release_store
is "the same again" OK "$(rate 20000 begun)"
is "what was in doubt" "2 1" "$(told begun)"
is "what did not happen, once more" "1 0" "$(told queued)"
stop_host
sound one
