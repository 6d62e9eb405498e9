#include <catch2/catch.hpp>

#include "dc_client.hpp"
#include "http/signature_base.hpp"

using namespace sim_test;

namespace {

void set(NameValues& parameters, const std::string& name, const std::string& value) {
    for (auto& entry : parameters)
        if (entry.first == name)
            entry.second = value;
}

Signing before(const std::function<void(NameValues&)>& change) {
    Signing signing;
    signing.before = change;
    return signing;
}

Signing replaced(const std::string& name, const std::string& value) {
    return before([=](NameValues& parameters) { set(parameters, name, value); });
}

Signing without(const std::string& name) {
    return before([=](NameValues& parameters) {
        for (auto entry = parameters.begin(); entry != parameters.end();)
            entry = entry->first == name ? parameters.erase(entry) : std::next(entry);
    });
}

void checkRefusal(const Answer& answer, int status, const std::string& problem) {
    INFO(answer.text);
    CHECK(answer.status == status);
    CHECK(formValue(answer, "oauth_problem") == problem);
    CHECK(answer.headers.at("WWW-Authenticate").find("OAuth realm=\"https%3A%2F%2F127.0.0.1") == 0);
    CHECK(answer.headers.at("WWW-Authenticate").find("oauth_problem=\"" + problem + "\"") !=
          std::string::npos);
}

} // namespace

TEST_CASE("the three steps lead to a token that acts for the person", "[dc][oauth1]") {
    DcSim sim;
    const Answer request = sim.requestToken();
    CHECK(request.status == 200);
    CHECK(formValue(request, "oauth_callback_confirmed") == "true");
    CHECK_FALSE(formValue(request, "oauth_token_secret").empty());
    const std::string token = formValue(request, "oauth_token");
    const Answer access = sim.accessToken(token, sim.approve(token, "priya"));
    CHECK(formValue(access, "oauth_expires_in") == "157680000");
    CHECK(formValue(access, "oauth_authorization_expires_in") == "160272000");
    sim.token = formValue(access, "oauth_token");
    CHECK(sim.rest("GET", "/myself").textAt("name") == "priya");
}

TEST_CASE("the page names the consumer and sends the browser back with the verifier", "[dc][oauth1]") {
    DcSim sim;
    const std::map<std::string, std::string> formType = {
        {"Content-Type", "application/x-www-form-urlencoded"}};
    const std::string path = "/plugins/servlet/oauth/authorize";
    const std::string token =
        formValue(sim.requestToken("http://127.0.0.1:9/callback?tenant=1"), "oauth_token");
    const Answer page = sim.request("GET", path + "?oauth_token=" + token);
    CHECK(page.text.find("Mayo ASPM") != std::string::npos);
    CHECK(page.text.find("value=\"jweber\"") != std::string::npos);
    const Answer back =
        sim.request("POST", path, "oauth_token=" + token + "&account=jweber&decision=accept", formType);
    CHECK(back.status == 302);
    const std::string location = back.headers.at("Location");
    CHECK(location.find("http://127.0.0.1:9/callback?tenant=1&oauth_token=" + token + "&oauth_verifier=") ==
          0);
    CHECK(sim.accessToken(token, queryValue(location, "oauth_verifier")).status == 200);

    const Answer again = sim.request("GET", path + "?oauth_token=" + token);
    CHECK(again.status == 401);
    CHECK(again.text.find("token_used") != std::string::npos);
    CHECK(sim.request("GET", path + "?oauth_token=none").text.find("token_rejected") != std::string::npos);
}

TEST_CASE("without a callback the page shows the verifier", "[dc][oauth1]") {
    DcSim sim;
    const std::string token = formValue(sim.requestToken("oob"), "oauth_token");
    const Answer page = sim.request("POST", "/plugins/servlet/oauth/authorize",
                                    "oauth_token=" + token + "&account=srivera&decision=accept",
                                    {{"Content-Type", "application/x-www-form-urlencoded"}});
    CHECK(page.status == 200);
    const std::string mark = "id=\"verifier\">";
    const std::size_t at = page.text.find(mark);
    REQUIRE(at != std::string::npos);
    CHECK(sim.accessToken(token, page.text.substr(at + mark.size(), 6)).status == 200);
}

TEST_CASE("a denial comes back as the verifier 'denied'", "[dc][oauth1]") {
    DcSim sim;
    const std::string token = formValue(sim.requestToken(), "oauth_token");
    CHECK(sim.approve(token, "", "deny") == "denied");
    checkRefusal(sim.accessToken(token, "denied"), 401, "permission_denied");

    sim.fault("deny,times=1");
    const std::string second = formValue(sim.requestToken(), "oauth_token");
    CHECK(sim.approve(second) == "denied");
}

