#pragma once

#include <string>

#include "http/json.hpp"
#include "http/replies.hpp"
#include "world/world.hpp"

/// Creating and changing issues with Jira's checks. All under the world's mutex.
namespace jira_sim {

/// Who acts on which site.
struct Actor {
    World& world;
    Site& site;
    const User& user;
};

/// The issue, or why not.
struct WriteResult {
    IssuePtr issue;
    ErrorCollection errors;
    int status = 400; ///< of the refusal
    explicit operator bool() const { return issue != nullptr; }
};

/// `body` is the document of POST /issue or one element of POST /issue/bulk.
WriteResult createIssue(const Actor& actor, const json::Value& body);
/// `body` as of PUT /issue/{id}. All or nothing.
WriteResult editIssue(const Actor& actor, const Issue& issue, const json::Value& body);
/// `body` as of POST /issue/{id}/transitions.
WriteResult transitionIssue(const Actor& actor, const Issue& issue, const json::Value& body);
/// Adds a comment whose body has been checked.
Comment addComment(const Actor& actor, const Issue& issue, const json::Value& body,
                   const json::Value& visibility, std::map<std::string, std::string> properties = {});
/// Puts `comment` in place of the one with its id, with editor and time of now.
Comment editComment(const Actor& actor, const Issue& issue, Comment comment);
void removeComment(const Actor& actor, const Issue& issue, const std::string& id);
void eraseIssue(const Actor& actor, const Issue& issue);
/// Moves the issue to another project: a new key, the same id; the old key keeps leading to it. Type, status
/// and priority are those of the same name there, or the first.
IssuePtr moveIssue(const Actor& actor, const Issue& issue, Project& target);
/// A new issue with fields and labels of the other; comments, links and properties are not copied.
IssuePtr cloneIssue(const Actor& actor, const Issue& issue);
/// Archived issues leave the index. Nobody is told.
IssuePtr archiveIssue(const Actor& actor, const Issue& issue, bool archived);

/// The transitions open to a person: none without the permission. Global ones may lead to the present status.
std::vector<const Transition*> transitionsOf(const User& user, const Project& project, const Issue& issue);
/// Stores an issue that did not exist before, and announces it.
IssuePtr storeNew(const Actor& actor, const Issue& issue);
/// Stores `next` as the successor of `before`, writes the difference into its history and announces it.
IssuePtr storeChange(const Actor& actor, const Issue& before, Issue next);

} // namespace jira_sim
