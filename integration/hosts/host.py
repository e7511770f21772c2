#!/usr/bin/env python3
"""A host in Python, on ctypes alone: one completion, its link, its rating.

    host.py MODULE INI

The names are those of plugin/abi/haochaping.h, which says what they mean.
"""
import ctypes as c
import json
import sys
import time

OK, LINE_GOVERNMENT, SUBJECT_LEGAL, ROLE_BIDDER, CHANNEL_ONLINE = 0, 1, 2, 3, 1


class Text(c.Structure):
    _fields_ = [("data", c.c_void_p), ("size", c.c_uint32)]

    def __str__(self):
        return c.string_at(self.data, self.size).decode("utf-8") if self.size else ""


Emit = c.CFUNCTYPE(None, c.c_void_p, Text)


class Subject(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("type", c.c_int32), ("role", c.c_int32), ("reserved", c.c_uint32),
                ("certificate_no", Text), ("certificate_kind", Text), ("name", Text), ("mobile", Text),
                ("agent_name", Text), ("agent_no", Text)]


class Completion(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("line", c.c_int32), ("host_id", Text), ("case_no", Text),
                ("completion_no", Text), ("project_no", Text), ("node", Text), ("completed_at_us", c.c_int64),
                ("accepted_at_us", c.c_int64), ("promised_at_us", c.c_int64), ("project_name", Text),
                ("section", Text), ("item_code", Text), ("department_id", Text), ("department_name", Text),
                ("channel", c.c_int32), ("bids_secret", c.c_int32), ("subjects", c.POINTER(Subject)),
                ("subject_count", c.c_size_t), ("handlers", c.c_void_p), ("handler_count", c.c_size_t)]


class Result(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("status", c.c_int32), ("field", c.c_char * 48),
                ("reason", c.c_char * 176)]


class Rating(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("level", c.c_int32), ("host_id", Text), ("case_no", Text),
                ("completion_no", Text), ("subject_type", c.c_int32), ("reserved", c.c_int32),
                ("certificate_no", Text), ("tags", Text), ("text", Text), ("request_key", Text),
                ("received_at_us", c.c_int64)]


class Plugin(c.Structure):
    pass


def function(*arguments):
    return c.CFUNCTYPE(c.c_int32, c.POINTER(Plugin), *arguments)


events = function(c.c_void_p, c.c_size_t, c.POINTER(Result))
Plugin._fields_ = [("struct_size", c.c_uint32), ("abi_major", c.c_uint32), ("abi_minor", c.c_uint32),
                   ("reserved", c.c_uint32), ("self", c.c_void_p), ("start", function()),
                   ("stop", function(c.c_uint32)), ("destroy", function()), ("reload", function()),
                   ("completed", events), ("withdrawn", events), ("bids_opened", events), ("visit", events),
                   ("evaluation_link", function(c.POINTER(Completion), c.POINTER(Subject), Emit, c.c_void_p)),
                   ("health", function(Emit, c.c_void_p)),
                   ("pending_for", function(c.c_int32, Text, Text, c.c_uint32, Emit, c.c_void_p)),
                   ("rate", function(c.POINTER(Rating), c.c_uint32, Emit, c.c_void_p))]


class Host(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("abi_major", c.c_uint32), ("abi_minor", c.c_uint32),
                ("reserved", c.c_uint32), ("self", c.c_void_p),
                ("log", c.CFUNCTYPE(None, c.c_void_p, c.c_int32, Text)),
                ("extension", c.CFUNCTYPE(c.c_void_p, c.c_void_p, c.c_char_p))]


borrowed = []  # what the module may still read: pointers are borrowed until the call returns


def text(value):
    encoded = value.encode("utf-8")
    borrowed.append(c.create_string_buffer(encoded, len(encoded) or 1))
    return Text(c.addressof(borrowed[-1]), len(encoded))


def sized(value):
    value.struct_size = c.sizeof(value)
    return value


class Answer:
    """Receives what a call emits. It is called during the call, on this thread."""

    def __init__(self):
        self.text = ""
        self.emit = Emit(self.take)

    def take(self, _, given):
        self.text = str(given)


def must(what, status):
    if status != OK:
        sys.exit(f"{what}: status {status}")


def main(module, ini):
    log = Host._fields_[5][1](lambda _, level, line: print(level, line, file=sys.stderr))
    none = Host._fields_[6][1](lambda _, name: None)  # a host without extensions
    host = sized(Host(abi_major=1, log=log, extension=none))
    create = c.CDLL(module).hcp_plugin_create
    create.restype, create.argtypes = c.POINTER(Plugin), [c.POINTER(Host), Text]
    plugin = create(c.byref(host), text(ini))
    if not plugin:
        sys.exit("refused; the log says why")
    table = plugin.contents
    must("start", table.start(plugin))

    subject = sized(Subject(type=SUBJECT_LEGAL, role=ROLE_BIDDER, certificate_no=text("91370000PYTHON001X"),
                            name=text("示例投标人")))
    done = sized(Completion(line=LINE_GOVERNMENT, host_id=text("python"), case_no=text("C-1"),
                            completion_no=text("1"), project_no=text("P-1"), node=text("项目登记"),
                            completed_at_us=time.time_ns() // 1000, item_code=text("ZC-01"), channel=CHANNEL_ONLINE,
                            subjects=c.pointer(subject), subject_count=1))
    result = sized(Result())
    must("completed", table.completed(plugin, c.byref(done), 1, c.byref(result)))

    link = Answer()
    must("evaluation_link", table.evaluation_link(plugin, c.byref(done), c.byref(subject), link.emit, None))
    print("link", len(link.text) > 0)

    pending = []
    until = time.monotonic() + 30
    while not pending and time.monotonic() < until:  # the event is on its way from the journal to the store
        answer = Answer()
        must("pending_for", table.pending_for(plugin, SUBJECT_LEGAL, subject.certificate_no, Text(), 5000, answer.emit,
                                              None))
        pending = json.loads(answer.text)["evaluations"]
    print("pending", [one["case_no"] for one in pending])

    rating = sized(Rating(level=4, host_id=done.host_id, case_no=done.case_no, completion_no=done.completion_no,
                          subject_type=SUBJECT_LEGAL, certificate_no=subject.certificate_no,
                          request_key=text("python-1")))
    receipt = Answer()
    must("rate", table.rate(plugin, c.byref(rating), 10000, receipt.emit, None))
    print("receipt", sorted(json.loads(receipt.text)))

    health = Answer()
    must("health", table.health(plugin, health.emit, None))
    print("state", json.loads(health.text)["state"])
    must("stop", table.stop(plugin, 10000))
    must("destroy", table.destroy(plugin))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