TEST_CASE("a wrong signature is refused whatever made it wrong", "[dc][oauth1]") {
    DcSim sim;
    sim.connectAs();
    const KeyPair other = KeyPair::make();
    Signing signing;
    SECTION("another key") {
        signing.key = &other;
    }
    SECTION("another base URL") {
        signing.origin = "https://localhost:" + std::to_string(sim.server.port());
    }
    SECTION("the query left out") {
        signing.leaveOutQuery = true;
    }
    SECTION("changed on the way") {
        signing.after = [](NameValues& parameters) { set(parameters, "oauth_nonce", "another"); };
    }
    SECTION("no base64") {
        signing.after = [](NameValues& parameters) { set(parameters, "oauth_signature", "!!!"); };
    }
    checkRefusal(sim.rest("GET", "/user?username=priya", {}, signing), 401, "signature_invalid");
    CHECK(sim.rest("GET", "/user?username=priya").status == 200);
}

TEST_CASE("Jira signs with its own idea of its base URL", "[dc][oauth1]") {
    jira_sim::Config config;
    config.siteUrl = "https://jira.acme.example";
    config.echoBaseString = true;
    DcSim sim("9.12", config);
    const Answer refused = sim.requestToken();
    CHECK(refused.status == 401);
    CHECK(formValue(refused, "oauth_signature_base_string")
              .find("POST&https%3A%2F%2Fjira.acme.example%2Fplugins%2Fservlet%2Foauth%2Frequest-token&") ==
          0);
    Signing right;
    right.origin = "https://jira.acme.example";
    CHECK(sim.requestToken("oob", right).status == 200);
}

TEST_CASE("the base string is shown on demand only", "[dc][oauth1]") {
    DcSim sim;
    const KeyPair other = KeyPair::make();
    Signing wrong;
    wrong.key = &other;
    CHECK(formValue(sim.requestToken("oob", wrong), "oauth_signature_base_string").empty());
}

TEST_CASE("a message that is not as agreed is refused with its problem", "[dc][oauth1]") {
    DcSim sim;
    const auto now = [&] { return sim.server.world().nowMs() / 1000; };
    const auto ask = [&](const Signing& signing) { return sim.requestToken("oob", signing); };
    checkRefusal(ask(replaced("oauth_consumer_key", "mayo")), 401, "consumer_key_unknown");
    checkRefusal(ask(replaced("oauth_signature_method", "HMAC-SHA1")), 400, "signature_method_rejected");
    checkRefusal(ask(replaced("oauth_version", "2.0")), 400, "version_rejected");
    checkRefusal(ask(replaced("oauth_timestamp", std::to_string(now() + 301))), 400, "timestamp_refused");
    const Answer stale = ask(replaced("oauth_timestamp", std::to_string(now() - 302)));
    checkRefusal(stale, 400, "timestamp_refused");
    CHECK(formValue(stale, "oauth_acceptable_timestamps").find('-') != std::string::npos);
    checkRefusal(ask(replaced("oauth_timestamp", "soon")), 400, "parameter_rejected");
    checkRefusal(ask(before([](NameValues& p) { p.emplace_back("oauth_version", "1.0"); })), 400,
                 "parameter_rejected");
    for (const char* name :
         {"oauth_consumer_key", "oauth_nonce", "oauth_timestamp", "oauth_signature_method"}) {
        const Answer absent = ask(without(name));
        checkRefusal(absent, 400, "parameter_absent");
        CHECK(formValue(absent, "oauth_parameters_absent").find(name) != std::string::npos);
    }
    CHECK(ask(without("oauth_version")).status == 200);
    CHECK(ask(replaced("oauth_timestamp", std::to_string(now() - 290))).status == 200);
}

TEST_CASE("a callback must be an absolute address or oob", "[dc][oauth1]") {
    DcSim sim;
    const Answer relative = sim.requestToken("/callback");
    checkRefusal(relative, 400, "parameter_rejected");
    CHECK_FALSE(formValue(relative, "oauth_problem_advice").empty());
    checkRefusal(sim.requestToken("ftp://files.example"), 400, "parameter_rejected");
    CHECK(sim.requestToken("").status == 200);
}

TEST_CASE("a nonce is good once", "[dc][oauth1]") {
    DcSim sim;
    sim.connectAs();
    const Signing same = replaced("oauth_nonce", "only-once");
    CHECK(sim.rest("GET", "/myself", {}, same).status == 200);
    checkRefusal(sim.rest("GET", "/myself", {}, same), 401, "nonce_used");
}

