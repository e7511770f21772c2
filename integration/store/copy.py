#!/usr/bin/env python3
"""Copies a MySQL database into an SQLite file, so that one set of questions judges every store.

  copy.py SOCKET DATABASE FILE

It is read by the server's own client in one snapshot; numbers, texts and byte strings stay what they are, nothing else of the schema
is kept.
"""
import json
import os
import sqlite3
import subprocess
import sys

BYTES = {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"}
NUMBERS = {"tinyint", "smallint", "mediumint", "int", "bigint", "decimal"}


def client(socket: str, database: str, sql: str) -> list[str]:
    done = subprocess.run(
        ["mariadb", "--no-defaults", f"--socket={socket}", "--default-character-set=utf8mb4", "-N", "-B", "--raw", database],
        input=sql, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return done.stdout.splitlines()


def kind_of(data_type: str) -> str:
    return "blob" if data_type in BYTES else "integer" if data_type in NUMBERS else "text"


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    socket, database, path = sys.argv[1:]
    tables: dict[str, list[tuple[str, str]]] = {}
    for line in client(socket, "information_schema",
                       "select table_name, column_name, data_type from columns "
                       f"where table_schema = '{database}' order by table_name, ordinal_position"):
        table, column, data_type = line.split("\t")
        tables.setdefault(table, []).append((column, kind_of(data_type)))

    sql = "set session transaction isolation level repeatable read; start transaction with consistent snapshot;"
    for table, columns in tables.items():
        values = ", ".join(f"hex(`{name}`)" if kind == "blob" else f"`{name}`" for name, kind in columns)
        sql += f"select json_array('{table}', {values}) from `{table}`;"

    fresh = path + ".new"
    if os.path.exists(fresh):
        os.remove(fresh)
    copy = sqlite3.connect(fresh)
    for table, columns in tables.items():
        copy.execute(f"create table {table} ({', '.join(f'{name} {kind}' for name, kind in columns)})")
    for line in client(socket, database, sql):
        table, *row = json.loads(line)
        columns = tables[table]
        copy.execute(f"insert into {table} values ({', '.join('?' * len(columns))})",
                     [bytes.fromhex(value) if kind == "blob" and value is not None else value
                      for value, (_, kind) in zip(row, columns)])
    copy.commit()
    copy.close()
    os.replace(fresh, path)


main()
