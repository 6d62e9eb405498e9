"""Recorded exchanges: one JSON object per line (a trace of the stand-in), or one per file (a sample)."""
import json
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

# How the stand-in's trace and the samples spell what an exchange holds.
TRACE_NAMES = {"request_headers": "headers", "request_body": "requestBody",
               "response_headers": "responseHeaders", "response_body": "responseBody"}
SAMPLE_NAMES = {name: name for name in TRACE_NAMES}


class BadTrace(Exception):
    """The recording itself cannot be read."""


class Exchange:
    """One request and its answer. `place` says where it was recorded, for messages."""

    def __init__(self, record, place, names=None):
        names = names or SAMPLE_NAMES
        missing = {"method", "path", "status"} - set(record)
        if missing:
            raise BadTrace(f"{place}: the record lacks {', '.join(sorted(missing))}")
        self.place = place
        self.method = record["method"]
        target = urlsplit(record["path"])
        self.path = target.path
        self.query = parse_qsl(target.query, keep_blank_values=True)
        # None: nobody recorded them, which is not the same as none sent.
        self.request_headers = lower_names(record.get(names["request_headers"])) or None
        self.request_body = record.get(names["request_body"])
        self.status = int(record["status"])
        self.response_headers = lower_names(record.get(names["response_headers"]))
        self.response_body = record.get(names["response_body"])
        # An answer that the stand-in was told to cut or shorten reached nobody in this form.
        self.is_complete = record.get("delivery", "complete") == "complete"


def lower_names(headers):
    return {name.lower(): value for name, value in (headers or {}).items()}


def read_trace(path):
    """The exchanges of a trace file. A trace without any is a failed recording, so it is refused."""
    path, exchanges = Path(path), []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise BadTrace(f"{path.name}:{number}: not JSON ({error})") from error
        missing = set(TRACE_NAMES.values()) - set(record)
        if missing:
            raise BadTrace(f"{path.name}:{number}: the record lacks {', '.join(sorted(missing))}")
        exchanges.append(Exchange(record, f"{path.name}:{number}", TRACE_NAMES))
    if not exchanges:
        raise BadTrace(f"{path}: the trace is empty, so nothing was checked; was it recorded at all?")
    return exchanges


def read_samples(directory):
    """Single exchanges. Those of version 2 are read as version 3: Cloud serves both from the same code, and
    only rich text differs (no sample kept here carries any that was validated)."""
    files = sorted(Path(directory).glob("*.json"))
    if not files:
        raise BadTrace(f"{directory}: no samples there")
    exchanges = [Exchange(json.loads(file.read_text(encoding="utf-8")), file.name) for file in files]
    for exchange in exchanges:
        exchange.path = exchange.path.replace("/rest/api/2/", "/rest/api/3/", 1)
    return exchanges
