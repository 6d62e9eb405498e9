"""Holds exchanges against descriptions and lists every deviation that the exception table does not cover."""
import fnmatch
import json
from dataclasses import dataclass
from pathlib import Path

import jsonschema

import formats
from description import REQUEST, RESPONSE

# Answers without a described body still have one of Jira's error shapes.
ERROR_COLLECTION = {"$ref": "#/components/schemas/ErrorCollection"}


@dataclass
class Deviation:
    """One thing that is not as described. `where` is a path into the part, like /issues/0/key."""
    place: str
    operation: str
    status: int
    part: str
    where: str
    message: str

    def __str__(self):
        return f"{self.place}: {self.operation} -> {self.status}: {self.part} {self.where or '/'}: {self.message}"


class Exceptions:
    """The table of known contradictions, each with its reason."""

    KEYS = {"place", "operation", "status", "part", "where", "reason"}

    def __init__(self, path=None):
        self.rows = json.loads(Path(path).read_text()) if path else []
        self.name = Path(path).name if path else "no table"
        for row in self.rows:
            if set(row) != self.KEYS or len(row["reason"]) < 20:
                raise ValueError(f"{path}: each exception has exactly {sorted(self.KEYS)} "
                                 f"and a reason that explains it: {row}")
        self.used = [0] * len(self.rows)

    def cover(self, deviation):
        for number, row in enumerate(self.rows):
            if (fnmatch.fnmatchcase(deviation.place, row["place"])
                    and fnmatch.fnmatchcase(deviation.operation, row["operation"])
                    and fnmatch.fnmatchcase(str(deviation.status), row["status"])
                    and fnmatch.fnmatchcase(deviation.part, row["part"])
                    and fnmatch.fnmatchcase(deviation.where, row["where"])):
                self.used[number] += 1
                return True
        return False


class Checker:
    """Checks exchanges one by one. `counts` says how often each operation was seen."""

    def __init__(self, descriptions, exceptions, document_schema=None):
        self.descriptions, self.exceptions = descriptions, exceptions
        self.document_schema = document_schema
        self.counts, self.deviations = {}, []
        self._validators, self._good_shapes = {}, set()

    def check(self, exchange):
        found = self._find(exchange)
        if found is None:
            self._report(exchange, "unknown", "request.path", "",
                         f"{exchange.method} {exchange.path} is in no description")
            return
        description, operation, path_values = found
        self.counts[operation.name] = self.counts.get(operation.name, 0) + 1
        self._check_path(exchange, description, operation, path_values)
        self._check_query(exchange, description, operation)
        self._check_request_body(exchange, description, operation)
        if exchange.is_complete:
            self._check_response(exchange, description, operation)

    def _find(self, exchange):
        for description in self.descriptions:
            found = description.find(exchange.method, exchange.path)
            if found:
                return (description, *found)
        return None

    def _report(self, exchange, operation, part, where, message):
        deviation = Deviation(exchange.place, operation, exchange.status, part, where, message)
        if not self.exceptions.cover(deviation):
            self.deviations.append(deviation)

    def _check_path(self, exchange, description, operation, values):
        declared = operation.of_kind("path")
        for name, value in values.items():
            problem = parameter_problem(description, declared[name], [value])
            if problem:
                self._report(exchange, operation.name, "request.path", f"/{name}", problem)

    def _check_query(self, exchange, description, operation):
        declared, given = operation.of_kind("query"), {}
        for name, value in exchange.query:
            given.setdefault(name, []).append(value)
        for name, values in given.items():
            problem = (parameter_problem(description, declared[name], values) if name in declared
                       else "the description knows no such query parameter")
            if problem:
                self._report(exchange, operation.name, "request.query", f"/{name}", problem)
        for name, parameter in declared.items():
            if parameter.get("required") and name not in given:
                self._report(exchange, operation.name, "request.query", f"/{name}", "required, and missing")

    def _check_request_body(self, exchange, description, operation):
        body, declared = exchange.request_body, operation.definition.get("requestBody")
        if declared is None:
            if body not in (None, ""):
                self._report(exchange, operation.name, "request.body", "", "no body is described")
            return
        if body in (None, ""):
            if declared.get("required"):
                self._report(exchange, operation.name, "request.body", "", "required, and missing")
            return
        recorded = exchange.request_headers is not None
        media = media_type(exchange.request_headers) if recorded else "application/json"
        if media not in declared["content"]:
            self._report(exchange, operation.name, "request.content-type", "",
                         f"'{media}' is not one of {sorted(declared['content'])}")
            return
        self._validate(exchange, operation, "request.body", body,
                       lambda: description.schema(declared["content"][media].get("schema", {}), REQUEST), media)
        self._check_documents(exchange, operation, body)

    def _check_documents(self, exchange, operation, body, where=""):
        """Rich text is only 'any value' to the description; its own schema says more."""
        if self.document_schema is None:
            return
        if isinstance(body, dict) and body.get("type") == "doc" and "version" in body:
            self._check_document(exchange, operation, body, where)
        elif isinstance(body, (dict, list)):
            items = body.items() if isinstance(body, dict) else enumerate(body)
            for key, value in items:
                self._check_documents(exchange, operation, value, f"{where}/{key}")

    def _check_document(self, exchange, operation, document, where):
        """The schema's many alternatives take seconds to try, and most documents differ in their words only."""
        shape = json.dumps(without_words(document), sort_keys=True)
        if shape in self._good_shapes:
            return
        before = len(self.deviations), sum(self.exceptions.used)
        self._validate(exchange, operation, "request.document", document, lambda: self.document_schema, root=where)
        if before == (len(self.deviations), sum(self.exceptions.used)):
            self._good_shapes.add(shape)

    def _check_response(self, exchange, description, operation):
        responses = operation.definition["responses"]
        answer = responses.get(str(exchange.status), responses.get("default"))
        if answer is None:
            self._report(exchange, operation.name, "response.status", "",
                         f"not declared; declared are {', '.join(sorted(responses))}")
            answer = {}
        content, body = answer.get("content") or {}, exchange.response_body
        if exchange.status == 204:
            content = {}
        schema = self._response_schema(content, exchange, description)
        if schema is None:
            if body not in (None, ""):
                self._report(exchange, operation.name, "response.body", "", "no body is described")
            return
        media = media_type(exchange.response_headers)
        expected = sorted(content) or ["application/json"]
        if media not in expected:
            self._report(exchange, operation.name, "response.content-type", "",
                         f"'{media}' is not one of {expected}")
        elif "json" in media:
            self._validate(exchange, operation, "response.body", body, lambda: description.schema(schema, RESPONSE),
                           exchange.status)

    @staticmethod
    def _response_schema(content, exchange, description):
        for media, declared in content.items():
            if "schema" in declared or "json" not in media:
                return declared.get("schema", {})
        has_errors = "ErrorCollection" in description.document.get("components", {}).get("schemas", {})
        if exchange.status >= 400 and has_errors:
            return ERROR_COLLECTION
        return {} if content else None

    def _validator(self, key, schema):
        """Made once: following a schema's references costs more than checking a body with it."""
        if key not in self._validators:
            self._validators[key] = jsonschema.Draft7Validator(schema(), format_checker=formats.checker)
        return self._validators[key]

    def _validate(self, exchange, operation, part, body, schema, variant=None, root=""):
        """`schema` makes the schema of this part of the operation; `variant` tells several of them apart."""
        validator = self._validator((operation.name, part, variant), schema)
        for error in validator.iter_errors(body):
            where = root + "".join(f"/{step}" for step in error.absolute_path)
            for step, message in one_by_one(error):
                self._report(exchange, operation.name, part, where + step, message)


