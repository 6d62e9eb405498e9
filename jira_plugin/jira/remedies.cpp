#include "remedies.hpp"

#include <array>
#include <utility>

namespace jira_plugin::jira {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 14> fieldRemedies{{
    {"project",
     "Check in Jira that the project exists and is not archived, and that the connected account may create "
     "issues in it; otherwise choose another project in Project mapping."},
    {"issuetype",
     "Choose an issue type of this project in Project mapping; the project's types may have changed."},
    {"priority",
     "In Field mapping choose priorities of this project's priority scheme, or have the Priority field "
     "put on the issue type's create screen."},
    {"summary", "Shorten the finding's title, or have a rule about Summary in the Jira project relaxed."},
    {"description",
     "The description may be too long or not allowed by the project; shorten the finding's text, or "
     "have the Description field put on the issue type's create screen."},
    {"labels",
     "In Field mapping use labels without spaces, or have the Labels field put on the issue type's create "
     "screen."},
    {"assignee",
     "Choose a person who can be assigned issues of this project, or give them the Assignable User "
     "permission in Jira."},
    {"reporter",
     "Give the connected account the Modify Reporter permission in Jira, or make Reporter optional for "
     "this issue type."},
    {"duedate",
     "Have the Due date field put on the issue type's create screen, or remove the due dates in Field "
     "mapping."},
    {"security",
     "Enter a security level of this project in Project mapping, and give the connected account the Set "
     "Issue Security permission."},
    {"components",
     "Enter a component of this project in Project mapping, or make Components optional in Jira."},
    {"fixVersions",
     "Enter a version of this project in Project mapping, or make Fix versions optional in Jira."},
    {"versions",
     "Enter a version of this project in Project mapping, or make Affects versions optional in Jira."},
    {"parent", "Choose an issue type that needs no parent, or enter the parent in Project mapping."},
}};

const char* const administratorNeeded =
    "Only an administrator of Jira may manage webhooks: connect Jira with an administrator's account, or "
    "have "
    "an administrator set the webhook up by hand as the webhook settings show it.";

std::string commentRemedy(int status) {
    switch (status) {
    case 400: // also Data Center's answer to a missing permission
        return "Give the connected Jira account the Add Comments permission in this project. If it has it, "
               "the "
               "comment may be longer than Jira's administrator allows.";
    case 403:
        return "Give the connected Jira account the Add Comments permission in this project.";
    case 413:
        return "The ticket holds as many comments as Jira takes, or the comment is too long; remove old "
               "comments from the ticket.";
    default:
        return {};
    }
}

std::string transitionRemedy(int status, const std::map<std::string, std::string>& fields) {
    std::string names;
    for (const auto& entry : fields) {
        names += (names.empty() ? "" : ", ") + entry.first;
    }
    if (!names.empty()) {
        return "This step of the workflow wants other values for: " + names +
               ". Have the Jira administrator make them optional on the step's screen or give them a "
               "default, "
               "or move the ticket by hand.";
    }
    switch (status) {
    case 400:
        return "The workflow does not allow the step now, or its screen has a required field. Have the Jira "
               "administrator look at the step's conditions, validators and screen, or move the ticket by "
               "hand.";
    case 403:
        return "Give the connected Jira account the Transition Issues permission in this project.";
    case 413:
        return "Jira limits the history of a ticket, and this one is full; remove old content from it.";
    default:
        return {};
    }
}

std::string editRemedy(int status, const std::map<std::string, std::string>& fields) {
    std::string names;
    for (const auto& entry : fields) {
        names += (names.empty() ? "" : ", ") + entry.first;
    }
    if (!names.empty()) {
        return "Have these fields put on the edit screen of the ticket's issue type, see that the value "
               "exists "
               "in this project, and give the connected account the Edit Issues permission: " +
               names + ".";
    }
    return status == 400 || status == 403 ? "Give the connected Jira account the Edit Issues permission in "
                                            "this project, and see that the "
                                            "ticket's status allows changes."
                                          : std::string();
}

std::string webhookRemedy(int status) {
    switch (status) {
    case 401:
    case 403:
        return administratorNeeded;
    case 409:
        return "Jira already has a webhook with this address, events and filter; remove the old one in "
               "Jira's "
               "webhook settings.";
    default:
        return "Have the platform operator check the webhook's address, which Jira must be able to reach "
               "over "
               "HTTPS; if it is right, have an administrator of Jira look at its list of webhooks.";
    }
}

/// Empty: as for a ticket.
std::string remedyOfTopic(int status, const std::map<std::string, std::string>& fields, Topic topic) {
    switch (topic) {
    case Topic::Ticket:
        return {};
    case Topic::Comment:
        return commentRemedy(status);
    case Topic::Transition:
        return transitionRemedy(status, fields);
    case Topic::Edit:
        return editRemedy(status, fields);
    case Topic::Webhook:
        return webhookRemedy(status);
    }
    return {};
}

} // namespace

std::string lookUpRemedyFor(Topic topic) {
    return topic == Topic::Ticket
               ? "Nothing to do: Jira is searched for the ticket before anything is sent again."
               : "Nothing to do: Jira is asked what became of it before anything is sent again.";
}

std::string remedyForField(const std::string& fieldId) {
    for (const auto& [field, remedy] : fieldRemedies) {
        if (fieldId == field) {
            return remedy;
        }
    }
    return "Enter a value that Jira accepts for the field " + fieldId +
           " in Project mapping, or have the field made optional or put on the issue type's create screen in "
           "Jira.";
}

std::string remedyFor(int status, const std::map<std::string, std::string>& fields, Topic topic) {
    if (std::string remedy = remedyOfTopic(status, fields, topic); !remedy.empty()) {
        return remedy;
    }
    std::string remedies;
    for (const auto& entry : fields) {
        remedies += (remedies.empty() ? "" : " ") + remedyForField(entry.first);
    }
    if (!remedies.empty()) {
        return remedies;
    }
    switch (status) {
    case 400:
        return "Check this project's row in Project mapping; if it looks right, have the Jira administrator "
               "look at "
               "the issue type's required fields and workflow rules.";
    case 403:
        return "Give the connected Jira account the permission it lacks, or reconnect with an account that "
               "has it.";
    case 404:
        return "Check that it still exists in Jira and that the connected account may see it.";
    case 409:
        return "Somebody changed it at the same moment; try again.";
    case 410:
        return "Atlassian removed this function; update the Jira plugin.";
    case 413:
        return "Jira limits the size of what it takes; shorten the finding's text, or remove old content "
               "from the "
               "issue.";
    case 422:
        return "Have the Jira administrator check the project's configuration: Jira itself reports it as "
               "broken.";
    default:
        return "Have the Jira administrator check the project; if nothing is wrong there, report it to the "
               "vendor.";
    }
}

} // namespace jira_plugin::jira
