#!/usr/bin/env bash
# From the callback to the province: how soon (T5), how many a second from a backlog (T6), and with SM2 (T7). The simulated province
# runs on the same cores. SQLite store; each delivery's state is on disk before and after its POST. With --peers, pg-boss does T5 and T6 too.
#   bash integration/bench/push.sh [--quick] [--peers]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$root/integration/bench/peers/peers.sh"
seconds=20 backlog=10000 rounds=3 parallel=16 with_peers=
for option in "$@"; do
  case $option in
    --quick) seconds=5 backlog=3000 rounds=1 ;;
    --peers) with_peers=yes ;;
    *) echo "unknown: $option" >&2; exit 2 ;;
  esac
done
build haochaping province_sim bench_push bench_bare_push bench_bare_soon bench_bare_sm2 bench_sm2_cipher
programs=$build/integration/bench
ini=$work/instance/haochaping.ini
[ -z "$with_peers" ] || peers_ready postgres || with_peers=

# settings PROFILE: an instance that pushes to $port
settings() {
  with_province "$1" "$parallel"
  echo "province.platform_public_key_file=$work/sm2/platform.public.hex" "province.client_private_key_file=$work/sm2/client.private.hex"
}
push() { "$programs/bench_push" --module "$build/haochaping.so" --config "$ini" --directory "$work/instance" "$@"; }
provinces_rate() { sqlite3 "$1" 'select round((count(*) - 1) * 1e6 / (max(time_us) - min(time_us))) from service'; }
number() { sqlite3 "$1" "$2"; }
quantile() { awk -v q="$2" '{ a[NR] = $1 } END { printf "%.2f", a[int(NR * q + .5)] / 1000 }' "$1"; } # FILE Q: ms, of sorted us

word
"$build/integration/province_sim/province_sim" --generate-keys "$work/sm2" > /dev/null
cat > "$work/sm2.ini" << INI
[profile]
based_on = $root/config/province/shandong.ini
name = 压测
[traffic]
max_parallel = 64
per_second = 1000000
[modes]
unknown = 2
INI
plain=$root/config/province/plain.ini

heading "T5  callback -> province has it, 50 calls/s for $seconds s, one event and one subject each, no SM2"
start_province soon --no-sm2
instance "$work/instance" $(settings "$plain")
push --rate 50 --seconds "$seconds" --province "$work/soon.db" > /dev/null
stop_province
sqlite3 "$work/instance/store.db" "attach '$work/soon.db' as province" "select s.time_us - c.completed_at_us from province.service s
  join dossiers d on d.project_no = s.projectNo join evaluations e on e.dossier_id = d.id join cases c on c.id = e.case_id" | sort -n > "$work/delays"
p50=$(quantile "$work/delays" .5) p99=$(quantile "$work/delays" .99)
echo "  $(wc -l < "$work/delays") deliveries: p50 $p50 ms (target <= 1.5)   p90 $(quantile "$work/delays" .9) ms   p99 $p99 ms (target <= 6)   max $(quantile "$work/delays" 1) ms"

# delays_of FILE PROVINCE: of "number|us of the call" lines, the microseconds until the province had each; sorted
delays_of() { sqlite3 "$2" "create table sent (project_no, us integer)" ".import $1 sent" "select time_us - us from service join sent on project_no = projectNo" | sort -n; }
cp "$work/soon.db" "$work/accepted.db"
start_province bare-soon --no-sm2
"$programs/bench_bare_soon" "$port" 50 "$work" "$work/instance/store.db" "$work/accepted.db" > "$work/bare.sent"
stop_province
delays_of "$work/bare.sent" "$work/bare-soon.db" > "$work/bare.delays"
bare50=$(quantile "$work/bare.delays" .5) bare99=$(quantile "$work/bare.delays" .99)
echo "  bare program, two synced inserts and the same POST: p50 $bare50 ms   p99 $bare99 ms   module / bare: p50 $(ratio "$p50" "$bare50")   p99 $(ratio "$p99" "$bare99")"

peer_delays() { # NAME WORDS [told]
  local name=$1 words=$2 peer50 peer99; shift 2
  pg_boss "$name" "$work/soon.db" 50 "$@"
  delays_of "$work/$name.sent" "$work/$name.db" > "$work/$name.delays"
  peer50=$(quantile "$work/$name.delays" .5) peer99=$(quantile "$work/$name.delays" .99)
  echo "  $words: $(wc -l < "$work/$name.delays") deliveries: p50 $peer50 ms   p99 $peer99 ms   module / pg-boss: p50 $(ratio "$p50" "$peer50")   p99 $(ratio "$p99" "$peer99")"
}
if [ -n "$with_peers" ]; then
  heading "T5p the same records by pg-boss on PostgreSQL: send() -> province has it, 50 a second for $seconds s"
  peer_delays polled "workers that poll every 0.1 s"
  peer_delays told "workers that send() wakes, in one process" told
