"""The string and number formats of OpenAPI, as Jira writes them."""
import datetime
import re
import uuid
from urllib.parse import urlsplit

import jsonschema

checker = jsonschema.FormatChecker(formats=())


@checker.checks("int32")
def is_int32(value):
    return not isinstance(value, int) or -2**31 <= value < 2**31


@checker.checks("int64")
def is_int64(value):
    return not isinstance(value, int) or -2**63 <= value < 2**63


@checker.checks("date", raises=ValueError)
def is_date(value):
    return not isinstance(value, str) or bool(datetime.date.fromisoformat(value))


@checker.checks("date-time")
def is_date_time(value):
    """RFC 3339, or Jira's own spelling: milliseconds and an offset without a colon."""
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)"
    return not isinstance(value, str) or bool(re.fullmatch(form, value))


@checker.checks("uri", raises=ValueError)
@checker.checks("url", raises=ValueError)
def is_uri(value):
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


@checker.checks("uuid", raises=ValueError)
def is_uuid(value):
    return not isinstance(value, str) or bool(uuid.UUID(value))
