#include "server_probe.hpp"

#include "server_problem.hpp"

#include "jira/address_policy.hpp"
#include "jira/json.hpp"
#include "jira/retry_after.hpp"
#include "jira/transport.hpp"
#include "mapping/text.hpp"

#include <cstdlib>
#include <stdexcept>

namespace jira_plugin::connection {
namespace {

namespace json = jira::json;
using Kind = ServerProblem::Kind;

constexpr int oldestMajor = 8;
/// Jira refuses requests whose time differs by more.
constexpr std::int64_t toleranceMs = 300'000;

ServerProblem badAddress(const std::string& cause) {
    return {Kind::Input,
            "bad_address",
            "This is not the base URL of a Jira.",
            {{cause,
              "Enter the base URL that Jira shows under Administration > System > General configuration, for "
              "example https://jira.example.com or https://example.com/jira."}}};
}

ServerProblem notJira(const std::string& cause) {
    return {Kind::Input,
            "not_jira",
            "There is no Jira at this address.",
            {{cause, "Check the base URL, with its context path (for example https://example.com/jira)."}}};
}

ServerProblem tooOld(const std::string& version) {
    return {Kind::Input,
            "version_unsupported",
            "This Jira is too old.",
            {{"It is version " + version + ", and Jira Data Center 8.0 or later is needed.",
              "Ask your Jira administrator to upgrade Jira."}}};
}

ServerProblem isCloud() {
    return {Kind::Input,
            "jira_cloud",
            "This is Jira Cloud.",
            {{"The server says that it is a Jira Cloud site, which is connected by OAuth 2.0.",
              "Go back and choose Jira Cloud."}}};
}

jira::HttpResponse askServerInfo(jira::Transport& transport, const std::string& baseUrl) {
    jira::HttpRequest request;
    request.url = baseUrl + "/rest/api/2/serverInfo";
    try {
        return transport.send(request);
    } catch (const jira::TransportError& error) {
        throw serverProblem(error);
    }
}

/// What came in place of Jira's description of itself.
ServerProblem strangeAnswer(const jira::HttpResponse& response, const std::string& baseUrl,
                            std::int64_t nowMs) {
    oauth1::Circumstances known;
    known.baseUrl = baseUrl;
    known.nowMs = nowMs;
    const auto explanation = oauth1::explain(response, known);
    if (explanation.first().reason == oauth1::Reason::NoOAuth ||
        explanation.first().reason == oauth1::Reason::Unknown)
        return notJira(baseUrl + "/rest/api/2/serverInfo answers HTTP " + std::to_string(response.status) +
                       " and not what a Jira says there.");
    return serverProblem(explanation);
}

void requireSameTime(const jira::HttpResponse& response, std::int64_t nowMs) {
    const auto theirs = jira::serverTimeMs(response);
    if (theirs && std::abs(*theirs - nowMs) > toleranceMs)
        throw serverProblem(oauth1::clocksDiffer(nowMs, *theirs));
}

/// Jira's words for its own address; the entered one when they are none.
std::string siteUrlOf(const Poco::JSON::Object::Ptr& info, const std::string& entered) {
    try {
        return jira::normalisedBaseUrl(json::text(info, "baseUrl"));
    } catch (const std::invalid_argument&) {
        return entered;
    }
}

} // namespace

std::string serverAddress(const std::string& entered) {
    try {
        const std::string url = jira::normalisedBaseUrl(entered);
        if (url.find('?') != std::string::npos)
            throw badAddress("The address contains a '?'.");
        return url;
    } catch (const std::invalid_argument& error) {
        throw badAddress(error.what());
    }
}

ServerFacts probeServer(jira::Transport& transport, const std::string& baseUrl, std::int64_t nowMs) {
    const jira::HttpResponse response = askServerInfo(transport, baseUrl);
    const auto info = response.status == 200 && response.mediaType() != "text/html"
                          ? json::parseObject(response.body)
                          : Poco::JSON::Object::Ptr();
    if (!info)
        throw strangeAnswer(response, baseUrl, nowMs);
    if (json::text(info, "deploymentType") == "Cloud")
        throw isCloud();
    auto dialect = jira::readDialect(info, nowMs);
    if (!dialect)
        throw notJira("The server does not say which version of Jira it is.");
    dialect->version = mapping::cutText(mapping::oneLine(dialect->version), 40);
    if (dialect->major < oldestMajor)
        throw tooOld(dialect->version);
    requireSameTime(response, nowMs);
    return {baseUrl, siteUrlOf(info, baseUrl), *std::move(dialect)};
}

} // namespace jira_plugin::connection
