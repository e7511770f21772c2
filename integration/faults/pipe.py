#!/usr/bin/env python3
"""Passes on what comes to one socket to another, both ways: the way between a host and its database.

  pipe.py LISTEN TO

Stopped with SIGSTOP it is a network that swallows everything; after SIGCONT what was under way arrives late.
"""
import asyncio
import sys


async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass  # one side is gone; so is the other now
    finally:
        writer.close()


async def main() -> None:
    listen, to = sys.argv[1:]

    async def passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_unix_connection(to)
        except OSError:
            writer.close()
            return
        await asyncio.gather(forward(reader, there[1]), forward(there[0], writer))

    server = await asyncio.start_unix_server(passed_on, listen)
    await server.serve_forever()


asyncio.run(main())
