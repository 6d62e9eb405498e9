#pragma once

#include "issue_state.hpp"
#include "rest_dialect.hpp"

namespace jira_plugin::jira {

/// What reading many issues has in common. dialect: outlives it.
class RestIssueStates : public IssueStates {
public:
    explicit RestIssueStates(RestDialect& dialect) : _dialect(dialect) {}

    FetchedIssues fetch(const std::vector<std::string>& issueIds) override;
    ChangedIssues changedSince(const std::vector<std::string>& projectIds, std::int64_t sinceMs,
                               const std::string& after) override;
    ChangedIssues withLabel(const std::string& label, const std::string& after) override;

    static constexpr std::size_t mostIds = 100; ///< of one fetch

protected:
    /// 1 to mostIds ids.
    virtual FetchedIssues fetchMany(const std::vector<std::string>& issueIds) = 0;
    /// One portion of a search. after: what the portion before said, or empty.
    virtual ChangedIssues search(const std::string& jql, const std::string& after) = 0;

    /// Each by its own request, from Jira's database and not from its index.
    void readSingly(const std::vector<std::string>& issueIds, FetchedIssues& found);
    RestDialect& dialect() const { return _dialect; }

    static constexpr int searchPage = 100;

private:
    RestDialect& _dialect;
};

/// POST /issue/bulkfetch and the search with tokens.
class CloudIssueStates : public RestIssueStates {
public:
    using RestIssueStates::RestIssueStates;

    ChangedIssues changedSince(const std::vector<std::string>& projectIds, std::int64_t sinceMs,
                               const std::string& after) override;
    std::map<std::string, std::string> commentMarks(const std::vector<std::string>& issueIds) override;

protected:
    FetchedIssues fetchMany(const std::vector<std::string>& issueIds) override;
    ChangedIssues search(const std::string& jql, const std::string& after) override;

private:
    Poco::JSON::Object::Ptr fetchFields(const std::vector<std::string>& issueIds, const std::string& fields,
                                        const std::string& what);
    std::map<std::string, std::string> readCommentMarks(const std::vector<std::string>& issueIds);
    std::vector<std::string> visible(const std::vector<std::string>& projectIds);
};

/// The search with numbered pages.
class ServerIssueStates : public RestIssueStates {
public:
    using RestIssueStates::RestIssueStates;

protected:
    FetchedIssues fetchMany(const std::vector<std::string>& issueIds) override;
    ChangedIssues search(const std::string& jql, const std::string& after) override;

private:
    void searchIds(const std::vector<std::string>& issueIds, FetchedIssues& found);
};

} // namespace jira_plugin::jira
