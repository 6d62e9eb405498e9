#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jira_plugin::sync {

/// What a webhook says happened, as far as anybody here needs it. All of it is a hint: the issue is read
/// again before anything changes.
struct Delivery {
    std::string event;         ///< Jira's name, e.g. "jira:issue_updated"
    std::string issueId;       ///< numeric; empty where the event is about no issue
    std::string siteHost;      ///< host name of the links in it, in small letters, with ":port" if unusual
    std::string commentId;     ///< empty unless a comment was made, changed or deleted
    std::string changelogId;   ///< empty where there is none
    std::string actor;         ///< display name of who did it; may be empty
    std::string propertyKey;   ///< of issue_property_set and issue_property_deleted
    std::string propertyValue; ///< its JSON
    std::vector<std::string> webhookIds; ///< Cloud: those of ours that it is for
    std::int64_t atMs = 0;               ///< when it happened by Jira's clock; 0: it does not say
    std::int64_t issueUpdatedMs = 0;     ///< of the issue, as the delivery has it; 0: it does not say
    bool changesStatus = false;          ///< the changelog names the status
    bool concernsComments = false;
    bool isDeletion = false;  ///< of the issue
    bool isCreation = false;  ///< of the issue
    bool carriesMark = false; ///< one of the issue's labels looks like those that mark our tickets
};

/// Reads the body of a delivery of Cloud or Data Center; nothing when it is no JSON object, nests deeper than
/// any delivery does, or names no event. What is missing or of another type reads as empty. Pure.
std::optional<Delivery> parseDelivery(std::string_view body);

} // namespace jira_plugin::sync
