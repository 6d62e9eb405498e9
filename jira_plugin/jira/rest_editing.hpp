#pragma once

#include "editing.hpp"
#include "rest_dialect.hpp"

namespace jira_plugin::jira {

/// The body of "Edit issue". personMember: "accountId" or "name".
std::string editBody(const IssueEdit& change, const char* personMember);

/// Editing of Cloud and Data Center. dialect: outlives it.
class RestEditing : public Editing {
public:
    explicit RestEditing(RestDialect& dialect) : _dialect(dialect) {}

    void edit(const std::string& issueId, const IssueEdit& change) override;
    void setProperty(const std::string& issueId, const std::string& key, const std::string& value) override;

private:
    RestDialect& _dialect;
};

} // namespace jira_plugin::jira