TEST_CASE("a request token can be exchanged once, in time, after the approval, with its verifier",
          "[dc][oauth1]") {
    DcSim sim;
    const std::string token = formValue(sim.requestToken(), "oauth_token");
    checkRefusal(sim.accessToken(token, "guess"), 401, "permission_unknown");
    const std::string verifier = sim.approve(token);
    checkRefusal(sim.accessToken(token, ""), 400, "parameter_absent");
    checkRefusal(sim.accessToken(token, "guess"), 401, "token_rejected");
    CHECK(sim.accessToken(token, verifier).status == 200);
    checkRefusal(sim.accessToken(token, verifier), 401, "token_used");
    checkRefusal(sim.accessToken("invented", "x",
                                 [] {
                                     Signing signing;
                                     signing.more = {{"oauth_session_handle", "x"}};
                                     return signing;
                                 }()),
                 401, "token_rejected");

    const std::string late = formValue(sim.requestToken(), "oauth_token");
    const std::string lateVerifier = sim.approve(late);
    sim.server.world().clock().advanceMs(600'001);
    checkRefusal(sim.accessToken(late, lateVerifier), 401, "token_expired");
}

TEST_CASE("an access token ends by age, by revocation and with its link", "[dc][oauth1]") {
    DcSim sim;
    checkRefusal(sim.signedRequest("GET", "/rest/api/2/myself"), 401, "permission_denied");
    sim.token = "invented";
    checkRefusal(sim.rest("GET", "/myself"), 401, "token_rejected");
    sim.connectAs();
    SECTION("five years") {
        sim.server.world().clock().advanceMs(157'680'000'000);
        checkRefusal(sim.rest("GET", "/myself"), 401, "token_expired");
    }
    SECTION("the fault") {
        sim.fault("expire-tokens,times=1");
        checkRefusal(sim.rest("GET", "/myself"), 401, "token_expired");
    }
    SECTION("revoked by the control API") {
        CHECK(sim.sim("POST", "/grants/revoke", R"({"account":"srivera"})").textAt("revoked") == "1");
        checkRefusal(sim.rest("GET", "/myself"), 401, "token_revoked");
    }
    SECTION("revoked on the person's page") {
        const std::string page = "/plugins/servlet/oauth/users/access-tokens";
        CHECK(sim.request("GET", page).text.find("Mayo ASPM") != std::string::npos);
        CHECK(sim.request("GET", page).text.find(sim.token) == std::string::npos);
        sim.request("POST", page, "number=1", {{"Content-Type", "application/x-www-form-urlencoded"}});
        checkRefusal(sim.rest("GET", "/myself"), 401, "token_revoked");
    }
    SECTION("the link deleted") {
        CHECK(sim.sim("DELETE", "/applinks/1").status == 204);
        checkRefusal(sim.rest("GET", "/myself"), 401, "consumer_key_unknown");
    }
    SECTION("the person deactivated") {
        sim.world(R"({"op":"deactivate-user","account":"srivera"})");
        checkRefusal(sim.rest("GET", "/myself"), 401, "permission_denied");
    }
}

TEST_CASE("a session renews an expired token by its handle", "[dc][oauth1]") {
    DcSim sim;
    sim.connectAs();
    sim.sim("POST", "/tokens/expire");
    checkRefusal(sim.rest("GET", "/myself"), 401, "token_expired");
    const std::string old = sim.token;
    const Answer renewed = sim.renew();
    CHECK(renewed.status == 200);
    checkRefusal(sim.renew(), 401, "token_rejected");
    sim.token = formValue(renewed, "oauth_token");
    sim.sessionHandle = formValue(renewed, "oauth_session_handle");
    CHECK(sim.token != old);
    CHECK(sim.rest("GET", "/myself").status == 200);
    SECTION("not with another handle") {
        sim.sessionHandle = "guess";
        checkRefusal(sim.renew(), 401, "token_rejected");
    }
    SECTION("not without one") {
        checkRefusal(sim.accessToken(sim.token, ""), 400, "parameter_absent");
    }
    SECTION("not after five years and thirty days") {
        sim.server.world().clock().advanceMs(160'272'000'000);
        checkRefusal(sim.renew(), 401, "permission_denied");
    }
    SECTION("not while the fault refuses") {
        sim.fault("refuse-refresh,times=1");
        checkRefusal(sim.renew(), 401, "permission_denied");
    }
}
