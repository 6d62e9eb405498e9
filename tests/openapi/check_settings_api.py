#!/usr/bin/python3
"""Holds the plugin's settings API against the description it publishes itself.

    check_settings_api.py --mount http://127.0.0.1:8080/settings/integrations/jira/ --header 'Cookie: ...'

Calls every documented operation of a running host with the description's own examples and checks that it
answers with a documented status, content type and body; that a method which is not documented is refused with
405 and an Allow header listing exactly the documented ones; and that an address which is not documented is
not found. Run it against a throw-away host: the examples are really executed, in the order of the description.
Exit status: 0 as described, 1 deviations, 2 the description could not be had.
"""
import argparse
import http.client
import json
import sys
from urllib.parse import urlencode, urlsplit

from conformance import Checker, Exceptions, media_type
from description import Description
from trace import Exchange

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Api:
    """The API below the plugin's mount. Every call goes out on its own connection."""

    def __init__(self, mount, headers):
        self.address = urlsplit(mount if mount.endswith("/") else mount + "/")
        self.headers = headers

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=60)
        headers = dict(self.headers, Accept="application/json")
        if body is not None:
            headers["Content-Type"] = "application/json"
        text = None if body is None else json.dumps(body)
        connection.request(method, self.address.path.rstrip("/") + path, text, headers)
        answer = connection.getresponse()
        content = answer.read().decode("utf-8")
        connection.close()
        response_headers = {name.lower(): value for name, value in answer.getheaders()}
        if media_type(response_headers) == "application/json":
            content = json.loads(content)
        return Exchange({"method": method, "path": path, "request_headers": headers, "request_body": body,
                         "status": answer.status, "response_headers": response_headers,
                         "response_body": content or None}, f"{method} {path}")


def example_of(holder):
    """The example that a parameter or a body carries, at its own level or in its schema."""
    if "example" in holder:
        return holder["example"]
    if "examples" in holder:
        return next(iter(holder["examples"].values()))["value"]
    return holder.get("schema", {}).get("example")


def example_path(operation):
    path = operation.template
    for name, parameter in operation.of_kind("path").items():
        value = example_of(parameter)
        if value is None:
            raise LookupError(f"the path parameter '{name}' has no example to call it with")
        path = path.replace("{" + name + "}", str(value))
    query = {name: example_of(parameter) for name, parameter in operation.of_kind("query").items()
             if parameter.get("required")}
    return path + ("?" + urlencode(query) if query else "")


def example_body(operation):
    content = operation.definition.get("requestBody", {}).get("content", {})
    if not content:
        return None
    body = example_of(content.get("application/json", {}))
    if body is None:
        raise LookupError("its request body has no example to call it with")
    return body


def check_operation(api, checker, operation, problems):
    try:
        exchange = api.call(operation.method, example_path(operation), example_body(operation))
    except LookupError as error:
        problems.append(f"{operation.name}: {error}")
        return
    checker.check(exchange)
    if exchange.status in (404, 405) and not is_documented_refusal(operation, exchange):
        problems.append(f"{operation.name} answers {exchange.status}: documented, but there is no such route")


def is_documented_refusal(operation, exchange):
    """A route may answer 404 for an id; then it says so in its own words, with an error object."""
    return str(exchange.status) in operation.definition["responses"] and isinstance(exchange.response_body, dict)


def check_other_methods(api, description, problems):
    by_path = {}
    for operation in description.operations:
        by_path.setdefault(operation.template, []).append(operation)
    for template, operations in by_path.items():
        documented = {operation.method for operation in operations}
        try:
            path = example_path(operations[0])
        except LookupError:
            continue  # already reported
        for method in sorted(set(METHODS) - documented):
            exchange = api.call(method, path, {} if method != "GET" else None)
            allowed = {name.strip() for name in exchange.response_headers.get("allow", "").split(",")}
            if exchange.status != 405:
                problems.append(f"{method} {template} answers {exchange.status}, and is not documented")
            elif allowed - {"HEAD", "OPTIONS"} != documented:
                problems.append(f"{method} {template}: Allow says {sorted(allowed)}, "
                                f"documented are {sorted(documented)}")


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mount", required=True, help="address of the plugin's settings page")
    parser.add_argument("--header", action="append", default=[], metavar="'NAME: VALUE'",
                        help="sent with every request: session cookie, CSRF token")
    options = parser.parse_args(arguments)
    headers = dict(header.split(": ", 1) for header in options.header)
    api = Api(options.mount, headers)
    document = api.call("GET", "/api/openapi.json").response_body
    if not isinstance(document, dict) or "paths" not in document:
        print(f"check_settings_api: no description at {options.mount}api/openapi.json", file=sys.stderr)
        return 2

    description, problems = Description(document), []
    checker = Checker([description], Exceptions())
    for operation in description.operations:
        check_operation(api, checker, operation, problems)
    check_other_methods(api, description, problems)
    if api.call("GET", "/api/no-such-route").status != 404:
        problems.append("GET /api/no-such-route: an address that is not documented is not answered with 404")

    problems += [str(deviation) for deviation in checker.deviations]
    print("\n".join(problems + [f"{len(description.operations)} operations, {len(problems)} deviations"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
