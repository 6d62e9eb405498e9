"""Has Debian's python3-oauthlib verify what the plugin signs: 1,000 generated requests with odd characters, ports,
duplicates, empty values and UTF-8, in queries and forms. All must be accepted, and none of the same requests may be
accepted after one of its parts was changed.

usage: verify_signatures.py SIGN_REQUESTS [SEED]
"""

import random
import subprocess
import sys
import textwrap
from collections import Counter
from urllib.parse import quote

from oauthlib.oauth1 import RequestValidator, SIGNATURE_RSA_SHA1, SignatureOnlyEndpoint

COUNT = 1000
CONSUMER_KEY = "mayo aspm/ä=&+%"
FORM = "application/x-www-form-urlencoded"

WORDS = ["", "a", "b", "A", "z", "a1", "username", "jql", "x y", " ", "+", "%", "%20", "&", "=", "a=b", "a&b", "~",
         "*", "!'()", "äöü", "€", "日本語", "😀", "e\u0301", "\u00a0", "\\", "\"", "<script>", "#", "?", "/", ";",
         ",", ":", "@", "$", "[0]", "{}", "|", "^", "`", "\x01", "\x7f", "oauth_", "oauth_token", "realm", "null", "0",
         "-1", "1e9"]
HOSTS = ["jira.example.com", "JIRA.Example.COM", "localhost", "127.0.0.1", "[::1]", "[2001:DB8::A]", "a-b.c-d.org"]
PORTS = ["", "", "", ":80", ":443", ":8080", ":8443", ":2990", ":65535"]
PATHS = ["", "/", "/jira", "/rest/api/2/user", "/rest/api/2/issue/ABC-1", "/r%20v/X", "/a+b", "/%C3%A4/%E2%82%AC",
         "/a;v=1/b", "/a//b/", "/~user/x.y", "/a%2Fb", "/plugins/servlet/oauth/request-token", "/x,y@z:1", "/(a)'*!$"]
METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "get", "Post"]


