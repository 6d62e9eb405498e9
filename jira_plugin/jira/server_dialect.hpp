#pragma once

#include "client.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// Which REST v2 a Data Center speaks: what serverInfo said, and when.
struct ServerDialect {
    std::string version; ///< as Jira writes it, e.g. "9.12.4"
    int major = 0;
    int minor = 0;
    std::int64_t seenAtMs = 0;

    bool isAtLeast(int wantedMajor, int wantedMinor) const {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }
};

/// The forms of the create metadata. The whole document of all projects was removed with 9.0; the paged form
/// of one project came with 8.4.
enum class CreateMetaForm { Whole, Paged };

/// The one to ask first.
CreateMetaForm createMetaForm(const ServerDialect& dialect);
/// The one to ask when the first was not found.
CreateMetaForm createMetaFormAfterNotFound(const ServerDialect& dialect);

/// Nothing when it is not what serverInfo answers.
std::optional<ServerDialect> readDialect(const Poco::JSON::Object::Ptr& serverInfo, std::int64_t nowMs);

/// Throws NotConfigured, with a sentence for an admin, for a Cloud and for a version below 8.0.
void requireSupported(const ServerInfo& info, const ServerDialect& dialect, const std::string& siteName);

/// To be kept as one text; nothing when the text is not one.
std::string toText(const ServerDialect& dialect);
std::optional<ServerDialect> dialectFromText(const std::string& text);

} // namespace jira_plugin::jira
