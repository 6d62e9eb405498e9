#!/usr/bin/env python3
"""Builds a program without each of the protections in turn: the check must miss exactly that one.

test_check_hardening.py <C compiler>"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

COMPILER = sys.argv.pop(1)
CHECK = Path(__file__).with_name("check_hardening.py")

# A text that can be fortified, an array to guard, and a frame larger than a page.
PROGRAM = r"""
#include <stdio.h>
#include <string.h>
int main(int argc, char** argv) {
    char small[16];
    char large[20000];
    snprintf(small, sizeof small, "%s of %d", argv[0], argc);
    memset(large, small[0], sizeof large);
    return fwrite(large, 1, sizeof large, stdout) == 0;
}
"""
GOOD = {
    "protector": "-fstack-protector-strong",
    "fortify": "-D_FORTIFY_SOURCE=2",
    "clash": "-fstack-clash-protection",
    "cf": "-fcf-protection=full",
    "pie": "-fPIE -pie",
    "relro": "-Wl,-z,relro",
    "now": "-Wl,-z,now",
    "stack": "-Wl,-z,noexecstack",
    "rpath": "",
}
# protection: (flags without it, what the check says then)
WEAK = {
    "protector": ("-fno-stack-protector", "-fstack-protector-strong"),
    "fortify": ("-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE"),
    "clash": ("-fno-stack-clash-protection", "-fstack-clash-protection"),
    "cf": ("-fcf-protection=none", "-fcf-protection"),
    "pie": ("-fno-pie -no-pie", "-pie"),
    "relro": ("-Wl,-z,norelro", "-z relro"),
    "now": ("-Wl,-z,lazy", "-z now"),
    "stack": ("-Wl,-z,execstack", "-z noexecstack"),
    "rpath": ("-Wl,-rpath,/nowhere", "-rpath"),
}


class CheckHardening(unittest.TestCase):
    def complaints(self, flags):
        """What the check says of the program that these flags make."""
        with tempfile.TemporaryDirectory() as folder:
            source, program = Path(folder, "program.c"), Path(folder, "program")
            source.write_text(PROGRAM, encoding="utf-8")
            command = [COMPILER, "-O2", "-w", *" ".join(flags.values()).split(), str(source), "-o", str(program)]
            subprocess.run(command, check=True)
            done = subprocess.run([sys.executable, str(CHECK), str(program)], capture_output=True, text=True,
                                  check=False)
            said = done.stdout.splitlines()
            self.assertEqual(done.returncode, 1 if said else 0, done.stderr)
            return said

    def test_all_protections_are_seen(self):
        self.assertEqual(self.complaints(GOOD), [])

    def test_each_lack_is_seen(self):
        for name, (flags, said) in WEAK.items():
            with self.subTest(name):
                complaints = self.complaints({**GOOD, name: flags})
                self.assertEqual(len(complaints), 1, complaints)
                self.assertIn(said, complaints[0])


if __name__ == "__main__":
    unittest.main()
