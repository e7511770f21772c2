#!/usr/bin/env bash
# A crowd holds connections to the pages and wants nothing: half open, idle, with bodies that drip, from four addresses, and whatever is
# closed on it comes again. Beside it a person rates, the host opens files and reports, and health is told; afterwards an alarm has been
# raised, the metrics say who was turned away, and the memory is given back.
#   crowd.sh LIMIT HALF_OPEN IDLE SLOW SECONDS [MEMORY_SECONDS]     LIMIT: of open files, the host's
source "$(dirname "$0")/lib.sh"
limit=$1 half_open=$2 idle=$3 slow=$4 seconds=$5 memory_seconds=${6:-60}
ratings=$((3 * seconds))
most_ms=1000 most_kept_mib=32

[ "$(ulimit -Hn)" -ge $((half_open + idle + slow + 100)) ] || die "the crowd needs $((half_open + idle + slow + 100)) open files, it may have $(ulimit -Hn)"
certificate pages "IP:127.0.0.1,DNS:localhost"
instance one web.public_listen=127.0.0.1:0 web.public_base_url=https://localhost:0 web.tls=on "web.tls_cert_file=$work/tls/pages.pem" \
  "web.tls_key_file=$work/tls/pages.key" web.centre_name=示例中心 web.help_phone=0531-00000000 web.per_address_per_minute=1000000
others=$(ulimit -Sn)
ulimit -Sn "$limit"
start_host one
ulimit -Sn "$others"
host=$(pid_of one)
port=$(sed -nE 's/.*评价网页已启动，端口 ([0-9]+).*/\1/p' "$work/one/host.log")

completions rated $((ratings + 1)) > "$work/rated.tsv"
tell_ok "feed $work/rated.tsv"
wait_until 60 "the cases to be rated are in the store" is_drained one

now_ms() { echo $(($(date +%s%N) / 1000000)); }
rss_mib() { awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$host/status"; }
files() { ls "/proc/$host/fd" | wc -l; }
metric() { operations one /metrics | sed -n "s/^haochaping_http_$1 //p"; }
longest_ms=0 longest_health_ms=0 longest_feed_ms=0 most_files=0 most_mib=0
at_least() { [ "${!1}" -ge "$2" ] || printf -v "$1" %s "$2"; } # NAME VALUE
rate() { # NUMBER: by somebody at an address of his own
  local link began answer took
  link=$(tell "link faults rated-$1 1 2 91370000rated$1" | sed -E 's/.*"answer":"([^"]*)".*/\1/')
  began=$(now_ms)
  answer=$(curl -sS -4 -m 20 --interface 127.0.0.5 --cacert "$work/tls/ca.pem" -o /dev/null \
    -w '%{http_code} connected after %{time_connect} s, TLS after %{time_appconnect} s, answered after %{time_total} s' --data level=5 "$link" 2>&1)
  took=$(($(now_ms) - began))
  [ "$took" -le "$longest_ms" ] || longest_ms=$took longest=${answer#* }
  is "the answer to rating $1" 303 "${answer%% *}"
}
report() { # NUMBER: the host opens a file, which is the feed, and reports what it says
  local began
  completions "beside$1" 1 > "$work/beside.tsv"
  began=$(now_ms)
  tell_ok "feed $work/beside.tsv"
  at_least longest_feed_ms $(($(now_ms) - began))
}

rate $((ratings + 1))
before=$(rss_mib)
longest_ms=0
mkfifo "$work/crowd.in"
{
  exec {host_input}>&-
  exec python3 "$here/crowd.py" "$port" "$half_open" "$idle" "$slow"
} < "$work/crowd.in" > "$work/crowd.out" 2> "$work/crowd.log" &
started[$!]=crowd
exec {crowd_input}> "$work/crowd.in"
until_end=$((SECONDS + seconds)) number=0
while [ "$SECONDS" -lt "$until_end" ] && [ "$number" -lt "$ratings" ]; do
  number=$((number + 1))
  rate "$number"
  report "$number"
  began=$(now_ms)
  [[ $(operations one /health) == *'"state":"running"'* ]] || fail "health is not told beside the crowd"
  at_least longest_health_ms $(($(now_ms) - began))
  at_least most_files "$(files)"
  at_least most_mib "$(rss_mib)"
  alive crowd || die "there is no crowd: $(cat "$work/crowd.log")"
  sleep 0.3
done
tell health | grep -q '"connections":' || fail "no alarm tells of the crowd"
turned_away=$(($(metric 'connections_refused_total{reason="address_share"}') + $(metric connections_evicted_total) + $(metric handshake_timeouts_total)))
connections_limit=$(metric connections_limit)
say "a limit of $limit files, $connections_limit connections; $turned_away connections were turned away"
exec {crowd_input}>&-
ended crowd
is "the crowd ends in good order" 0 "$exit_code"
say "the crowd: $(cat "$work/crowd.out")"
say "beside it $number ratings, the longest $longest_ms ms ($longest); the host opened a file and reported in $longest_feed_ms ms at most, health in $longest_health_ms ms; $most_files files open at most"
[ "$longest_ms" -lt "$most_ms" ] || fail "a person waited $longest_ms ms"
[ "$most_files" -lt "$limit" ] || fail "$most_files files were open: the host had none left"
[ "$turned_away" -gt 0 ] || fail "nobody was turned away: this was no crowd"
if [ "$connections_limit" -lt 2000 ]; then
  grep -q "max_connections = 2000 超出本进程可打开的文件数：软限制 $limit，" "$work/one/host.log" || fail "the log does not say that max_connections does not fit"
fi

is_given_back() { [ $(($(rss_mib) - before)) -le "$most_kept_mib" ]; }
asked=$SECONDS
wait_until "$memory_seconds" "the memory is given back: $before MiB before, $most_mib MiB beside the crowd" is_given_back
say "memory: $before MiB before, $most_mib MiB at most, $(rss_mib) MiB $((SECONDS - asked)) s after"
# It stands for the rest of its minute, and one more.
[ "$seconds" -lt 60 ] || wait_until 180 "the alarm is over" eval '! tell health | grep -q "\"connections\":"'
stop_host
is "ratings" $((number + 1)) "$(store_sql one 'select count(*) from ratings')"
sound one
