#!/usr/bin/env python3
"""Says which protections a program or library was built without.

check_hardening.py <ELF file>...

Reads what the linker and the compiler left in the file. Exit status 1: something is missing; 77: readelf is not installed."""

import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

SKIPPED = 77
# Of these every call becomes one to a twin that checks, __snprintf_chk and the like. Other functions keep their names
# where the compiler cannot tell the size, and std::to_string takes the address of vsnprintf.
PRINTS = {"printf", "fprintf", "sprintf", "snprintf"}
ENDBR64 = bytes.fromhex("f30f1efa")  # what -fcf-protection puts where an indirect call may arrive
STACK_PROBE = bytes.fromhex("48830c2400")  # orq $0, (%rsp): -fstack-clash-protection touches each new page


class Binary:
    """What readelf shows of a file."""

    def __init__(self, path):
        self.path = path
        shown = subprocess.run(["readelf", "--wide", "--file-header", "--program-headers", "--dynamic", path],
                               capture_output=True, text=True, check=True).stdout
        self.type = re.search(r"^\s*Type:\s*(\w+)", shown, re.M).group(1)
        self.segments = [line.split() for line in shown.splitlines() if re.match(r"\s+[A-Z_]+\s+0x", line)]
        self.dynamic = dict(re.findall(r"^ 0x\w+ \((\w+)\)\s+(.*)$", shown, re.M))
        self.symbols = [line.split() for line in self._symbols().splitlines() if re.match(r"\s+\d+: ", line)]

    def _symbols(self):
        return subprocess.run(["readelf", "--wide", "--syms", self.path], capture_output=True, text=True,
                              check=True).stdout

    def is_program(self):
        return any(segment[0] == "INTERP" for segment in self.segments)

    def flags(self, kind):
        """Of the segments of a kind, as "RW" or "RE"."""
        return ["".join(segment[6:-1]) for segment in self.segments if segment[0] == kind]

    def imports(self):
        return {symbol[7].split("@")[0] for symbol in self.symbols if len(symbol) > 7 and symbol[6] == "UND"}

    def code(self):
        """The bytes that can be executed."""
        content = Path(self.path).read_bytes()
        return b"".join(content[int(segment[1], 16):int(segment[1], 16) + int(segment[4], 16)]
                        for segment in self.segments if segment[0] == "LOAD" and "E" in segment[6:-1])

    def start_of(self, name):
        """The first bytes of a function, empty when it is not in the file."""
        address = next((int(symbol[1], 16) for symbol in self.symbols
                        if len(symbol) > 7 and symbol[7] == name and symbol[6] != "UND"), None)
        content = Path(self.path).read_bytes()
        for segment in self.segments:
            if address is not None and segment[0] == "LOAD":
                begin, size = int(segment[2], 16), int(segment[4], 16)
                if begin <= address < begin + size:
                    at = int(segment[1], 16) + address - begin
                    return content[at:at + len(ENDBR64)]
        return b""


def linked(binary):
    """What the linker has to do."""
    if binary.type != "DYN":
        yield "its addresses are fixed: it is not position independent (-pie)"
    if "GNU_RELRO" not in [segment[0] for segment in binary.segments]:
        yield "its relocations stay writable (-z relro)"
    if "NOW" not in binary.dynamic.get("FLAGS", "") + binary.dynamic.get("FLAGS_1", ""):
        yield "its functions are bound lazily, which keeps their table writable (-z now)"
    stack = binary.flags("GNU_STACK")
    if not stack or "E" in stack[0]:
        yield "its stack may be executed (-z noexecstack)"
    if any("W" in flags and "E" in flags for flags in binary.flags("LOAD")):
        yield "it has memory that is writable and executable"
    if "TEXTREL" in binary.dynamic:
        yield "its code is patched when it is loaded"
    if binary.dynamic.keys() & {"RPATH", "RUNPATH"}:
        yield "it looks for libraries in a directory of the machine that built it (-rpath)"


def compiled(binary):
    """What the compiler has to do."""
    imports = binary.imports()
    if "__stack_chk_fail" not in imports:
        yield "no function guards its return address (-fstack-protector-strong)"
    for name in sorted(imports & PRINTS):
        yield f"{name} is called without checks (-D_FORTIFY_SOURCE)"
    if platform.machine() != "x86_64":
        return
    if STACK_PROBE not in binary.code():
        yield "no large stack frame is probed (-fstack-clash-protection)"
    entry = "main" if binary.is_program() else "aspm_plugin_query_v1"
    if binary.start_of(entry) != ENDBR64:
        yield f"{entry} does not begin with a landing mark for indirect calls (-fcf-protection)"


def main():
    files = sys.argv[1:]
    if not files:
        sys.exit(__doc__)
    if shutil.which("readelf") is None:
        print("skipped: readelf is not installed (Debian: binutils)")
        return SKIPPED
    is_good = True
    for file in files:
        binary = Binary(file)
        for lack in [*linked(binary), *compiled(binary)]:
            print(f"{file}: {lack}")
            is_good = False
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
