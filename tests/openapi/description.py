"""An OpenAPI 3.0 description: which operation a request is, and its schemas as JSON Schema.

OpenAPI 3.0 schemas look like JSON Schema but are not: `nullable`, `readOnly`, `writeOnly` and formats mean
something else or nothing there. `Description.schema` converts them, once for each direction of travel.
"""
import copy
import json
import re
from pathlib import Path

REQUEST, RESPONSE = "request", "response"
# The property an object of that direction may not carry.
FOREIGN_FLAG = {REQUEST: "readOnly", RESPONSE: "writeOnly"}
# Keywords that mean the same in both, and those that hold further schemas.
SAME = {"type", "enum", "format", "pattern", "required", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "multipleOf",
        "minProperties", "maxProperties", "$ref"}
IGNORED = {"description", "title", "example", "default", "readOnly", "writeOnly", "nullable", "deprecated",
           "xml", "externalDocs", "discriminator"}


class Operation:
    """One method on one path template."""

    def __init__(self, method, template, definition, shared_parameters):
        self.method, self.template, self.definition = method.upper(), template, definition
        self.name = f"{self.method} {template}"
        self.parameters = shared_parameters + definition.get("parameters", [])
        names = re.findall(r"{([^}]+)}", template)
        pattern = re.sub(r"\\{[^}]+\\}", "([^/]+)", re.escape(template))
        self._path_names, self._pattern = names, re.compile(pattern)

    def path_values(self, path):
        """The values of the template's parameters in `path`, or None when the path is another one."""
        found = self._pattern.fullmatch(path)
        return None if found is None else dict(zip(self._path_names, found.groups()))

    def of_kind(self, where):
        return {p["name"]: p for p in self.parameters if p["in"] == where}


class Description:
    """Loads a description. `prefix` is a pattern that stands before its paths in real requests."""

    def __init__(self, source, prefix=""):
        self.document = source if isinstance(source, dict) else json.loads(Path(source).read_text())
        self._prefix = re.compile(prefix)
        self._converted = {direction: self._definitions(direction) for direction in FOREIGN_FLAG}
        self.operations = [
            Operation(method, template, definition, item.get("parameters", []))
            for template, item in self.document["paths"].items()
            for method, definition in item.items() if method != "parameters"]

    def find(self, method, path):
        """(operation, path values), or None. A literal path wins over a template that also fits."""
        prefix = self._prefix.match(path)
        if prefix is None:
            return None
        rest = path[prefix.end():]
        fitting = [(o, o.path_values(rest)) for o in self.operations
                   if o.method == method.upper() and o.path_values(rest) is not None]
        return min(fitting, key=lambda found: len(found[1])) if fitting else None

    def knows_path(self, path):
        return any(self.find(method, path) for method in ("GET", "POST", "PUT", "DELETE", "PATCH"))

    def schema(self, schema, direction):
        """A JSON Schema that stands alone: the converted schema with everything it may refer to."""
        converted = self.convert(schema, direction)
        return {"allOf": [converted], "definitions": self._converted[direction]}

    def _definitions(self, direction):
        schemas = self.document.get("components", {}).get("schemas", {})
        return {name: self.convert(schema, direction) for name, schema in schemas.items()}

    def convert(self, schema, direction):
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            return {"$ref": "#/definitions/" + schema["$ref"].rsplit("/", 1)[1]}
        unknown = set(schema) - SAME - IGNORED - {"properties", "additionalProperties", "items", "allOf",
                                                  "anyOf", "oneOf", "not"}
        unknown = {key for key in unknown if not key.startswith("x-")}
        if unknown:
            raise ValueError(f"the description uses schema keywords this check does not know: {unknown}")
        out = {key: copy.deepcopy(value) for key, value in schema.items() if key in SAME}
        for key in ("items", "not"):
            if key in schema:
                out[key] = self.convert(schema[key], direction)
        for key in ("allOf", "anyOf", "oneOf"):
            if key in schema:
                out[key] = [self.convert(part, direction) for part in schema[key]]
        self._convert_object(schema, direction, out)
        return nullable(out) if schema.get("nullable") else out

    def _convert_object(self, schema, direction, out):
        extra = schema.get("additionalProperties")
        if "properties" not in schema:
            if extra is not None:
                out["additionalProperties"] = self.convert(extra, direction)
            return
        foreign = {name for name, part in schema["properties"].items()
                   if part.get(FOREIGN_FLAG[direction])}
        out["properties"] = {name: False if name in foreign else self.convert(part, direction)
                             for name, part in schema["properties"].items()}
        out["required"] = [name for name in schema.get("required", []) if name not in foreign]
        # What we send is held to the names the description knows, even where it tolerates others.
        open_map = isinstance(extra, dict) and extra
        if open_map:
            out["additionalProperties"] = self.convert(extra, direction)
        elif direction == REQUEST or extra is False:
            out["additionalProperties"] = False


def nullable(schema):
    if set(schema) == {"type"}:
        return {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}
