#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <string>

/// What follows from what Jira said. Pure: no clock, no network, no database.
namespace jira_plugin::push {

enum class Next {
    Park,             ///< a person must change something
    Wait,             ///< the whole queue waits, then the same again
    AwaitConnection,  ///< the whole queue waits for an admin
    Doubt,            ///< it may have been created: look it up
    AmendAssignee,    ///< send again without assignee
    AmendDescription, ///< send again with a plain description
    AmendMetadata     ///< read the create screen anew, build the draft again
};

struct Ruling {
    Next next = Next::Park;
    std::string cause; ///< groups what has the same remedy
    std::string message;
    std::string remedy;
    std::int64_t retryAfterMs = 0; ///< with Wait: what Jira asked for
    bool configuration = false;    ///< with Park: every finding of this Jira project and type would meet it
};

/// A refusal of one issue.
struct RefusalFacts {
    int status = 0;
    std::string message;
    std::string remedy;
    std::map<std::string, std::string> fields; ///< Jira's words by field id
};

/// What the refused draft was, and what was tried for it before.
struct Attempted {
    bool withAssignee = false;
    bool withRichDescription = false;
    bool withFreshMetadata = false;
    std::string projectKey;
    std::string issueTypeId;
};

Ruling ruleOnRefusal(const RefusalFacts& refusal, const Attempted& attempted);

/// sent: whether the request may have left; when it did, anything unexpected means doubt, never a second try.
Ruling ruleOnProblem(const std::exception& problem, bool sent);

/// What to say of a finding about which the host itself failed to answer: it waits, and no other with it.
Ruling ruleOnHost(const std::exception& problem);

/// The causes that a new mapping may have removed, as beginnings of Ruling::cause.
extern const char* const mappingCauses[3];
/// The cause of rows that wait for the connection.
extern const char* const connectionCause;

} // namespace jira_plugin::push
