#pragma once

#include "settings.hpp"

#include <Poco/JSON/Object.h>

#include <array>
#include <map>
#include <optional>
#include <string>

/// The settings of two-way sync as JSON, the form in which the API takes and shows them and the store keeps
/// them.
namespace jira_plugin::sync {

/// What one level, the organisation or a project, has set. What is not set is inherited.
struct SyncOverrides {
    std::optional<ClosePolicy> onClose;
    std::optional<std::map<std::string, host::FindingStatus>> byResolution;
    std::optional<bool> showRestrictedComments;
    std::array<std::optional<Reaction>, occasionCount> reactions;
    std::optional<Target> closed;
    std::optional<Target> reopened;
    std::array<std::optional<Ownership>, ownedFieldCount> ownership;
};

/// {"onClose": "trust_ticket", "byResolution": {"10001": "accepted", "won't fix": "accepted"},
///  "showRestrictedComments": false, "reactions": {"accepted": "comment"},
///  "closed": {"status": {"id", "name"} or null, "fields": {"resolution": {"id": "10000"}}},
///  "reopened": {...}, "ownership": {"priority": "until_edited"}}
/// Every member may be missing. Throws mapping::SettingsProblem.
SyncOverrides readSyncOverrides(const Poco::JSON::Object::Ptr& json);
Poco::JSON::Object::Ptr toJson(const SyncOverrides& settings);

/// The settings in force, all members.
Poco::JSON::Object::Ptr toJson(const SyncSettings& settings);

/// The base with everything replaced that the overrides have.
SyncSettings apply(SyncSettings base, const SyncOverrides& overrides);

} // namespace jira_plugin::sync
