#!/usr/bin/python3
"""The checker is worth something only when it sees what is wrong: each test breaks one good exchange once."""
import copy
import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from check_trace import HERE, check_all, load_checker, load_data_center_checker
from conformance import Exceptions
from trace import TRACE_NAMES, Exchange

SITE = "/ex/jira/11223344-a1b2-4b33-8444-def123456789"
JSON = {"Content-Type": "application/json"}
DOCUMENT = {"type": "doc", "version": 1,
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": "hello"}]}]}
CREATE = {
    "method": "POST", "path": f"{SITE}/rest/api/3/issue/bulk", "request_headers": JSON,
    "request_body": {"issueUpdates": [{"fields": {"summary": "s", "description": DOCUMENT}}]},
    "status": 201, "response_headers": {"Content-Type": "application/json;charset=UTF-8"},
    "response_body": {"issues": [{"id": "1", "key": "PAY-1", "self": "https://a/rest/api/3/issue/1"}],
                      "errors": []}}
PROJECTS = {
    "method": "GET", "path": f"{SITE}/rest/api/3/project/search?startAt=0&maxResults=50",
    "request_headers": {"Accept": "application/json"}, "request_body": None,
    "status": 200, "response_headers": JSON,
    "response_body": {"isLast": True, "startAt": 0, "maxResults": 50, "total": 0, "values": []}}
TOKEN = {
    "method": "POST", "path": "/oauth/token", "request_headers": JSON,
    "request_body": {"grant_type": "refresh_token", "client_id": "c", "client_secret": "[removed]",
                     "refresh_token": "[removed]"},
    "status": 200, "response_headers": JSON,
    "response_body": {"access_token": "[removed]", "expires_in": 3600, "scope": "read:jira-work"}}


def deviations(record):
    checker = load_checker()
    check_all(checker, [Exchange(record, "test")])
    return [(d.part, d.where) for d in checker.deviations]


def broken(record, change):
    record = copy.deepcopy(record)
    change(record)
    return record


class GoodExchanges(unittest.TestCase):
    def test_good_exchanges_pass(self):
        for record in (CREATE, PROJECTS, TOKEN):
            self.assertEqual(deviations(record), [], record["path"])

    def test_every_example_of_atlassians_description_passes_or_is_a_listed_contradiction(self):
        checker, seen = load_checker(), 0
        for exchange in atlassian_examples(checker.descriptions[0]):
            checker.check(exchange)
            seen += 1
        self.assertGreater(seen, 20)
        self.assertEqual([str(d) for d in checker.deviations], [])


class BrokenExchanges(unittest.TestCase):
    def expect(self, record, part, where, change):
        self.assertIn((part, where), deviations(broken(record, change)))

    def test_unknown_operation(self):
        self.expect(CREATE, "request.path", "", lambda r: r.update(path=f"{SITE}/rest/api/3/issue/bulky"))
        self.expect(CREATE, "request.path", "", lambda r: r.update(path="/rest/api/2/issue"))
        self.expect(CREATE, "request.path", "", lambda r: r.update(method="PATCH"))

    def test_query_parameter_that_is_unknown_or_ill_typed_or_given_twice(self):
        path = f"{SITE}/rest/api/3/project/search"
        self.expect(PROJECTS, "request.query", "/page", lambda r: r.update(path=path + "?page=2"))
        self.expect(PROJECTS, "request.query", "/startAt", lambda r: r.update(path=path + "?startAt=abc"))
        self.expect(PROJECTS, "request.query", "/startAt", lambda r: r.update(path=path + "?startAt=0&startAt=1"))
        self.expect(PROJECTS, "request.query", "/orderBy", lambda r: r.update(path=path + "?orderBy=colour"))

    def test_request_body_of_the_wrong_shape(self):
        self.expect(CREATE, "request.body", "/issueUpdates",
                    lambda r: r["request_body"].update(issueUpdates={"fields": {}}))

    def test_request_property_unknown_to_the_description_though_it_tolerates_more(self):
        self.expect(CREATE, "request.body", "/issueUpdates/0/priority",
                    lambda r: r["request_body"]["issueUpdates"][0].update(priority={"id": "1"}))

    def test_request_without_its_body(self):
        self.expect(CREATE, "request.body", "", lambda r: r.update(request_body=None))

    def test_body_where_none_is_described(self):
        self.expect(PROJECTS, "request.body", "", lambda r: r.update(request_body={"x": 1}))

    def test_wrong_content_types(self):
        self.expect(CREATE, "request.content-type", "",
                    lambda r: r["request_headers"].update({"Content-Type": "text/plain"}))
        self.expect(CREATE, "response.content-type", "",
                    lambda r: r["response_headers"].update({"Content-Type": "text/html"}))

    def test_rich_text_that_is_no_valid_document(self):
        def unknown_node(record):
            fields = record["request_body"]["issueUpdates"][0]["fields"]
            fields["description"]["content"][0]["type"] = "blink"
        found = deviations(broken(CREATE, unknown_node))
        self.assertTrue(any(part == "request.document" and where.startswith("/issueUpdates/0/fields/description")
                            for part, where in found), found)

    def test_undeclared_status(self):
        self.expect(CREATE, "response.status", "", lambda r: r.update(status=418))

    def test_answer_of_the_wrong_shape(self):
        self.expect(PROJECTS, "response.body", "/total", lambda r: r["response_body"].update(total="0"))
        self.expect(PROJECTS, "response.body", "/projects", lambda r: r["response_body"].update(projects=[]))
        self.expect(TOKEN, "response.body", "", lambda r: r["response_body"].pop("access_token"))

    def test_error_answer_that_is_none_of_jiras_shapes(self):
        self.expect(PROJECTS, "response.body", "/reason",
                    lambda r: r.update(status=404, response_body={"reason": "gone"}))

    def test_secret_sent_as_a_query_parameter(self):
        self.expect(TOKEN, "request.query", "/client_secret", lambda r: r.update(path="/oauth/token?client_secret=x"))


class KnownContradictions(unittest.TestCase):
    def test_null_in_a_change_log_is_allowed_and_a_number_is_not(self):
        item = {"field": "status", "fieldtype": "jira", "from": None, "fromString": "", "to": "3", "toString": "Done"}
        record = {"method": "GET", "path": f"{SITE}/rest/api/3/issue/PAY-1/changelog", "request_headers": JSON,
                  "status": 200, "response_headers": JSON, "response_body": {"values": [{"items": [item]}]}}
        self.assertEqual(deviations(record), [])
        self.assertIn(("response.body", "/values/0/items/0/fromString"),
                      deviations(broken(record, lambda r: r["response_body"]["values"][0]["items"][0]
                                        .update(fromString=3))))

    def test_rate_limiting_is_allowed_with_jiras_body_only(self):
        limited = {"status": 429, "response_body": {"errorMessages": ["wait"], "errors": {}, "status": 429}}
        self.assertEqual(deviations({**CREATE, **limited}), [])
        self.assertNotEqual(deviations({**CREATE, "status": 429, "response_body": {"wait": 1}}), [])

    def test_an_exception_without_a_reason_is_refused(self):
        row = {"place": "*", "operation": "*", "status": "*", "part": "*", "where": "*", "reason": "because"}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as table:
            json.dump([row], table)
            table.flush()
            with self.assertRaises(ValueError):
                Exceptions(table.name)


class DataCenter(unittest.TestCase):
    PROJECTS = {"method": "GET", "path": "/jira/rest/api/2/project", "request_headers": {"Accept": "application/json"},
                "request_body": None, "status": 200, "response_headers": JSON,
                "response_body": [{"id": "10000", "key": "PAY", "self": "https://a/rest/api/2/project/10000"}]}
    CREATE = {"method": "POST", "path": "/rest/api/2/issue", "request_headers": JSON,
              "request_body": {"fields": {"summary": "s", "labels": ["x"]}}, "status": 201, "response_headers": JSON,
              "response_body": {"id": "1", "key": "PAY-1", "self": "https://a/rest/api/2/issue/1"}}

    def deviations(self, record):
        checker = load_data_center_checker()
        check_all(checker, [Exchange(record, "test")])
        return [(d.part, d.where) for d in checker.deviations]

    def test_good_exchanges_pass_at_the_root_and_below_a_context_path(self):
        self.assertEqual(self.deviations(self.PROJECTS), [])
        self.assertEqual(self.deviations(self.CREATE), [])

    def test_items_of_a_list_that_is_declared_as_one_item_are_checked(self):
        self.assertIn(("response.body", "/0/id"), self.deviations(
            broken(self.PROJECTS, lambda r: r["response_body"][0].update(id=10000))))
        self.assertIn(("response.body", ""), self.deviations(
            {**self.PROJECTS, "response_body": {"values": []}}))

    def test_what_cloud_alone_takes_is_noticed(self):
        self.assertIn(("request.query", "/action"), self.deviations(
            {**self.PROJECTS, "path": "/rest/api/2/project?action=create"}))
        self.assertIn(("request.path", ""), self.deviations({**self.CREATE, "path": "/rest/api/3/issue"}))
        self.assertIn(("request.body", "/visible"), self.deviations(
            broken(self.CREATE, lambda r: r["request_body"].update(visible=True))))

    def test_jiras_own_servlets_are_left_out(self):
        record = {**self.CREATE, "path": "/jira/plugins/servlet/oauth/request-token"}
        self.assertEqual(self.deviations(record), [])


def line(record):
    """The record as the stand-in's trace spells it."""
    return json.dumps({TRACE_NAMES.get(name, name): value for name, value in record.items()}) + "\n"


class BadRecordings(unittest.TestCase):
    def run_on(self, text):
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "trace.jsonl"
            path.write_text(text, encoding="utf-8")
            return subprocess.run([sys.executable, str(HERE / "check_trace.py"), str(path)],
                                  capture_output=True, text=True, check=False)

    def test_empty_trace_fails(self):
        self.assertEqual(self.run_on("").returncode, 2)

    def test_trace_of_the_stand_ins_own_pages_alone_fails(self):
        self.assertEqual(self.run_on(line({**PROJECTS, "path": "/_sim/state"})).returncode, 2)

    def test_line_that_is_not_json_fails_and_is_named(self):
        outcome = self.run_on(line(PROJECTS) + "{\n")
        self.assertEqual(outcome.returncode, 2)
        self.assertIn("trace.jsonl:2", outcome.stderr)

    def test_record_without_headers_fails(self):
        record = {name: value for name, value in PROJECTS.items() if name != "request_headers"}
        outcome = self.run_on(line(record))
        self.assertEqual(outcome.returncode, 2)
        self.assertIn("lacks headers", outcome.stderr)

    def test_answer_that_never_arrived_is_not_held_against_the_stand_in(self):
        record = {**PROJECTS, "status": 418}
        self.assertEqual(self.run_on(line({**record, "delivery": "cut"})).returncode, 0)
        self.assertEqual(self.run_on(line({**record, "delivery": "complete"})).returncode, 1)

    def test_exit_status_tells_good_from_bad(self):
        self.assertEqual(self.run_on(line(PROJECTS)).returncode, 0)
        self.assertEqual(self.run_on(line({**PROJECTS, "status": 418})).returncode, 1)


def atlassian_examples(description):
    """The exchanges that the description's own examples make."""
    def value(example):
        return json.loads(example) if isinstance(example, str) else example
    for operation in description.operations:
        body = operation.definition.get("requestBody", {}).get("content", {}).get("application/json", {})
        for status, answer in operation.definition["responses"].items():
            for media, content in (answer.get("content") or {}).items():
                if "example" in content and (not body or "example" in body):
                    yield Exchange({"method": operation.method, "path": re.sub(r"{[^}]*}", "1", operation.template),
                                    "request_headers": JSON, "request_body": value(body.get("example")),
                                    "status": int(status), "response_headers": {"Content-Type": media},
                                    "response_body": value(content["example"])}, "example")


if __name__ == "__main__":
    unittest.main()
