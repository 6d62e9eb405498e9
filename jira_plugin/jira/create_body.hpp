#pragma once

#include "mapping/ticket_draft.hpp"

#include <string>
#include <vector>

namespace jira_plugin::jira {

/// How the description is written.
enum class DescriptionStyle {
    Rich,  ///< all of ADF that toAdf uses
    Plain, ///< paragraphs only: for a Jira that refuses the rich one without saying where
};

/// The body of "Create issue" on Cloud (REST v3). Throws Refusal when an extra field's value is not JSON.
/// Source: developer.atlassian.com, REST v3, "Create issue".
std::string createBody(const mapping::TicketDraft& draft, DescriptionStyle style = DescriptionStyle::Rich);

/// The body of "Bulk create issue", elements in the order of the drafts.
std::string bulkCreateBody(const std::vector<mapping::TicketDraft>& drafts);

} // namespace jira_plugin::jira
