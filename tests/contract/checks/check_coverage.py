#!/usr/bin/env python3
"""Checks that the layout table and the ABI surface leave nothing out:
check_coverage.py <include dir> <layout_table.h> <abi_surface.c>"""

import re
import sys
from pathlib import Path

import contract_headers as contract


def main():
    table = Path(sys.argv[2]).read_text(encoding="utf-8")
    surface = Path(sys.argv[3]).read_text(encoding="utf-8")
    offsets = set(re.findall(r"^OFFSET\((\w+), (\w+),", table, flags=re.M))
    sizes = set(re.findall(r"^SIZE\((\w+),", table, flags=re.M))
    problems = []
    for struct in contract.structs(sys.argv[1]):
        if struct.name not in sizes:
            problems.append(f"{struct.name} has no SIZE line in {sys.argv[2]}")
        if not re.search(rf"\b{struct.name}\b", surface):
            problems.append(f"{struct.name} is not in {sys.argv[3]}")
        for member in struct.members:
            if (struct.name, member.name) not in offsets:
                problems.append(f"{struct.name}.{member.name} has no OFFSET line in {sys.argv[2]}")
    for problem in problems:
        print(problem)
    print(f"{len(sizes)} structs, {len(offsets)} members, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
