#!/usr/bin/env python3
"""The tests of the store on every back-end, as a table.

    backends.py BUILD           runs them first, by ctest
    backends.py BUILD SINCE     shows a run that is over: what is older than SINCE (seconds since 1970) was not part of it

BUILD is the folder of one build. Rows are the clauses of the store's contract and the suites for servers. It ends with 1 if a test
failed or told nothing of a row that it has.
"""
import pathlib
import subprocess
import sys

H2, GRAMMARS = "H2", "grammars"
# Column, the program that tells (its results lie where it ran), the test case whose sections are the clauses.
COLUMNS = [
    ("memory", "memory/test_memory", "the store in memory keeps the contract of the store"),
    ("SQLite", "store/test_store", "SQLite keeps the contract of the store"),
    ("portable", "store/test_store", "the statements that are written once for all keep it as well"),
    ("MariaDB", "store/test_store_mysql", "a server keeps the contract of the store"),
    ("ODBC", "store/test_store_oracle", "a server keeps the contract of the store"),
    (H2, "store/judge_h2", "H2 finds what was found"),
    (GRAMMARS, "store/judge_grammars", ""),
    ("MySQL 8", "store/test_store_mysql_real", "a server keeps the contract of the store"),
    ("Oracle", "store/test_store_oracle_real", "a server keeps the contract of the store"),
]
LEGEND = """portable: SQLite with the texts that are written once for all. ODBC: Oracle's texts on MariaDB in Oracle mode, over ODBC.
H2: Oracle's texts on H2 in Oracle mode, which must find what SQLite found. grammars: of PL/SQL and MySQL 8.
not asked: it needs a server of the tests' own."""
NEVER = {
    "MySQL 8": "skipped: never run on a real MySQL 8 (HCP_TEST_MYSQL is not set)",
    "Oracle": "skipped: never run on a real Oracle (HCP_TEST_ORACLE is not set)",
    GRAMMARS: "skipped: the grammars are not installed (bash tests/packages.sh)",
}
# Whose suites run on a real one, but for what needs a server of the tests' own.
STAND_IN = {"MySQL 8": 3, "Oracle": 4}
# Of test_store only what is asked of each engine.
SHARED = "the columns of every query are what the product reads them as"


def results(build, program, since):
    """{(case, section): passed}, or None where the program has not run."""
    file = build / "tests" / f"{program}.results.tsv"
    if not file.exists() or file.stat().st_mtime < since:
        return None
    lines = [line.split("\t") for line in file.read_text().splitlines()]
    return {(case, section): result == "passed" for case, section, result in lines}


def main():
    build, since = pathlib.Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0
    if not since:
        tests = "|".join(["recorded_statements"] + [program.split("/")[1] for _, program, _ in COLUMNS])
        subprocess.run(["ctest", "--test-dir", build, "-R", f"^({tests})$", "--output-on-failure"], check=False)
        print()

    told = [results(build, program, since) for _, program, _ in COLUMNS]
    clauses, suites = [], []
    for (_, program, contract), found in zip(COLUMNS, told):
        for case, section in found or {}:
            if case == contract and section and section not in clauses:
                clauses.append(section)
            elif section == "" and (program not in ("memory/test_memory", "store/test_store") or case == SHARED) and case not in suites:
                suites.append(case)
    suites = [case for case in suites if case not in [contract for _, _, contract in COLUMNS]]

    bad = 0

    def cell(column, found, row, is_clause):
        nonlocal bad
        name, _, contract = column
        if found is None:
            if name in STAND_IN:
                return "skipped" if is_clause or (row, "") in (told[STAND_IN[name]] or {}) else ""
            if name in NEVER:
                return "" if is_clause else "skipped"
            bad += 1
            return "NOT RUN"
        passed = found.get((contract, row) if is_clause else (row, ""))
        if passed is None and name in STAND_IN and not is_clause:
            return "not asked" if (row, "") in (told[STAND_IN[name]] or {}) else ""
        if passed is None:
            missing = is_clause and name != GRAMMARS
            bad += missing
            return "MISSING" if missing else ""
        bad += not passed
        return "passed" if passed else "FAILED"

    wide = max([len(row) for row in clauses + suites] + [20])
    print("tests of the store".ljust(wide) + "".join(f"  {name:9}" for name, _, _ in COLUMNS))
    for is_clause, rows in (True, clauses), (False, suites):
        for row in rows:
            print(row.removeprefix("Scenario: ").ljust(wide) + "".join(f"  {cell(column, found, row, is_clause):9}" for column, found in zip(COLUMNS, told)).rstrip())
        print()
    print(LEGEND)
    for (name, _, _), found in zip(COLUMNS, told):
        if found is None and name in NEVER:
            print(f"{name}: {NEVER[name]}")
    return 1 if bad or not clauses else 0


if __name__ == "__main__":
    sys.exit(main())