def one_by_one(error):
    """(path step, message) of each fault in an error: unknown properties are named one at a time."""
    if error.validator == "additionalProperties" and error.validator_value is False:
        known = error.schema.get("properties", {})
        patterns = error.schema.get("patternProperties", {})
        return [(f"/{name}", "the description knows no such property")
                for name in error.instance if name not in known and name not in patterns]
    if error.validator is None:  # the property's schema is `false`
        return [("", "may not travel in this direction (readOnly in answers, writeOnly in requests)")]
    return [("", shorten(error.message))]


def without_words(node):
    """A document with every text and web address that is not empty replaced: the schema asks for no more of them."""
    if isinstance(node, list):
        return [without_words(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {key: word(key, value) if isinstance(value, str) else without_words(value) for key, value in node.items()}


def word(key, value):
    if key == "text" and value:
        return "x"
    return value[:8] if key == "href" and value.startswith(("http://", "https://")) else value


def shorten(text, limit=240):
    return text if len(text) <= limit else text[:limit] + " ..."


def media_type(headers):
    return headers.get("content-type", "").split(";")[0].strip().lower()


def parameter_problem(description, parameter, values):
    """What is wrong with the text value(s) of a path or query parameter, or None."""
    schema = parameter.get("schema", {})
    if schema.get("type") == "array":
        value = [convert_text(v, schema.get("items", {})) for v in values]
    elif len(values) > 1:
        return f"given {len(values)} times, and is not a list"
    else:
        value = convert_text(values[0], schema)
    validator = jsonschema.Draft7Validator(description.schema(schema, REQUEST), format_checker=formats.checker)
    return next((shorten(error.message) for error in validator.iter_errors(value)), None)


def convert_text(text, schema):
    """The text as the type the schema asks for, or as it is when it is no such thing."""
    kind = schema.get("type")
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    try:
        return int(text) if kind == "integer" else float(text) if kind == "number" else text
    except ValueError:
        return text
