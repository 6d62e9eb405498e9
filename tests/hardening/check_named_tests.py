"""check_named_tests.py BUILD-DIRECTORY DOCUMENT  Whether every test that a document names exists.

A name is what stands between backquotes and begins with a prefix of our tests, such as `unit: ` or `fuzz: `.
"""

import re
import subprocess
import sys

PREFIXES = "unit|integration|contract|fuzz|oauth1|build|openapi|torture"


def comparable(name):
    return name.replace(": ", ":")


def main():
    build, document = sys.argv[1:]
    listing = subprocess.run(["ctest", "--test-dir", build, "--show-only"], check=True, capture_output=True, text=True)
    # ctest drops the blank behind a prefix that Catch's tests have.
    known = {comparable(name) for name in re.findall(r"^ +Test +#\d+: (.*)$", listing.stdout, re.MULTILINE)}
    with open(document, encoding="utf-8") as file:
        named = re.findall(rf"`((?:{PREFIXES}): [^`]+)`", file.read())
    missing = [name for name in named if comparable(name) not in known]
    for name in missing:
        print(f"There is no test '{name}'.")
    print(f"{document} names {len(named)} tests, {len(missing)} of them do not exist.")
    return 1 if missing or not named else 0


if __name__ == "__main__":
    sys.exit(main())
