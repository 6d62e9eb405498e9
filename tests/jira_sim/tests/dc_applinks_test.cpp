#include <catch2/catch.hpp>

#include <algorithm>

#include "dc_client.hpp"
#include "http/signature_base.hpp"
#include "world/public_key.hpp"

using namespace sim_test;

namespace {

const char* listPath = "/plugins/servlet/applinks/listApplicationLinks";

bool contains(const Answer& answer, const std::string& text) {
    return answer.text.find(text) != std::string::npos;
}

Answer step(DcSim& sim, const NameValues& form) {
    return sim.request("POST", sim.base() + listPath, jira_sim::oauth1::form(form),
                       {{"Content-Type", "application/x-www-form-urlencoded"}});
}

NameValues incoming(const std::string& publicKey) {
    return {{"step", "incoming"},         {"url", "https://aspm.example"}, {"name", "Mayo"},
            {"consumerKey", "mayo-aspm"}, {"consumerName", "Mayo ASPM"},   {"publicKey", publicKey}};
}

/// The key without its header lines.
std::string inner(const std::string& pem) {
    const std::size_t start = pem.find('\n') + 1;
    return pem.substr(start, pem.rfind("-----END") - start);
}

std::string rewrapped(std::string text, std::size_t width, const std::string& end) {
    text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
    for (std::size_t at = width; at < text.size(); at += width + end.size())
        text.insert(at, end);
    return text;
}

} // namespace

TEST_CASE("a public key is taken as people paste it", "[dc][applinks]") {
    const KeyPair& pair = KeyPair::usual();
    const std::string body = inner(pair.publicKey);
    for (const std::string& pasted :
         {pair.publicKey, body, rewrapped(body, 40, "\r\n"), rewrapped(body, 1000, "\n"),
          "  \n" + pair.publicKey + " ",
          "-----BEGIN PUBLIC KEY----- " + rewrapped(body, 64, " ") + " -----END PUBLIC KEY-----",
          pair.certificate(), inner(pair.certificate())}) {
        INFO(pasted);
        CHECK(jira_sim::readPublicKey(pasted) == pair.publicKey);
    }
}

TEST_CASE("what is no RSA public key is refused with a sentence", "[dc][applinks]") {
    const KeyPair& pair = KeyPair::usual();
    CHECK_THROWS_WITH(jira_sim::readPublicKey(" "), "Public Key is required.");
    CHECK_THROWS_WITH(jira_sim::readPublicKey("my key"), Catch::Contains("not a valid X.509 public key"));
    CHECK_THROWS_WITH(jira_sim::readPublicKey(pair.privateKey), Catch::Contains("private key"));
    CHECK_THROWS_WITH(jira_sim::readPublicKey(pair.publicKey.substr(0, 200)), Catch::Contains("-----END"));
    CHECK_THROWS_WITH(jira_sim::readPublicKey(inner(pair.publicKey).substr(0, 200)),
                      Catch::Contains("not a valid"));
    CHECK_THROWS_WITH(
        jira_sim::readPublicKey("-----BEGIN RSA PUBLIC KEY-----\nAA==\n-----END RSA PUBLIC KEY-----"),
        Catch::Contains("another format"));
    CHECK_THROWS_WITH(jira_sim::readPublicKey(
                          "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9q9UU8I5mEovUf86QZ7"
                          "kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg=="),
                      "Public Key is not an RSA key.");
}

