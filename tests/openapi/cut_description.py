#!/usr/bin/python3
"""Cuts Atlassian's descriptions of the Jira REST APIs down to the operations this product meets.

    cut_description.py FULL.json operations.txt > ../data/jira/jira-cloud-v3.json
    cut_description.py FULL.json operations-dc.txt > ../data/jira/jira-dc-10.3.json

FULL.json is the document behind "OpenAPI" on developer.atlassian.com/cloud/jira/platform/rest/v3, or on
developer.atlassian.com/server/jira/platform/rest for Data Center.
What stays: the listed operations with parameters, bodies, answers, examples and OAuth scopes, and every
schema they reach. What goes: prose, tags and vendor extensions, which nothing here reads.
"""
import json
import sys
from pathlib import Path

PROSE = {"description", "summary", "tags", "deprecated", "security", "title", "xml", "externalDocs"}
SCOPES = "x-atlassian-oauth2-scopes"
# Names inside these objects are data (a property may well be called "description"), never prose.
NAME_MAPS = {"properties", "schemas", "responses", "paths", "patternProperties"}
VERBATIM = {"example", "examples", "default", "enum"}


def read_operations(path):
    """The (METHOD, path) pairs of a list file; '#' starts a comment."""
    lines = (line.split("#")[0].split() for line in Path(path).read_text().splitlines())
    return [(method.lower(), where) for method, where in (line for line in lines if line)]


def without_prose(node, in_map=False):
    if isinstance(node, list):
        return [without_prose(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {}
    for key, value in node.items():
        if not in_map and (key in PROSE or (key.startswith("x-") and key != SCOPES)):
            continue
        verbatim = not in_map and key in VERBATIM
        kept[key] = value if verbatim else without_prose(value, not in_map and key in NAME_MAPS)
    return kept


def references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield value.rsplit("/", 1)[1]
            else:
                yield from references(value)
    elif isinstance(node, list):
        for item in node:
            yield from references(item)


def reachable(paths, schemas):
    found, waiting = {}, list(references(paths))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = without_prose(schemas[name])
            waiting.extend(references(found[name]))
    return dict(sorted(found.items()))


def described(operation):
    """An operation without prose; each answer keeps the description OpenAPI demands, as its status."""
    kept = without_prose(operation)
    for status, answer in kept["responses"].items():
        answer["description"] = status
    return kept


def cut(full, operations):
    paths = {}
    for method, where in operations:
        if method not in full["paths"].get(where, {}):
            raise SystemExit(f"cut_description: the full description has no {method.upper()} {where}")
        paths.setdefault(where, {})[method] = described(full["paths"][where][method])
    info = {key: full["info"][key] for key in ("title", "version", "license") if key in full["info"]}
    return {"openapi": full["openapi"], "info": info, "servers": full["servers"], "paths": paths,
            "components": {"schemas": reachable(paths, full["components"]["schemas"])}}


def main(arguments):
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    full = json.loads(Path(arguments[0]).read_text())
    json.dump(cut(full, read_operations(arguments[1])), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
