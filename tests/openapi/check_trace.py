#!/usr/bin/python3
"""Holds recorded Jira traffic against Atlassian's descriptions of its APIs.

    check_trace.py TRACE...             traces of the stand-in Jira (jira_sim --trace FILE)
    check_trace.py --samples DIRECTORY  single recorded exchanges, one JSON file each
    check_trace.py --dc TRACE...        traces of a stand-in Data Center

Every request (path, query, content type, body, rich text) and every answer (status, content type, body) is
checked. What is known to contradict the description stands in exceptions.json, each row with its reason.
Exit status: 0 all as described, 1 deviations, 2 nothing could be checked.
"""
import argparse
import json
import sys
from pathlib import Path

from conformance import Checker, Exceptions
from description import Description
from repairs import load as load_repairs, mended
from trace import BadTrace, read_samples, read_trace

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data" / "jira"
# Through the gateway a site's API stands below its cloud id; on the site itself it stands at the root.
GATEWAY = r"(/ex/jira/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?"
# A Data Center may stand below a context path.
CONTEXT = r"(/[^/]+)?/rest"
# Pages and controls of the stand-in that no Jira has: people and tests use them, the plugin never does.
STAND_IN_ONLY = ("/_sim/",)
# Jira's own servlets and its administration of webhooks, which no description covers.
UNDESCRIBED = ("/plugins/servlet/", "/rest/webhooks/1.0/", "/rest/jira-webhook/1.0/")


def load_data_center_checker():
    document = mended(json.loads((DATA / "jira-dc-10.3.json").read_text()), load_repairs(HERE / "repairs-dc.json"))
    return Checker([Description(document, CONTEXT)], Exceptions(HERE / "exceptions-dc.json"))


def load_checker(exceptions=HERE / "exceptions.json"):
    descriptions = [Description(DATA / "jira-cloud-v3.json", GATEWAY), Description(DATA / "oauth-3lo.json")]
    document_schema = json.loads((DATA / "adf-schema-full.json").read_text())
    return Checker(descriptions, Exceptions(exceptions), document_schema)


def check_all(checker, exchanges):
    for exchange in exchanges:
        if not exchange.path.startswith(STAND_IN_ONLY) and not any(part in exchange.path for part in UNDESCRIBED):
            checker.check(exchange)


def report(checker, sources):
    """Prints the outcome and returns the exit status."""
    for deviation in checker.deviations:
        print(deviation)
    total = sum(checker.counts.values())
    print(f"\n{total} exchanges of {len(checker.counts)} operations in {', '.join(sources)}:")
    for name, count in sorted(checker.counts.items()):
        print(f"  {count:6}  {name}")
    for row, used in zip(checker.exceptions.rows, checker.exceptions.used):
        if used:
            print(f"  {used:6}  allowed by exception: {row['reason']}")
    if checker.deviations:
        print(f"{len(checker.deviations)} deviations. Mend the sender, or, where Jira itself contradicts its "
              f"description, add a row with the reason to {HERE.name}/{checker.exceptions.name}.")
        return 1
    if total == 0:
        print("No exchange belongs to an operation of Jira, so nothing was checked.")
        return 2
    print("All as described.")
    return 0


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("traces", nargs="*", metavar="TRACE", help="trace file, one JSON object per line")
    parser.add_argument("--samples", metavar="DIRECTORY", help="directory of single exchanges")
    parser.add_argument("--dc", action="store_true", help="the traces are of a Data Center")
    options = parser.parse_args(arguments)
    if not options.traces and not options.samples:
        parser.error("give at least one trace, or --samples DIRECTORY")
    checker = load_data_center_checker() if options.dc else load_checker()
    try:
        for path in options.traces:
            check_all(checker, read_trace(path))
        if options.samples:
            check_all(checker, read_samples(options.samples))
    except (BadTrace, OSError) as error:
        print(f"check_trace: {error}", file=sys.stderr)
        return 2
    return report(checker, [Path(p).name for p in options.traces] + ([options.samples] if options.samples else []))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
