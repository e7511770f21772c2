#!/usr/bin/env python3
"""Holds connections to a TLS port and wants nothing: from 127.0.0.1 to 127.0.0.4, as many of each kind as it is told to.

  crowd.py PORT HALF_OPEN IDLE SLOW

half open: TCP alone. idle: after the handshake. slow: a request whose body comes a byte a second. Whatever is closed on it
comes again. At the end of its input it prints what became of it, as one line of JSON.
"""
import errno
import json
import resource
import secrets
import selectors
import socket
import ssl
import sys
import time

addresses = [f"127.0.0.{n}" for n in range(1, 5)]
opened_per_second = 500
comes_again_after = 2.0
kinds = ("half_open", "idle", "slow")


class Connection:
    def __init__(self, kind: str, address: str) -> None:
        self.kind, self.address = kind, address
        self.socket: socket.socket | None = None
        self.is_up = False  # past the handshake, where there is one
        self.due = 0.0


def main() -> None:
    port, *counts = (int(text) for text in sys.argv[1:])
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    selector = selectors.DefaultSelector()
    selector.register(sys.stdin, selectors.EVENT_READ)
    waiting = [Connection(kind, addresses[i % len(addresses)])
               for kind, count in zip(kinds, counts) for i in range(count)]
    secrets.SystemRandom().shuffle(waiting)
    dripping: list[Connection] = []
    opened = dict.fromkeys(kinds, 0)
    closed = dict.fromkeys(kinds, 0)
    held = dict.fromkeys(kinds, 0)
    most_held = dict.fromkeys(kinds, 0)

    def end(one: Connection) -> None:
        selector.unregister(one.socket)
        one.socket.close()
        one.socket, one.is_up = None, False
        held[one.kind] -= 1
        closed[one.kind] += 1
        one.due = time.monotonic() + comes_again_after
        waiting.append(one)

    def begin(one: Connection) -> None:
        plain = socket.socket()
        plain.setblocking(False)
        plain.bind((one.address, 0))
        if (fault := plain.connect_ex(("127.0.0.1", port))) not in (0, errno.EINPROGRESS):
            raise OSError(fault, "connect")
        one.socket = plain
        selector.register(plain, selectors.EVENT_WRITE, one)
        opened[one.kind] += 1
        held[one.kind] += 1
        most_held[one.kind] = max(most_held[one.kind], held[one.kind])

    def go_on(one: Connection) -> None:
        if one.kind == "half_open" or one.is_up:
            selector.modify(one.socket, selectors.EVENT_READ, one)
            if one.socket.recv(4096) == b"":
                raise ConnectionError
            return
        if not isinstance(one.socket, ssl.SSLSocket):
            if one.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise ConnectionError
            selector.unregister(one.socket)
            one.socket = context.wrap_socket(one.socket, do_handshake_on_connect=False, server_hostname="localhost")
            selector.register(one.socket, selectors.EVENT_READ, one)
        one.socket.do_handshake()
        one.is_up = True
        if one.kind == "slow":
            path = "/e/" + secrets.token_urlsafe(16)
            one.socket.send((f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                             "Content-Length: 60000\r\n\r\n").encode())
            dripping.append(one)

    began = drips_at = time.monotonic()
    allowed = 0.0
    while True:
        now = time.monotonic()
        allowed = min(allowed + (now - began) * opened_per_second, opened_per_second)
        began = now
        while allowed >= 1 and waiting and waiting[0].due <= now:
            allowed -= 1
            begin(waiting.pop(0))
        if now >= drips_at:
            drips_at = now + 1
            dripping = [one for one in dripping if one.is_up]
            for one in dripping:
                try:
                    one.socket.send(b"x")
                except (OSError, ssl.SSLError):
                    end(one)
        for key, _ in selector.select(0.02):
            if key.data is None:
                if sys.stdin.buffer.read1(1) == b"":
                    print(json.dumps({"opened": opened, "closed_on_it": closed, "most_held_at_once": most_held}))
                    return
                continue
            try:
                go_on(key.data)
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
                pass
            except (OSError, ssl.SSLError):
                end(key.data)


main()