fi

# The backlog is laid up once, while the bridge is off; every run starts from a copy of it.
instance "$work/instance" "province.enabled=off"
push --backlog "$backlog" > /dev/null
sqlite3 "$work/instance/store.db" 'pragma wal_checkpoint(truncate)' > /dev/null
mkdir "$work/laid-up"
cp -r "$work/instance/data" "$work/instance/store.db" "$work/laid-up/"
refill() {
  rm -rf "$work/instance/data" "$work/instance"/store.db*
  cp -r "$work/laid-up/data" "$work/laid-up/store.db" "$work/instance/"
}
deliver() { # NAME PROFILE: leaves the rate and the CPU seconds in NAME.rates
  configure "$work/instance" $(settings "$2")
  local cpu
  cpu=$(push --deliver "$backlog" --province "$work/$1.db" | awk '{ print $2 }')
  echo "$(provinces_rate "$work/$1.db") $cpu" >> "$work/$1.rates"
  local lost
  lost=$(number "$work/instance/store.db" 'select count(*) from deliveries where state <> 3')
  [ "$lost" -le $((2 * parallel)) ] || echo "  ! $lost deliveries are not marked delivered"
}

heading "T6  a backlog of $backlog deliveries, one POST each on $parallel connections, no SM2; medians of $rounds"
for _ in $(seq "$rounds"); do
  refill
  start_province plain --no-sm2
  deliver plain "$plain"
  stop_province
  cp "$work/plain.db" "$work/sample.db"
  refill
  start_province bare --no-sm2
  "$programs/bench_bare_push" "$port" "$parallel" "$work/instance/store.db" "$work/sample.db" >> "$work/bare.rates"
  stop_province
  [ -n "$with_peers" ] || continue
  pg_boss peer "$work/sample.db"
  provinces_rate "$work/peer.db" >> "$work/peer.rates"
done
ours=$(cut -d' ' -f1 "$work/plain.rates" | median) bare=$(median < "$work/bare.rates")
cpu=$(awk -v n="$backlog" '{ print 1000 * $2 / n }' "$work/plain.rates" | median)
echo "  module $ours /s   bare program, same POSTs and rows, $bare /s   ratio $(ratio "$ours" "$bare") (target >= 0.6)   module's CPU $cpu ms each"
if [ -n "$with_peers" ]; then
  peer=$(median < "$work/peer.rates")
  heading "T6p the same records by pg-boss on PostgreSQL, one POST each on $parallel connections, in the same rounds"
  echo "  pg-boss $peer /s   module / pg-boss $(ratio "$ours" "$peer") (target > 1)"
fi

heading "T7  the same with SM2, sign and record of each message encrypted; medians of $rounds"
record=$(sqlite3 -json "$work/sample.db" 'select * from service limit 1' |
  python3 -c 'import json,sys; r=json.load(sys.stdin)[0]; print(len(json.dumps([{k:v for k,v in r.items() if v is not None and k not in ("id","time","time_us","serviceNumber")}],ensure_ascii=False,separators=(",",":")).encode()))')
for _ in $(seq "$rounds"); do
  "$programs/bench_bare_sm2" "$(nproc)" 3 33 "$record" >> "$work/sm2.rates"
  "$programs/bench_sm2_cipher" "$(nproc)" 3 33 "$record" >> "$work/sm2-own.rates"
  refill
  start_province sealed --sm2-private "$work/sm2/platform.private.hex" --client-public "$(cat "$work/sm2/client.public.hex")"
  deliver sealed "$work/sm2.ini"
  stop_province
done
ours=$(cut -d' ' -f1 "$work/sealed.rates" | median)
cpu=$(awk -v n="$backlog" '{ print 1000 * $2 / n }' "$work/sealed.rates" | median)
bare=$(cut -d' ' -f1 "$work/sm2.rates" | median) bare_cpu=$(cut -d' ' -f2 "$work/sm2.rates" | median)
own=$(cut -d' ' -f1 "$work/sm2-own.rates" | median) own_cpu=$(cut -d' ' -f2 "$work/sm2-own.rates" | median)
echo "  module $ours /s beside the province that decrypts them on the same cores; its CPU $cpu ms each"
echo "  bare OpenSSL, $(nproc) threads alone, 33 + $record bytes a message: $bare /s, $bare_cpu ms each"
echo "  the module's own encryption alone, the same way: $own /s, $own_cpu ms each, $(ratio "$bare_cpu" "$own_cpu") x OpenSSL; its share of the module's CPU $(ratio "$own_cpu" "$cpu")"
echo "  ratio of the processor time given (bare ms / module's ms): $(ratio "$bare_cpu" "$cpu") (target >= 0.8)   of the rates, the province included: $(ratio "$ours" "$bare")"
