#!/usr/bin/env python3
"""Compares the contract as it is with the one that was released.

check_abi.py <C compiler> <include dir> <abi_surface.c> <baseline.abi> <justified_changes.txt> [--write-baseline]

Any difference needs a line "aspm_type: why plugins in the field do not mind" in the justification file. That the
layout only grew is decided by the layout table; this check is there so that nothing changes unnoticed. Exit status
77: a tool is missing, or the baseline is for another machine."""

import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def dump(compiler, include, surface, folder):
    """Writes the ABI dump of the headers and returns its path."""
    library = Path(folder, "contract.so")
    built = run(compiler, "-std=c99", "-g", "-O0", "-shared", "-fPIC", f"-I{include}",
                f"-ffile-prefix-map={Path(surface).resolve().parent}=.", f"-ffile-prefix-map={include}=include",
                str(surface), "-o", str(library))
    if built.returncode != 0:
        sys.exit(f"The contract does not compile:\n{built.stderr}")
    target = Path(folder, "contract.abi")
    made = run("abidw", "--no-show-locs", "--no-corpus-path", "--no-comp-dir-path", "--out-file", str(target),
               str(library))
    if made.returncode != 0:
        sys.exit(f"abidw failed:\n{made.stderr}")
    target.write_text(re.sub(r" path='[^']*'", "", target.read_text(encoding="utf-8")), encoding="utf-8")
    return target


def changed_types(report):
    """Names of the types that the report speaks of."""
    names = set(re.findall(r"^'\w+ (\w+)[^']*' changed", report, flags=re.M))
    names.update(re.findall(r"surface_of_(\w+)", report))
    return names


def justified(file):
    lines = (line.split(":", 1) for line in Path(file).read_text(encoding="utf-8").splitlines()
             if line.strip() and not line.startswith("#"))
    return {name.strip() for name, why in lines if why.strip()}


def main():
    compiler, include, surface, baseline, justification = sys.argv[1:6]
    for tool in ("abidw", "abidiff", compiler):
        if shutil.which(tool) is None:
            print(f"skipped: {tool} is not installed (Debian: abigail-tools)")
            return SKIPPED
    if platform.machine() != "x86_64":
        print(f"skipped: the baseline describes x86_64, this is {platform.machine()}")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        current = dump(compiler, include, surface, folder)
        if "--write-baseline" in sys.argv:
            shutil.copyfile(current, baseline)
            return 0
        difference = run("abidiff", "--no-show-locs", "--leaf-changes-only", "--harmless", baseline, str(current))
    reasons = justified(justification)
    if difference.returncode == 0:
        for name in sorted(reasons):
            print(f"{justification} justifies a change of {name}, which has not changed: remove the line")
        return 1 if reasons else 0
    print(difference.stdout + difference.stderr)
    names = changed_types(difference.stdout)
    missing = names - reasons
    for name in sorted(missing):
        print(f"{name} has changed: say in {justification} why plugins in the field do not mind")
    return 0 if names and not missing else 1


if __name__ == "__main__":
    sys.exit(main())
