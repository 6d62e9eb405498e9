#!/usr/bin/env python3
"""Writes a SARIF 2.1.0 report with many results, for measurements: the file is too large to keep.

    generate_large_report.py [--results N] [--seed N] [FILE]

The same arguments always give the same bytes. Without FILE the report goes to standard output.
"""
import argparse
import json
import random
import sys

LEVELS = ["error", "warning", "note"]
CALLS = ["strcpy", "sprintf", "system", "memcpy", "open", "rand"]


def rule(number):
    return {
        "id": f"GEN{number:03}",
        "name": f"GeneratedRule{number}",
        "shortDescription": {"text": f"Generated rule number {number}."},
        "fullDescription": {"text": f"Rule {number} stands for a check of a real scanner. " * 4},
        "help": {"text": "Check the size before the call. " * 20, "markdown": "Check the **size** before the call. " * 20},
        "helpUri": f"https://example.com/rules/{number}",
        "defaultConfiguration": {"level": LEVELS[number % 3]},
        "properties": {
            "tags": ["security", f"external/cwe/cwe-{20 + number:03}"],
            "security-severity": f"{number % 101 / 10:.1f}",
        },
    }


def result(number, rules, chance):
    index = chance.randrange(rules)
    call = chance.choice(CALLS)
    line = chance.randrange(1, 3000)
    uri = f"src/module{number % 97}/file%20{number % 1009}.c"
    region = {"startLine": line, "startColumn": 5, "endLine": line, "endColumn": 40}
    physical = {"artifactLocation": {"uri": uri, "uriBaseId": "SRCROOT"}, "region": region}
    return {
        "ruleId": f"GEN{index:03}",
        "ruleIndex": index,
        "level": chance.choice(LEVELS),
        "message": {"text": f"The value {{0}} reaches {call} unchecked.", "arguments": [f"input[{number}]"]},
        "locations": [{"physicalLocation": dict(physical, region=dict(region, snippet={"text": f"    {call}(buffer, input[{number}]);"}))}],
        "codeFlows": [{"threadFlows": [{"locations": [{"location": {"physicalLocation": physical}}] * 2}]}],
        "partialFingerprints": {"primaryLocationLineHash": f"{chance.getrandbits(64):016x}:1"},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", type=int, default=100000, help="how many results (default 100000)")
    parser.add_argument("--rules", type=int, default=200, help="how many rules they are of (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the random choices (default 1)")
    parser.add_argument("file", nargs="?", metavar="FILE", help="where to write (default: standard output)")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    out = open(options.file, "w", encoding="utf-8") if options.file else sys.stdout
    driver = {"name": "Report Generator", "version": "1.0.0", "rules": [rule(i) for i in range(options.rules)]}
    out.write('{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [\n')
    out.write('{"tool": ' + json.dumps({"driver": driver}, indent=1) + ', "results": [\n')
    for number in range(options.results):
        out.write((",\n" if number else "") + json.dumps(result(number, options.rules, chance), indent=1))
    out.write("\n]}]}\n")
    if options.file:
        out.close()


if __name__ == "__main__":
    main()
