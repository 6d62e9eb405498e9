#include "server_dialect.hpp"

#include "errors.hpp"
#include "json.hpp"
#include "json_writing.hpp"

#include <Poco/NumberParser.h>
#include <Poco/String.h>
#include <Poco/StringTokenizer.h>

namespace jira_plugin::jira {
namespace {

constexpr int leastMajor = 8;

/// "8.20.1-m0001" as two numbers; what is no number is 0.
void readVersion(const std::string& text, ServerDialect& dialect) {
    const Poco::StringTokenizer parts(text, ".-");
    int* const numbers[] = {&dialect.major, &dialect.minor};
    for (std::size_t i = 0; i < parts.count() && i < 2; ++i) {
        if (!Poco::NumberParser::tryParse(parts[i], *numbers[i])) {
            *numbers[i] = 0;
        }
    }
}

} // namespace

CreateMetaForm createMetaForm(const ServerDialect& dialect) {
    return dialect.isAtLeast(8, 4) ? CreateMetaForm::Paged : CreateMetaForm::Whole;
}

CreateMetaForm createMetaFormAfterNotFound(const ServerDialect& dialect) {
    return dialect.isAtLeast(9, 0) ? CreateMetaForm::Paged : CreateMetaForm::Whole;
}

std::optional<ServerDialect> readDialect(const Poco::JSON::Object::Ptr& serverInfo, std::int64_t nowMs) {
    ServerDialect dialect;
    dialect.version = json::text(serverInfo, "version");
    dialect.seenAtMs = nowMs;
    readVersion(dialect.version, dialect);
    const auto numbers = json::array(serverInfo, "versionNumbers");
    if (numbers && numbers->size() >= 2) {
        readVersion(json::textOf(numbers->get(0)) + "." + json::textOf(numbers->get(1)), dialect);
    }
    if (dialect.version.empty() || dialect.major <= 0) {
        return std::nullopt;
    }
    return dialect;
}

void requireSupported(const ServerInfo& info, const ServerDialect& dialect, const std::string& siteName) {
    if (Poco::icompare(info.deploymentType, "Cloud") == 0) {
        throw NotConfigured("The Jira at " + siteName + " is Jira Cloud, not Jira Data Center.",
                            "Connect it under Connect Jira > Jira Cloud.");
    }
    if (dialect.major < leastMajor) {
        throw NotConfigured("The Jira at " + siteName + " is version " + dialect.version +
                                ". The integration needs Jira Data Center 8.0 or later.",
                            "Have Jira updated to a version that Atlassian supports, then connect it again.");
    }
}

std::string toText(const ServerDialect& dialect) {
    return "{\"version\":" + json::quoted(dialect.version) + ",\"major\":" + std::to_string(dialect.major) +
           ",\"minor\":" + std::to_string(dialect.minor) +
           ",\"seenAtMs\":" + std::to_string(dialect.seenAtMs) + "}";
}

std::optional<ServerDialect> dialectFromText(const std::string& text) {
    const auto object = json::parseObject(text);
    ServerDialect dialect;
    dialect.version = json::text(object, "version");
    dialect.major = static_cast<int>(json::number(object, "major", 0));
    dialect.minor = static_cast<int>(json::number(object, "minor", 0));
    dialect.seenAtMs = json::number(object, "seenAtMs", 0);
    return dialect.version.empty() || dialect.major <= 0 ? std::nullopt : std::optional(dialect);
}

} // namespace jira_plugin::jira
