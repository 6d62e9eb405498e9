#include "data_center.hpp"

#include "eventually.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

namespace integration {

using namespace test_support;

namespace {

const std::string linksPath = "/plugins/servlet/applinks/listApplicationLinks";

std::map<std::string, std::string> merged(std::map<std::string, std::string> base,
                                          const std::map<std::string, std::string>& over) {
    for (const auto& [key, value] : over) {
        base[key] = value;
    }
    return base;
}

HttpResponse allowAccess(const Simulator& jira, HttpClient& admin, const std::string& authorizeUrl,
                         const std::string& decision) {
    const auto answer =
        jira.control("POST", "/_sim/consent",
                     R"({"url":)" + quoted(authorizeUrl) + R"(,"decision":)" + quoted(decision) + "}");
    return admin.get(pathOf(answer["location"].text()));
}

HttpResponse verifyServer(HttpClient& admin, const std::string& url) {
    return askSettings(admin, "POST", "connection/data-center/verify", R"({"url":)" + quoted(url) + "}");
}

} // namespace

SimulatorOptions dataCenter(const std::string& version, std::vector<std::string> arguments) {
    SimulatorOptions options;
    options.arguments = {"--deployment", "dc", "--version", version};
    options.arguments.insert(options.arguments.end(), arguments.begin(), arguments.end());
    // The description is of one release; what it says of the guide's requests is checked afterwards.
    const auto test = traceName();
    if (version == "10.3" && test.rfind("the-guide", 0) == 0) {
        options.traceName = "dc-" + test;
    }
    return options;
}

void makeLink(const Simulator& jira, const Json& values, const std::map<std::string, std::string>& changes) {
    const auto form = merged({{"kind", "atlassian"},
                              {"url", values["linkUrl"].text()},
                              {"name", "Mayo ASPM"},
                              {"incoming", "yes"},
                              {"consumerKey", values["consumerKey"].text()},
                              {"consumerName", values["consumerName"].text()},
                              {"publicKey", values["publicKey"].text()}},
                             changes);
    auto browser = jira.browser();
    for (const char* step : {"url", "confirm", "application", "incoming"}) {
        if (std::string(step) == "incoming" && form.at("incoming").empty()) {
            return; // the dialog ended with the step before
        }
        const auto answer = browser.submit(linksPath, merged(form, {{"step", step}}));
        if (answer.status >= 400) {
            throw std::runtime_error("Jira refuses the step " + std::string(step) + ": " + answer.body);
        }
    }
}

void connectServer(const Simulator& jira, HttpClient& admin) {
    makeLink(jira, settings(admin, "GET", "connection/data-center"));
    const auto verified = verifyServer(admin, jira.url());
    if (verified.status != 200) {
        throw std::runtime_error("The link was not accepted: " + verified.body);
    }
    const auto returned = allowAccess(jira, admin, verified.json()["authorizeUrl"].text(), "accept");
    if (settings(admin, "GET", "connection")["state"].text() != "connected") {
        throw std::runtime_error("Jira is not connected: " + returned.body);
    }
}

std::string hookUrl(const Simulator& jira) {
    const auto webhooks = [&] { return jira.control("GET", "/_sim/webhooks")["webhooks"]; };
    if (!eventually([&] { return webhooks().size() == 1; })) {
        throw std::runtime_error("There is not one webhook: " + webhooks().dump());
    }
    return webhooks()[0]["url"].text();
}

std::string hookSecret(const Simulator& jira) {
    auto browser = jira.browser();
    browser.setHeader("Authorization", "Basic c3JpdmVyYTpzaW0tcGFzc3dvcmQ="); // srivera:sim-password
    const auto answer = browser.get("/rest/jira-webhook/1.0/webhooks");
    return answer.status == 404 ? "" : answer.json()[0]["configuration"]["SECRET"].text();
}

DataCenterHost::DataCenterHost(const std::string& version, std::vector<std::string> arguments,
                               const std::map<std::string, std::string>& config)
    : jira(dataCenter(version, std::move(arguments))), host({merged(configFor(jira), config), jiraBundle()}),
      admin(host.signedIn()) {}

void DataCenterHost::makeLink(const std::map<std::string, std::string>& changes) {
    integration::makeLink(jira, guide(), changes);
}

void DataCenterHost::removeLinks() const {
    for (const auto& link : jira.control("GET", "/_sim/applinks")["applinks"].items()) {
        jira.control("DELETE", "/_sim/applinks/" + std::to_string(link["id"].number()));
    }
}

HttpResponse DataCenterHost::verify(const std::string& url) {
    return verifyServer(admin, url.empty() ? jira.url() : url);
}

std::string DataCenterHost::problem(const std::string& url) {
    const auto answer = verify(url);
    if (answer.status / 100 == 2) {
        return {};
    }
    const auto error = answer.json()["error"];
    INFO(answer.body);
    CHECK_FALSE(error["message"].text().empty());
    CHECK_FALSE(error["cause"].text().empty());
    CHECK_FALSE(error["remedy"].text().empty());
    return error["code"].text();
}

HttpResponse DataCenterHost::allow(const std::string& authorizeUrl, const std::string& decision) {
    return allowAccess(jira, admin, authorizeUrl, decision);
}

} // namespace integration
