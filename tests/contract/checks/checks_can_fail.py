#!/usr/bin/env python3
"""Spoils a copy of the headers in one way at a time and sees the check fail that is there for it.

checks_can_fail.py <C compiler> <tests/contract> <include dir>"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

COMPILER, HERE, INCLUDE = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
SURFACE, TABLE = HERE / "abi_surface.c", HERE / "layout_table.h"


def python(script, *arguments):
    return [sys.executable, str(HERE / "checks" / script), *map(str, arguments)]


def docs(include):
    return python("check_docs.py", include)


def coverage(include):
    return python("check_coverage.py", include, TABLE, SURFACE)


def layout(include):
    return [COMPILER, "-std=c11", "-fsyntax-only", f"-I{include}", str(HERE / "layout_c.c")]


def abi(include):
    return python("check_abi.py", COMPILER, include, SURFACE, HERE / "abi/contract-1.0.abi",
                  HERE / "abi/justified_changes.txt")


CLOCK = "service/clock.h"
NOW = "int64_t (*now_ms)(const struct aspm_clock* clock);"
SPOILERS = [
    ("a function without a thread tag", CLOCK, "00:00:00Z. [any] */", "00:00:00Z. */", docs, "aspm_clock.now_ms"),
    ("a function with two tags", CLOCK, "[any] */", "[any] [worker] */", docs, "2 thread tags"),
    ("a long in a table", CLOCK, "int64_t (*now_ms)", "long (*now_ms)", docs, "long must not cross"),
    ("a table without its size", CLOCK, "    uint32_t struct_size;\n", "", docs, "must begin with struct_size"),
    ("a handle without an owner", "types.h", "/* owner: plugin, from", "/* from", docs, "aspm_instance must say"),
    ("a member that the layout table does not know", CLOCK, NOW, NOW + " int64_t (*later)(void);", coverage,
     "aspm_clock.later has no OFFSET line"),
    ("a member put in the middle", "finding.h", "    aspm_str title;", "    aspm_str subtitle;\n    aspm_str title;",
     layout, "aspm_finding.title has moved"),
    ("a member of another size", "finding.h", "    int64_t line;", "    int32_t line;", abi, "aspm_finding has changed"),
    ("a member put at the end", CLOCK, NOW, NOW + " int64_t (*later)(void);", layout, "no longer 24 bytes"),
    ("a parameter of another type", "service/log.h", "const aspm_log_field* fields, size_t", "const aspm_str* fields, size_t",
     abi, "aspm_log has changed"),
]


def main():
    failures = 0
    for what, header, old, new, check, complaint in SPOILERS:
        with tempfile.TemporaryDirectory() as folder:
            include = Path(folder, "include")
            shutil.copytree(INCLUDE, include)
            file = include / "aspm" / header
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(old, new, 1), encoding="utf-8")
            result = subprocess.run(check(include), capture_output=True, text=True, check=False)
        if result.returncode == 77:
            print(f"skipped: {what}: {result.stdout.strip()}")
            continue
        output = result.stdout + result.stderr
        noticed = old in text and result.returncode != 0 and complaint in output
        print(f"{'noticed' if noticed else 'NOT NOTICED'}: {what}")
        if not noticed:
            print(output)
            failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