TEST_CASE("an administrator makes a link step by step, in the words of the release", "[dc][applinks]") {
    const std::string version = GENERATE(as<std::string>(), "8.20", "9.12", "10.3");
    INFO(version);
    DcSim sim(version, {}, false);
    const Answer list = sim.request("GET", listPath);
    CHECK(contains(list, version == "8.20" ? "Create new link" : "Atlassian product"));
    CHECK(contains(list, "External application") == (version != "8.20"));
    CHECK(contains(step(sim, {{"step", "url"}, {"kind", "atlassian"}, {"url", "https://aspm.example"}}),
                   "No response was received"));
    CHECK(
        contains(step(sim, {{"step", "confirm"}, {"url", "https://aspm.example"}}), "Create incoming link"));
    CHECK(contains(step(sim, {{"step", "application"},
                              {"url", "https://aspm.example"},
                              {"name", "Mayo"},
                              {"incoming", "yes"}}),
                   "name=\"publicKey\""));
    const Answer saved = step(sim, incoming(inner(KeyPair::usual().publicKey)));
    CHECK(saved.status == 302);
    CHECK(saved.headers.at("Location") == listPath);
    CHECK(contains(sim.request("GET", listPath), "mayo-aspm"));
    CHECK(sim.requestToken().status == 200);

    const Answer deleted = sim.request("POST", "/plugins/servlet/applinks/delete", "id=1",
                                       {{"Content-Type", "application/x-www-form-urlencoded"}});
    CHECK(deleted.status == 302);
    CHECK(formValue(sim.requestToken(), "oauth_problem") == "consumer_key_unknown");
}

TEST_CASE("a step that is wrong keeps what was typed and says why", "[dc][applinks]") {
    DcSim sim("9.12", {}, false);
    const Answer nonsense = step(sim, incoming("<nonsense>"));
    CHECK(nonsense.status == 400);
    CHECK(contains(nonsense, "not a valid X.509 public key"));
    CHECK(contains(nonsense, "&lt;nonsense&gt;"));
    CHECK(contains(nonsense, "value=\"Mayo ASPM\""));
    NameValues spaced = incoming(KeyPair::usual().publicKey);
    spaced[3].second = "mayo aspm";
    CHECK(contains(step(sim, spaced), "one word without spaces"));
    CHECK(contains(step(sim, {{"step", "url"}, {"url", "aspm"}}), "must be an absolute address"));
    CHECK(contains(step(sim, {{"step", "url"}, {"kind", "external"}, {"url", "https://a.example"}}),
                   "OAuth 2.0"));
    CHECK(contains(step(sim, {{"step", "application"}, {"url", "https://a.example"}}),
                   "Application Name is required"));
    CHECK(sim.sim("GET", "/applinks").text == R"({"applinks":[]})");
}

TEST_CASE("a link without an incoming side lets nobody in", "[dc][applinks]") {
    DcSim sim("8.20", {}, false);
    CHECK(step(sim, {{"step", "application"}, {"url", "https://aspm.example"}, {"name", "Mayo"}}).status ==
          302);
    CHECK(contains(sim.request("GET", listPath), "No incoming authentication"));
    CHECK(formValue(sim.requestToken(), "oauth_problem") == "consumer_key_unknown");
}

TEST_CASE("tests make and delete links by the control API", "[dc][applinks]") {
    DcSim sim;
    const Answer list = sim.sim("GET", "/applinks");
    CHECK(list.textAt("applinks.0.consumerKey") == "mayo-aspm");
    CHECK(list.textAt("applinks.0.publicKey") == KeyPair::usual().publicKey);
    const Answer twice = sim.sim(
        "POST", "/applinks",
        json::text(json::object({{"consumerKey", "mayo-aspm"}, {"publicKey", KeyPair::usual().publicKey}})));
    CHECK(twice.status == 400);
    CHECK(contains(twice, "already exists"));
    CHECK(sim.sim("DELETE", "/applinks/7").status == 404);
    CHECK(sim.sim("DELETE", "/applinks/1").status == 204);
    Sim cloud;
    CHECK(cloud.sim("GET", "/applinks").status == 404);
    CHECK(cloud.request("GET", listPath).status == 404);
}

TEST_CASE("the callback of the link serves when a request token has none", "[dc][applinks]") {
    DcSim sim("9.12", {}, false);
    NameValues form = incoming(KeyPair::usual().publicKey);
    form.emplace_back("callback", "https://aspm.example/oauth/callback");
    CHECK(step(sim, form).status == 302);
    const std::string token = formValue(sim.requestToken(""), "oauth_token");
    const Answer consent = sim.sim("POST", "/consent",
                                   "{\"url\":\"" + sim.server.baseUrl() +
                                       "/plugins/servlet/oauth/authorize?oauth_token=" + token + "\"}");
    CHECK(consent.textAt("location").find("https://aspm.example/oauth/callback?oauth_token=") == 0);
}
