#include "problem.hpp"

#include "encoding.hpp"

#include "mapping/text.hpp"

#include <algorithm>

#include <Poco/NumberParser.h>
#include <Poco/String.h>

namespace jira_plugin::oauth1 {
namespace {

constexpr std::size_t maxAdvice = 300;
/// Times beyond it are milliseconds: some providers send those in place of seconds.
constexpr std::int64_t mostSeconds = 100'000'000'000;

/// The end of the quoted string that begins at `at`; its text without quotes and backslashes goes to `value`.
std::size_t readQuoted(const std::string& text, std::size_t at, std::string& value) {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size())
            ++at;
        value += text[at];
    }
    return std::min(at + 1, text.size());
}

/// name="value" or name=value, separated by commas. Values are percent-encoded in OAuth's challenges.
Parameters readChallenge(const std::string& text) {
    Parameters parameters;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t sign = text.find_first_of("=,", at);
        if (sign == std::string::npos || text[sign] == ',') {
            at = sign == std::string::npos ? text.size() : sign + 1;
            continue;
        }
        const std::string name = Poco::trim(text.substr(at, sign - at));
        at = std::min(text.find_first_not_of(" \t", sign + 1), text.size());
        std::string value;
        if (at < text.size() && text[at] == '"') {
            at = readQuoted(text, at, value);
        } else {
            const std::size_t end = std::min(text.find(',', at), text.size());
            value = Poco::trim(text.substr(at, end - at));
            at = end;
        }
        parameters.emplace_back(name, percentDecoded(value));
        at = std::min(text.find(',', at), text.size() - 1) + 1;
    }
    return parameters;
}

Parameters fromHeaders(const jira::HttpResponse& response) {
    Parameters all;
    for (const auto& [name, value] : response.headers) {
        const bool isOAuth = Poco::icompare(name, "WWW-Authenticate") == 0 &&
                             Poco::icompare(value.substr(0, 6), "OAuth ") == 0;
        for (auto& parameter : isOAuth ? readChallenge(value.substr(6)) : Parameters{})
            all.push_back(std::move(parameter));
    }
    return all;
}

/// Names out of a list like "oauth_nonce&oauth_timestamp" or "oauth_callback=x"; bounded, as they are shown.
std::vector<std::string> namesOf(const std::string& list) {
    std::vector<std::string> names;
    for (const auto& [name, value] : parseForm(list))
        if (names.size() < 20)
            names.push_back(mapping::cutText(mapping::oneLine(name), 60));
    return names;
}

std::int64_t inMs(std::int64_t time) {
    return time < mostSeconds ? time * 1000 : time;
}

/// The last of the year 9999: later times are none.
constexpr std::int64_t mostMs = 253'402'300'799'000;

std::optional<Problem::Range> rangeOf(const std::string& text) {
    const std::size_t dash = text.find('-');
    Poco::Int64 from = 0;
    Poco::Int64 to = 0;
    if (dash == std::string::npos ||
        !Poco::NumberParser::tryParse64(Poco::trim(text.substr(0, dash)), from) ||
        !Poco::NumberParser::tryParse64(Poco::trim(text.substr(dash + 1)), to) || from < 0 || to < from ||
        inMs(to) > mostMs)
        return std::nullopt;
    return Problem::Range{inMs(from), inMs(to)};
}

} // namespace

std::optional<Problem> readProblem(const jira::HttpResponse& response) {
    Parameters all = fromHeaders(response);
    if (response.body.find("oauth_problem") != std::string::npos && response.mediaType() != "text/html")
        for (auto& parameter : parseForm(Poco::trim(response.body)))
            all.push_back(std::move(parameter));
    Problem problem;
    problem.name = mapping::cutText(mapping::oneLine(valueOf(all, "oauth_problem")), 60);
    if (problem.name.empty())
        return std::nullopt;
    problem.advice = mapping::cutText(mapping::oneLine(valueOf(all, "oauth_problem_advice")), maxAdvice);
    problem.acceptable = rangeOf(valueOf(all, "oauth_acceptable_timestamps"));
    problem.absent = namesOf(valueOf(all, "oauth_parameters_absent"));
    problem.rejected = namesOf(valueOf(all, "oauth_parameters_rejected"));
    problem.signatureBaseString = valueOf(all, "oauth_signature_base_string");
    return problem;
}

} // namespace jira_plugin::oauth1