class Generator:
    """Requests, the same for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def word(self):
        return "".join(self.random.choice(WORDS) for _ in range(self.random.choice([0, 1, 1, 1, 2, 3])))

    def escaped(self, text):
        """One of the ways to write the same text: what may stand for itself does so or not, blanks are %20 or '+'."""
        safe = self.random.choice(["", "~", "/:@,!*'()$", "-._~"])
        written = quote(text, safe=safe)
        return written.replace("%20", "+") if self.random.random() < 0.5 else written

    def parameters(self):
        pairs = [(self.word(), self.word()) for _ in range(self.random.choice([0, 0, 1, 2, 3, 8]))]
        # A request's own parameters may not have the protocol's names. "realm" may, and is signed like any other by
        # RFC 5849 section 3.4.1.3.1; oauthlib leaves it out wherever it stands, so that a unit test covers it instead.
        pairs = [(name, value) for name, value in pairs if not name.startswith("oauth_") and name != "realm"]
        if pairs and self.random.random() < 0.4:
            pairs.append((pairs[0][0], self.word()))  # a name twice
        if pairs and self.random.random() < 0.2:
            pairs.append(pairs[0])  # a pair twice
        return pairs

    def form(self):
        parts = []
        for name, value in self.parameters():
            without_sign = name and not value and self.random.random() < 0.3
            parts.append(self.escaped(name) + ("" if without_sign else "=" + self.escaped(value)))
        return "&".join(parts)

    def request(self):
        scheme = self.random.choice(["https", "http", "HTTPS"])
        url = scheme + "://" + self.random.choice(HOSTS) + self.random.choice(PORTS) + self.random.choice(PATHS)
        query = self.form()
        if query or self.random.random() < 0.1:
            url += "?" + query
        kind = self.random.choice(["none", "none", "form", "form", "json"])
        body = {"none": "", "form": self.form(), "json": '{"a":"ä=1&b=2"}'}[kind]
        content_type = {"none": "", "json": "application/json"}.get(kind) or (FORM if kind == "form" else "")
        realm = self.random.choice(["", "", "Jira", "https://jira.example.com"])
        extra = self.random.choice(["", "oauth_token=" + quote(self.word() or "t", safe=""),
                                    "oauth_callback=" + quote("https://aspm.example.com/back?x=ä&y=1", safe="")])
        return {"method": self.random.choice(METHODS), "url": url, "type": content_type, "body": body,
                "realm": realm, "extra": extra}


class Validator(RequestValidator):
    """Knows one consumer, takes every nonce once."""

    enforce_ssl = False
    allowed_signature_methods = [SIGNATURE_RSA_SHA1]
    client_key_length = (1, 200)
    nonce_length = (32, 32)
    dummy_client = "nobody"

    def __init__(self, public_key):
        super().__init__()
        self.public_key = public_key
        self.seen = set()

    def check_client_key(self, client_key):
        return client_key == CONSUMER_KEY

    def check_nonce(self, nonce):
        return len(nonce) == 32 and set(nonce) <= set("0123456789abcdef")

    def check_access_token(self, request_token):
        return True

    def check_request_token(self, request_token):
        return True

    def validate_client_key(self, client_key, request):
        return client_key == CONSUMER_KEY

    def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request, request_token=None,
                                     access_token=None):
        fresh = (timestamp, nonce) not in self.seen
        self.seen.add((timestamp, nonce))
        return fresh

    def get_rsa_key(self, client_key, request):
        return self.public_key


def sign(program, requests):
    lines = ["\t".join([r["method"], r["url"], r["type"], r["body"], r["realm"], r["extra"]]) for r in requests]
    done = subprocess.run([program, CONSUMER_KEY], input="\n".join(lines) + "\n", capture_output=True, text=True,
                          encoding="utf-8", check=False)
    if done.returncode != 0:
        sys.exit(f"{program} failed: {done.stderr.strip()}")
    key, *headers = done.stdout.splitlines()
    pem = "-----BEGIN PUBLIC KEY-----\n" + "\n".join(textwrap.wrap(key, 64)) + "\n-----END PUBLIC KEY-----\n"
    return pem, headers


def is_accepted(public_key, request, header):
    """A validator of its own each time, so that a nonce counts as used only within one question."""
    headers = {"Authorization": header}
    if request["type"]:
        headers["Content-Type"] = request["type"]
    endpoint = SignatureOnlyEndpoint(Validator(public_key))
    accepted, _ = endpoint.validate_request(request["url"], request["method"].upper(), request["body"] or None,
                                            headers)
    return accepted


def changed(generator, request):
    """The request with one of its signed parts changed, and what was changed."""
    other = dict(request)
    what = generator.random.choice(["method", "path", "query", "port", "form"])
    head, mark, query = request["url"].partition("?")
    if what == "form" and request["type"] == FORM:
        other["body"] = request["body"] + ("&" if request["body"] else "") + "added=1"
    elif what == "method":
        other["method"] = "PATCH"
    elif what == "query":
        other["url"] = head + "?" + (query + "&" if query else "") + "added="
    elif what == "port":
        scheme, _, rest = head.partition("://")
        authority, slash, path = rest.partition("/")
        host = authority if authority.endswith("]") else authority.rpartition(":")[0] or authority
        other["url"] = scheme + "://" + host + ":4711" + slash + path + mark + query
    else:
        what = "path"
        other["url"] = head + "/added" + mark + query
    return what, other


def main():
    program = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 5849
    generator = Generator(seed)
    requests = [generator.request() for _ in range(COUNT)]
    public_key, headers = sign(program, requests)
    if len(headers) != COUNT:
        sys.exit(f"{len(headers)} signatures for {COUNT} requests")

    refused = [i for i in range(COUNT) if not is_accepted(public_key, requests[i], headers[i])]
    accepted_changes = Counter()
    for request, header in zip(requests, headers):
        what, other = changed(generator, request)
        if is_accepted(public_key, other, header):
            accepted_changes[what] += 1
    forms = sum(1 for r in requests if r["type"] == FORM)
    print(f"{COUNT - len(refused)} of {COUNT} signatures accepted ({forms} forms), "
          f"{COUNT - sum(accepted_changes.values())} of {COUNT} changed requests refused; seed {seed}")
    for i in refused[:10]:
        print(f"refused: {requests[i]}\n  {headers[i]}")
    if accepted_changes:
        print(f"accepted although changed: {dict(accepted_changes)}")
    sys.exit(1 if refused or accepted_changes else 0)


if __name__ == "__main__":
    main()
