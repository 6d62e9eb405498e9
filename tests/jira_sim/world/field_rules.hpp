#pragma once

#include <string>

#include "http/json.hpp"
#include "http/replies.hpp"
#include "world/world.hpp"

/// What Jira accepts as the value of a field, and the texts it refuses the rest with.
namespace jira_sim {

/// Where a value is to be set and by whom.
struct FieldContext {
    World& world;
    Site& site;
    const Project& project;
    const User& actor;
};

/// Puts a value into the draft, or says in `errors` why Jira would not.
void setField(const FieldContext& context, const Field& field, const json::Value& value, Issue& draft,
              ErrorCollection& errors);

/// One `update` operation: `{"add":"x"}`, `{"remove":"x"}` or `{"set":...}`.
void updateField(const FieldContext& context, const Field& field, const json::Value& operation, Issue& draft,
                 ErrorCollection& errors);

/// Whether the draft has a value for the field, for "is required".
bool hasValue(const Field& field, const Issue& draft);

/// Checks a rich text and answers whether Jira would take it; notes the problem when not. Cloud takes the
/// Atlassian Document Format, Data Center wiki markup.
/// `onString` is Cloud's refusal of a plain string, which differs between fields and comments.
bool checkRichText(const World& world, const json::Value& value, const std::string& fieldId,
                   const std::string& onString, ErrorCollection& errors);
/// A text as people type it into a field of the deployment.
json::Value richText(const World& world, const std::string& text);

} // namespace jira_sim
