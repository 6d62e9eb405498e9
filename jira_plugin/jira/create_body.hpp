#pragma once

#include "mapping/ticket_draft.hpp"

#include <string>
#include <vector>

namespace jira_plugin::jira {

/// For whom the body is written.
enum class BodyStyle {
    Rich,  ///< Cloud (REST v3): the description with all of ADF that toAdf uses, people by accountId
    Plain, ///< the same with paragraphs only: for a Cloud that refuses the rich one without saying where
    Wiki,  ///< Data Center (REST v2): the description in wiki markup, people by name
};

/// The body of "Create issue". Throws Refusal when an extra field's value is not JSON.
/// Source: developer.atlassian.com, REST v3 (Cloud) and v2 (Data Center), "Create issue".
std::string createBody(const mapping::TicketDraft& draft, BodyStyle style = BodyStyle::Rich);

/// The body of "Bulk create issue", elements in the order of the drafts.
std::string bulkCreateBody(const std::vector<mapping::TicketDraft>& drafts,
                           BodyStyle style = BodyStyle::Rich);

} // namespace jira_plugin::jira
