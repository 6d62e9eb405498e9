#pragma once

#include "mapping/document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::jira {

/// A comment of an issue as Jira has it now.
struct Comment {
    std::string id;
    std::string issueId;
    std::string authorId; ///< account id; on Data Center the user's name
    std::string authorName;
    std::string
        text; ///< plain text made from ADF or wiki markup: nothing in it is markup, links are written out
    std::int64_t createdMs = 0;
    std::int64_t updatedMs = 0;
    std::string restrictedTo; ///< the role or group that alone may read it, or "internal"; empty: everybody
    std::string marker;       ///< what addComment was given, where Jira told it; see Comments::marked
};

/// Reading and writing comments. Safe from any thread; every function goes to the network and throws the
/// types of errors.hpp. Source: developer.atlassian.com, REST v3 and v2, "Issue comments" and "Issue comment
/// properties".
class Comments {
public:
    virtual ~Comments() = default;
    /// marker: kept with the comment as an entity property, so that it is recognised after a lost answer.
    /// Throws UnknownOutcome.
    virtual Comment addComment(const std::string& issueId, const mapping::Document& body,
                               const std::string& marker) = 0;
    /// All comments of an issue, oldest first. Throws Refusal 404 when the issue is gone or hidden.
    virtual std::vector<Comment> comments(const std::string& issueId) = 0;
    /// The comment that was added with this marker; nothing when there is none. sinceMs: it was added no
    /// earlier than that, by Jira's clock: older comments are not looked at. Throws like comments().
    virtual std::optional<Comment> marked(const std::string& issueId, const std::string& marker,
                                          std::int64_t sinceMs) = 0;
    /// Nothing when it was deleted or is hidden.
    virtual std::optional<Comment> comment(const std::string& issueId, const std::string& commentId) = 0;
};

} // namespace jira_plugin::jira
