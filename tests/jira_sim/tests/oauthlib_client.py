"""Has Debian's python3-oauthlib connect to a stand-in Data Center and sign odd requests: what an implementation that
is neither the stand-in's nor the plugin's signs must be accepted, and a changed request must not be.

    oauthlib_client.py JIRA_SIM
"""
import http.client
import json
import random
import signal
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from oauthlib.oauth1 import SIGNATURE_RSA_SHA1, Client

REQUESTS = 300
ODD = "aZ09-._~ !*'()/?:@&=+$,;%#[]<>\"\\^`{|}\u00e9\u20ac\U0001f600\n"


class Jira:
    """A running stand-in with one connection to it."""

    def __init__(self, program, directory):
        authority = Path(directory) / "ca.pem"
        self.process = subprocess.Popen([program, "--deployment", "dc", "--version", "9.12", "--context", "/jira",
                                         "--ca-out", str(authority)], stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().split()[-1]
        self.connection = http.client.HTTPSConnection(
            urlsplit(self.base).netloc, context=ssl.create_default_context(cafile=authority), timeout=20)

    def send(self, method, url, headers=None, body=None):
        target = url[len(self.base) - len("/jira"):]
        self.connection.request(method, target, body=body, headers=headers or {})
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()

    def control(self, path, document):
        url = self.base[:-len("/jira")] + "/_sim" + path
        self.connection.request("POST", urlsplit(url).path, body=json.dumps(document),
                                headers={"Content-Type": "application/json"})
        return json.loads(self.connection.getresponse().read())

    def signed(self, method, url, client):
        signed_url, headers, body = client.sign(url, method)
        return self.send(method, signed_url, headers, body)


def key_pair():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                serialization.NoEncryption()).decode()
    public = key.public_key().public_bytes(serialization.Encoding.PEM,
                                           serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    return private, public


def connect(jira, client_of):
    servlet = jira.base + "/plugins/servlet/oauth/"
    status, text = jira.signed("POST", servlet + "request-token", client_of(callback_uri="http://127.0.0.1:9/back"))
    assert status == 200, text
    token = {name: values[0] for name, values in parse_qs(text).items()}
    consent = jira.control("/consent", {"url": f"{servlet}authorize?oauth_token={token['oauth_token']}"})
    status, text = jira.signed("POST", servlet + "access-token", client_of(
        resource_owner_key=token["oauth_token"], verifier=consent["verifier"]))
    assert status == 200, text
    return parse_qs(text)["oauth_token"][0]


def odd_query(dice):
    word = lambda most: "".join(dice.choice(ODD) for _ in range(dice.randint(0, most)))
    names = [word(4) or "a" for _ in range(dice.randint(0, 4))]
    names += names[:dice.randint(0, 1)]  # a name may come twice
    return "&".join(f"{quote(name, safe='~')}={quote(word(8), safe='~')}" for name in names)


def main(program):
    dice = random.Random(7)
    private, public = key_pair()

    def client_of(**more):
        return Client("mayo-aspm", signature_method=SIGNATURE_RSA_SHA1, rsa_key=private, **more)

    with tempfile.TemporaryDirectory() as directory:
        jira = Jira(program, directory)
        try:
            jira.control("/applinks", {"consumerKey": "mayo-aspm", "publicKey": public})
            client = client_of(resource_owner_key=connect(jira, client_of))
            for number in range(REQUESTS):
                query = odd_query(dice)
                url = f"{jira.base}/rest/api/2/myself" + ("?" + query if query else "")
                status, text = jira.signed("GET", url, client)
                assert status == 200, f"request {number}: {url}: {text}"
            signed_url, headers, _ = client.sign(f"{jira.base}/rest/api/2/user?username=priya", "GET")
            status, text = jira.send("GET", signed_url.replace("priya", "jweber"), headers)
            assert status == 401 and "signature_invalid" in text, text
        finally:
            jira.process.send_signal(signal.SIGTERM)
            jira.process.wait(timeout=20)
    print(f"{REQUESTS} requests signed by oauthlib were accepted, a changed one was not.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
