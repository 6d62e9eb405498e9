#pragma once

#include "jira/client.hpp"

#include <string>
#include <vector>

namespace jira_plugin::mapping {

/// Whether we fill this field from the finding or the mapping itself, so that no admin gives a value for it.
bool isOwnField(const std::string& fieldId);

/// Whether Jira asks for a value that neither we nor Jira itself would fill in. The reporter is not such a
/// field: Jira takes the connected account.
bool needsValue(const jira::FieldMeta& field);

/// A text of several paragraphs, which Cloud wants as a document.
bool isRichText(const jira::FieldMeta& field);

/// The value (JSON) in the form that Jira wants for this field: options as {"id"}, found by id or name among
/// the allowed values; numbers as numbers; dates as yyyy-MM-dd; moments with their time zone; people as
/// {"accountId"}; groups as {"name"} or {"groupId"}. A value in that form stays as it is. Throws
/// std::invalid_argument with a sentence that says what the field takes.
std::string normaliseFieldValue(const jira::FieldMeta& field, const std::string& json);

/// The accounts that a normalised value names; none for fields that are not about people.
std::vector<std::string> peopleIn(const jira::FieldMeta& field, const std::string& normalJson);

} // namespace jira_plugin::mapping
