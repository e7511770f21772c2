#!/usr/bin/env python3
"""No class does more than MOST things.

    public_operations.py ROOT

Every class and struct in a header of plugin/ or adapters/, as clang reads it. An operation is a public member function that is
neither constructor, destructor nor assignment; what only hands out a part (no parameters, a reference) composes and is not counted.
"""
import pathlib
import sys

import clang.cindex
from clang.cindex import AccessSpecifier, CursorKind, TypeKind

PARSE_SKIP_FUNCTION_BODIES = clang.cindex.TranslationUnit.PARSE_SKIP_FUNCTION_BODIES
MOST = 12
KINDS = (CursorKind.CLASS_DECL, CursorKind.STRUCT_DECL, CursorKind.CLASS_TEMPLATE)


def is_operation(member):
    if member.kind not in (CursorKind.CXX_METHOD, CursorKind.FUNCTION_TEMPLATE) or member.access_specifier != AccessSpecifier.PUBLIC:
        return False
    if member.spelling in ("operator=", ""):
        return False
    hands_out = member.result_type.kind == TypeKind.LVALUEREFERENCE and not list(member.get_arguments())
    return not hands_out


def classes_in(node, file):
    for child in node.get_children():
        if child.location.file and child.location.file.name != file:
            continue
        if child.kind in KINDS and child.is_definition():
            yield child
        if child.kind in KINDS or child.kind in (CursorKind.NAMESPACE, CursorKind.UNEXPOSED_DECL, CursorKind.LINKAGE_SPEC):
            yield from classes_in(child, file)


def main():
    root = pathlib.Path(sys.argv[1])
    index = clang.cindex.Index.create()
    read, too_many = 0, []
    for folder in ("plugin", "adapters"):
        for source in sorted((root / folder).rglob("*.hpp")):
            unit = index.parse(str(source), ["-x", "c++", "-std=c++20", f"-I{root}"], options=PARSE_SKIP_FUNCTION_BODIES)
            for one in classes_in(unit.cursor, str(source)):
                read += 1
                count = len({m.get_usr() for m in one.get_children() if is_operation(m)})
                if count > MOST:
                    too_many.append(f"{source.relative_to(root)}:{one.location.line}: {one.spelling} has {count} public operations")
    print(f"{read} classes read, {len(too_many)} with more than {MOST} public operations", *too_many, sep="\n")
    return 1 if too_many or read < 200 else 0


sys.exit(main())
