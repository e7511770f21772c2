#!/usr/bin/env python3
"""The ten slowest units and the ten slowest tests of a run of tests/all.sh.

    slowest.py BUILD SINCE

BUILD is the folder of all builds, SINCE when the run began (seconds since 1970): what is older was not part of it. Units come from
ninja's logs, tests from what ctest wrote (the presets say where). Seconds are the wall's, so they grow with what else the machine does.
"""
import pathlib
import sys
import xml.etree.ElementTree

build, since = pathlib.Path(sys.argv[1]), float(sys.argv[2])

units = []
for log in build.glob("*/.ninja_log"):
    for line in log.read_text().splitlines()[1:]:
        start_ms, end_ms, made_ns, output, _ = line.split("\t")
        if output.endswith((".o", ".gch")) and int(made_ns) >= since * 1e9:
            units.append(((int(end_ms) - int(start_ms)) / 1000, f"{log.parent.name}  {output}"))

tests = []
for report in build.glob("tests-*.xml"):
    if report.stat().st_mtime >= since:
        preset = report.stem.removeprefix("tests-")
        for test in xml.etree.ElementTree.parse(report).iter("testcase"):
            tests.append((float(test.get("time")), f"{preset}  {test.get('name')}"))

for what, timed in ("units", units), ("tests", tests):
    print(f"slowest of {len(timed)} {what}, seconds:")
    for seconds, name in sorted(timed, reverse=True)[:10]:
        print(f"{seconds:8.1f}  {name}")
