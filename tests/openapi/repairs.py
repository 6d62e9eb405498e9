"""Mends known defects of a description before anything is held against it, so that what is behind a defect is still
checked: the items of a list that is declared as one item, say. Each repair has its reason."""
import json
from pathlib import Path

MARKS = {"answers", "is", "takes"}


def load(path):
    rows = json.loads(Path(path).read_text())
    for row in rows:
        if len(MARKS & set(row)) != 1 or set(row) - MARKS != {"at", "reason"} or len(row["reason"]) < 20:
            raise ValueError(f"{path}: each repair has 'at', one of {sorted(MARKS)} and a reason: {row}")
    return rows


def array_of(item):
    return {"type": "array", "items": item}


def page_of(item):
    number = {"type": "integer"}
    return {"type": "object", "required": ["startAt", "maxResults", "total", "isLast", "values"],
            "properties": {"startAt": number, "maxResults": number, "total": number, "isLast": {"type": "boolean"},
                           "values": array_of(item)}}


SHAPES = {"array": array_of, "page": page_of, "one or array": lambda item: {"anyOf": [item, array_of(item)]}}


def mended(document, rows):
    for row in rows:
        if row["at"].startswith("#/"):
            _replace(document, row["at"], row["is"])
            continue
        method, where = row["at"].split()
        operation = document["paths"][where][method.lower()]
        if "takes" in row:
            operation["requestBody"]["content"]["application/json"]["schema"] = row["takes"]
            continue
        answer = operation["responses"]["200"]["content"]["application/json"]
        answer["schema"] = SHAPES[row["answers"]](answer["schema"])
    return document


def _replace(document, pointer, schema):
    *way, last = pointer[2:].split("/")
    for step in way:
        document = document[step]
    document[last]  # a repair of what is no longer there must be noticed
    document[last] = schema
