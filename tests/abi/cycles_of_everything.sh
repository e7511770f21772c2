#!/usr/bin/env bash
# The cycles again with all that may be switched on: pages, operations, and the bridge, whose province nobody serves.
#   cycles_of_everything.sh INSTANCE_SCRIPT TRADING_HOST MODULE GROWTH_KIB
set -euo pipefail
make=$1 host=$2 module=$3 growth=$4
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '[profile]\nbased_on = %s\nname = 测试\n[crypto]\nsm2 = off\n' "$(cd "$here/../../config/province" && pwd)/shandong.ini" > "$work/profile.ini"
(umask 077; printf 'TestWord-0001' > "$work/word")
"$make" "$work" web.public_listen=127.0.0.1:0 web.public_base_url=http://localhost:0 web.tls=off web.centre_name=示例中心 \
  web.help_phone=0531-00000000 operations.listen=127.0.0.1:0 province.enabled=on "province.profile=$work/profile.ini" \
  province.base_url=http://127.0.0.1:1 province.app_mark=SDGGZY "province.app_word_file=$work/word"
"$here/cycles.sh" "$host" "$module" "$work/haochaping.ini" "$work" "$growth" || { tail -n 40 "$work/host.log"; exit 1; }
grep -q '评价网页已启动' "$work/host.log" && grep -q '运维接口已启动' "$work/host.log" || { echo "not everything was on"; exit 1; }
