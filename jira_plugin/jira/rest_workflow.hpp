#pragma once

#include "rest_dialect.hpp"
#include "workflow.hpp"

namespace jira_plugin::jira {

/// Workflow of Cloud and Data Center. dialect: outlives it.
class RestWorkflow : public Workflow {
public:
    explicit RestWorkflow(RestDialect& dialect) : _dialect(dialect) {}

    std::vector<Transition> transitions(const std::string& issueId) override;
    void transition(const std::string& issueId, const std::string& transitionId,
                    const std::map<std::string, std::string>& fields) override;
    std::vector<Resolution> resolutions() override;

private:
    RestDialect& _dialect;
};

} // namespace jira_plugin::jira
