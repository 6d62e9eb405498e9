"""The steps of the user guide, taken over HTTP and the stub host's command line as a person would take them."""
import json
import re
import ssl
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

MAPPING = [("payments-api", "PAY", "Bug"), ("auth-service", "AUTH", "Task"), ("mobile-app", "MOB", "Bug")]
# Two people whose addresses Jira shows, so that ownership policies find them there.
PEOPLE = [("sam", "Sam Rivera", "sam.rivera@acme.example"), ("jonas", "Jonas Weber", "jonas.weber@acme.example")]
POLICIES = [{"path": "*credit_card*", "rule": "", "user": "sam"}, {"path": "*.c", "rule": "", "user": "jonas"}]
PUSH_SECONDS = 100


class Failure(Exception):
    """What failed, for a reader; `log` says where more stands."""

    def __init__(self, message, log=None):
        super().__init__(message)
        self.log = log


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects are looked at, not followed: two servers with different trust take part."""

    def redirect_request(self, *_):
        return None


class Http:
    def __init__(self, url, log, ca_file=None):
        self.url, self.log = url, log
        context = ssl.create_default_context(cafile=ca_file) if ca_file else None
        handlers = [NoRedirect()] + ([urllib.request.HTTPSHandler(context=context)] if context else [])
        self.opener = urllib.request.build_opener(*handlers)

    def send(self, method, path, body=None, headers=None):
        """(status, headers, text). A dict goes as JSON, bytes as a form."""
        headers = dict(headers or {}, Accept="application/json")
        if isinstance(body, dict):
            body, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        elif body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        request = urllib.request.Request(urllib.parse.urljoin(self.url, path), body, headers, method=method)
        try:
            answer = self.opener.open(request, timeout=PUSH_SECONDS + 20)
        except urllib.error.HTTPError as error:
            answer = error
        except OSError as error:
            raise Failure(f"{method} {request.full_url} had no answer: {error}", self.log) from error
        with answer:
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")

    def json(self, method, path, body=None, headers=None):
        status, _, text = self.send(method, path, body, headers)
        if not 200 <= status < 300:
            raise Failure(f"{method} {path} was answered {status}: {told(text)}", self.log)
        return json.loads(text) if text else None


def told(text):
    """The message and remedy of an error answer, or its start."""
    try:
        error = json.loads(text)["error"]
        return f"{error['message']} {error.get('remedy', '')}".strip()
    except (ValueError, KeyError, TypeError):
        return text[:300]


class Jira(Http):
    def __init__(self, url, ca_file):
        super().__init__(url, ca_file.parent / "jira_sim.log", ca_file)
        self.ca_file = ca_file

    def requests(self):
        return self.json("GET", "/_sim/requests")["total"]


class Host(Http):
    """The stub host with alice, the administrator, signed in."""

    def __init__(self, url, data, program, log):
        super().__init__(url, log)
        self.data, self.program = data, program
        self.token = json.loads((data / "host.json").read_text())["token"]
        session = self.control("POST", "sessions", {"organisation": "acme", "user": "alice"})
        self.session = {"Cookie": session["cookie"], session["csrfHeader"]: session["csrfToken"]}

    def control(self, method, path, body=None):
        return self.json(method, f"/stub/api/{path}", body, {"X-Stub-Token": self.token})

    def settings(self, method, path, body=None):
        return self.json(method, f"/settings/integrations/jira/api/{path}", body, self.session)

    def command(self, name, *arguments):
        """Runs a command of host_stub and returns what it printed."""
        line = [str(self.program), name, "--data", str(self.data), *map(str, arguments)]
        done = subprocess.run(line, capture_output=True, text=True, timeout=PUSH_SECONDS)
        if done.returncode != 0:
            raise Failure(f"'host_stub {name}' failed (exit status {done.returncode}): "
                          f"{(done.stderr or done.stdout).strip()}", self.log)
        return done.stdout


def connect(host, jira):
    """Steps 1 and 2: the consent page is opened and its form sent, as a browser would. Returns a sentence."""
    address = host.settings("POST", "connection/cloud/authorize", {})["authorizeUrl"]
    status, headers, page = jira.send("GET", address)
    consent = re.search(r'name="consent" value="([^"]+)"', page)
    if status != 200 or not consent:
        raise Failure(f"There is no consent page: {status} {headers.get('Location', '')}", jira.log)
    form = urllib.parse.urlencode({"consent": consent[1], "decision": "accept"}).encode()
    _, headers, _ = jira.send("POST", "/authorize", form)
    status, _, text = host.send("GET", headers["Location"], headers=host.session)
    connection = host.settings("GET", "connection")
    if connection["state"] != "connected":
        raise Failure(f"Jira was not connected; the callback was answered {status}: {told(text)}", host.log)
    return f"{connection['site']['name']}, as {connection['account']}, by OAuth 2.0"


def connect_data_center(host, jira):
    """The same on Data Center: the application link is made in Jira's forms, verified, and allowed on Jira's page."""
    link = host.settings("GET", "connection/data-center")
    form = {"kind": "atlassian", "url": link["linkUrl"], "name": link["consumerName"], "incoming": "yes",
            "consumerKey": link["consumerKey"], "consumerName": link["consumerName"], "publicKey": link["publicKey"]}
    for step in ("url", "confirm", "application", "incoming"):
        body = urllib.parse.urlencode({**form, "step": step}).encode()
        status, _, text = jira.send("POST", f"{jira.url}/plugins/servlet/applinks/listApplicationLinks", body)
        if status >= 400:
            raise Failure(f"Jira did not take the application link: {status} {text[:300]}", jira.log)
    address = host.settings("POST", "connection/data-center/verify", {"url": jira.url})["authorizeUrl"]
    token = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["oauth_token"][0]
    body = urllib.parse.urlencode({"oauth_token": token, "account": "srivera", "decision": "accept"}).encode()
    _, headers, _ = jira.send("POST", f"{jira.url}/plugins/servlet/oauth/authorize", body)
    status, _, text = host.send("GET", headers["Location"], headers=host.session)
    connection = host.settings("GET", "connection")
    if connection["state"] != "connected":
        raise Failure(f"Jira was not connected; the callback was answered {status}: {told(text)}", host.log)
    return (f"{connection['site']['name']}, version {connection['version']}, as {connection['account']}, "
            "by an application link")


def map_projects(host):
    """Step 3."""
    for project, jira_project, issue_type in MAPPING:
        created = host.control("POST", "organisations/acme/projects", {"key": project, "name": project})
        host.settings("PUT", f"mappings/{urllib.parse.quote(created['id'], safe='')}",
                      {"jiraProject": jira_project, "issueType": issue_type})
        yield f"{project} -> {jira_project} {issue_type}"


def set_ownership(host):
    for user, name, email in PEOPLE:
        host.control("POST", "organisations/acme/users",
                     {"id": user, "name": name, "email": email, "roles": ["member"], "administers": []})
    host.control("PUT", "organisations/acme/ownership", {"policies": POLICIES})


def import_reports(host, reports):
    for project, _, _ in MAPPING:
        files = sorted((reports / project).glob("*.sarif"))
        host.command("import", "--project", project, *files)
        found = host.control("GET", f"organisations/acme/findings?project={project}")["findings"]
        scanners = ", ".join(sorted({finding["scanner"] for finding in found}))
        yield f"{len(found)} findings of {scanners} into {project}"


def push_all(host):
    """Pushes everything and returns the findings with their tickets."""
    for project, _, _ in MAPPING:
        host.control("POST", "organisations/acme/push", {"project": project, "all": True, "user": "alice"})
    for project, _, _ in MAPPING:
        answer = host.control("POST", "organisations/acme/push",
                              {"project": project, "all": True, "user": "alice", "waitMs": PUSH_SECONDS * 1000})
        if answer.get("timedOut"):
            raise Failure(f"The push of {project} was not done after {PUSH_SECONDS} seconds: {answer['states']}",
                          host.log)
    findings = host.control("GET", "organisations/acme/findings")["findings"]
    without = [finding for finding in findings if not finding["ticket"]]
    if without:
        push = without[0]["push"]
        raise Failure(f"{len(without)} of {len(findings)} findings have no ticket; the first, "
                      f"\"{without[0]['title']}\": {push['message']} {push['remedy']}", host.log)
    return findings


def close_in_jira(host, jira, ticket):
    """What two-way sync is for: the ticket is closed in Jira, and its finding follows. Returns a sentence."""
    until(lambda: host.settings("GET", "webhook")["state"] in ("healthy", "unproven"),
          "The webhook was not registered", host)
    jira.json("POST", f"/_sim/issues/{ticket['ticket']['key']}/transition", {"to": "Done"})
    closed = time.monotonic()
    until(lambda: host.control("GET", f"organisations/acme/findings/{ticket['id']}")["status"] == "resolved",
          f"The finding of {ticket['ticket']['key']} was not resolved", host)
    return f"{ticket['ticket']['key']} was closed in Jira; its finding was resolved {time.monotonic() - closed:.2f} s later."


def until(holds, otherwise, host):
    end = time.monotonic() + PUSH_SECONDS
    while not holds():
        if time.monotonic() > end:
            raise Failure(f"{otherwise} within {PUSH_SECONDS} seconds.", host.log)
        time.sleep(0.01)
