#pragma once

#include "comments.hpp"
#include "rest_dialect.hpp"

namespace jira_plugin::jira {

/// What comments of Cloud and Data Center have in common. dialect: outlives it.
class RestComments : public Comments {
public:
    explicit RestComments(RestDialect& dialect) : _dialect(dialect) {}

    Comment addComment(const std::string& issueId, const mapping::Document& body,
                       const std::string& marker) override;
    std::vector<Comment> comments(const std::string& issueId) override;
    std::optional<Comment> marked(const std::string& issueId, const std::string& marker,
                                  std::int64_t sinceMs) override;
    std::optional<Comment> comment(const std::string& issueId, const std::string& commentId) override;

protected:
    /// The id of that one of these comments that has the marker; empty when none has. commentIds: not empty,
    /// newest first.
    virtual std::string idOfMarked(const std::vector<std::string>& commentIds, const std::string& marker) = 0;
    RestDialect& dialect() const { return _dialect; }

private:
    Comment read(const Poco::JSON::Object::Ptr& object, const std::string& issueId) const;

    RestDialect& _dialect;
};

/// POST /comment/list, which tells the properties of many.
class CloudComments : public RestComments {
public:
    using RestComments::RestComments;

protected:
    std::string idOfMarked(const std::vector<std::string>& commentIds, const std::string& marker) override;
};

/// One request for the property of each comment: there is none for many.
class ServerComments : public RestComments {
public:
    using RestComments::RestComments;

protected:
    std::string idOfMarked(const std::vector<std::string>& commentIds, const std::string& marker) override;
};

} // namespace jira_plugin::jira
