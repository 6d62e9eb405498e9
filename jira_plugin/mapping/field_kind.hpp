#pragma once

#include "jira/client.hpp"

/// What kinds of values Jira's fields take when an issue is created.
namespace jira_plugin::mapping {

enum class FieldKind {
    Text,
    RichText, ///< several paragraphs, which Cloud wants as a document
    Number,
    Date,
    DateTime,
    Select, ///< one of the allowed values
    MultiSelect,
    Cascade, ///< a choice and one below it
    User,
    MultiUser,
    Group,
    MultiGroup,
    Labels,
    Url,
    Json ///< anything else: a kind that an app brought; Jira alone knows what it takes
};

FieldKind kindOf(const jira::FieldMeta& field);

/// The word for the editor that suits the kind, e.g. "multiSelect".
const char* toString(FieldKind kind);

/// Whether schema.custom ends in this type, as in com.atlassian.jira.plugin.system.customfieldtypes:url.
bool isCustomType(const jira::FieldMeta& field, const char* type);

} // namespace jira_plugin::mapping
