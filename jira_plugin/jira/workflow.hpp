#pragma once

#include "fields.hpp"

#include <map>
#include <string>
#include <vector>

namespace jira_plugin::jira {

struct WorkflowStatus {
    std::string id;
    std::string name;
    std::string category; ///< "new", "indeterminate", "done"
};

/// The statuses that an issue type can have in a project.
struct TypeStatuses {
    std::string issueTypeId;
    std::vector<WorkflowStatus> statuses;
};

/// A step that an issue can take now.
struct Transition {
    std::string id;
    std::string name;
    WorkflowStatus to;
    CreateScreen fields; ///< of its screen; empty when it has none
};

struct Resolution {
    std::string id;
    std::string name;
};

/// Moving issues through their workflow. Safe from any thread; every function goes to the network and throws
/// the types of errors.hpp. Source: developer.atlassian.com, REST v3 and v2, "Get transitions", "Transition
/// issue", "Get resolutions".
class Workflow {
public:
    virtual ~Workflow() = default;
    /// From where the issue stands now, with the fields of each screen; empty when this user may not move it.
    virtual std::vector<Transition> transitions(const std::string& issueId) = 0;
    /// fields: JSON values by field id, of the transition's screen alone. Throws Refusal, UnknownOutcome.
    virtual void transition(const std::string& issueId, const std::string& transitionId,
                            const std::map<std::string, std::string>& fields) = 0;
    virtual std::vector<Resolution> resolutions() = 0;
};

} // namespace jira_plugin::jira
