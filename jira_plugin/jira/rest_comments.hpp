#pragma once

#include "comments.hpp"
#include "rest_dialect.hpp"

namespace jira_plugin::jira {

/// Comments of Cloud and Data Center. dialect: outlives it.
class RestComments : public Comments {
public:
    explicit RestComments(RestDialect& dialect) : _dialect(dialect) {}

    Comment addComment(const std::string& issueId, const mapping::Document& body,
                       const std::string& marker) override;
    std::vector<Comment> comments(const std::string& issueId) override;
    std::optional<Comment> comment(const std::string& issueId, const std::string& commentId) override;

private:
    Comment read(const Poco::JSON::Object::Ptr& object, const std::string& issueId) const;

    RestDialect& _dialect;
};

} // namespace jira_plugin::jira
