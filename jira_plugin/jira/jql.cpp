#include "jql.hpp"

#include <algorithm>

#include <Poco/Ascii.h>

namespace jira_plugin::jira {
namespace {

/// Jira takes a bare number for an id, and a text for a name or key.
std::string idLiteral(const std::string& id) {
    const bool number = !id.empty() && id.size() < 19 &&
                        std::all_of(id.begin(), id.end(), [](char c) { return Poco::Ascii::isDigit(c); });
    return number ? id : jqlString(id);
}

std::string listOf(const std::vector<std::string>& values, std::string (*literal)(const std::string&)) {
    std::string list;
    for (const auto& value : values) {
        list += (list.empty() ? "" : ", ") + literal(value);
    }
    return list;
}

} // namespace

std::string jqlString(const std::string& value) {
    std::string quoted = "\"";
    for (const char c : value) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            quoted += ' '; // no field value of Jira's contains one, and JQL has no agreed way to write it
            continue;
        }
        if (c == '\\' || c == '"') {
            quoted += '\\';
        }
        quoted += c;
    }
    return quoted + "\"";
}

std::string jqlForLabels(const std::vector<std::string>& labels) {
    return "labels in (" + listOf(labels, jqlString) + ")";
}

std::string jqlForIds(const std::vector<std::string>& issueIds) {
    return "id in (" + listOf(issueIds, idLiteral) + ") ORDER BY key";
}

/// Dates in JQL are read in the time zone of the connected account; a bare number is milliseconds since 1970,
/// whatever the zone, on Cloud and on Data Center.
std::string jqlForChanges(const std::vector<std::string>& projectIds, std::int64_t sinceMs) {
    return "project in (" + listOf(projectIds, idLiteral) +
           ") AND updated >= " + std::to_string(std::max<std::int64_t>(sinceMs, 0)) +
           " ORDER BY updated DESC, key DESC";
}

} // namespace jira_plugin::jira
