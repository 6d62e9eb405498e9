#pragma once

#include <map>
#include <string>

namespace jira_plugin::jira {

/// What a call is about: the same refusal is mended elsewhere for each.
enum class Topic { Ticket, Comment, Transition, Edit, Webhook };

/// When the outcome of a write is unknown.
std::string lookUpRemedyFor(Topic topic);

/// What somebody should do when Jira refuses a ticket over this field. Chosen by field id and never by Jira's
/// words, which come in the language of the connected account.
std::string remedyForField(const std::string& fieldId);

/// For a refusal as a whole: that of its fields when it names some, else that of its status.
std::string remedyFor(int status, const std::map<std::string, std::string>& fields,
                      Topic topic = Topic::Ticket);

} // namespace jira_plugin::jira
