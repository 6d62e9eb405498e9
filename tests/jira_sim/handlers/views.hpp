#pragma once

#include <set>
#include <string>
#include <vector>

#include "http/call.hpp"

/// How the things of the world look in answers of the REST API.
namespace jira_sim::view {

json::Value user(const Call& call, const std::string& accountId);
/// With locale, groups and roles, as `myself` and the user look-ups answer.
json::ObjectPtr fullUser(const Call& call, const User& user);
json::ObjectPtr project(const Call& call, const Project& project);
json::ObjectPtr issueType(const Call& call, const Project& project, const IssueType& type);
json::ObjectPtr priority(const Call& call, const Priority& priority);
json::Value status(const Call& call, const std::string& statusId);
json::Value resolution(const Call& call, const std::string& resolutionId);
json::ObjectPtr comment(const Call& call, const Issue& issue, const Comment& comment,
                        bool withProperties = false);
/// `withFields`: with the fields of its screen.
json::ObjectPtr transition(const Call& call, const Issue& issue, const Transition& transition,
                           bool withFields);
json::ObjectPtr change(const Call& call, const Change& change);
/// `{"id":...,"key":...,"self":...}`
json::ObjectPtr created(const Call& call, const Issue& issue);

/// The project that a permission check is about; null when about none. Unknown ones are refused.
const Project* checkedProject(const Call& call);

/// Which fields of an issue are wanted: ids, `*all`, `*navigable`, `-id`.
class FieldSelection {
public:
    explicit FieldSelection(const std::vector<std::string>& wanted, const std::string& fallback);
    bool has(const std::string& id, bool navigable = true) const;
    /// Nothing but the id is wanted, the default of searches.
    bool isIdOnly() const { return _idOnly; }

private:
    std::set<std::string> _named, _excluded;
    bool _all = false, _navigable = false, _idOnly = false;
};

/// What to put beside the fields.
struct IssueParts {
    std::vector<std::string> properties;
    std::set<std::string> expand;
};

json::ObjectPtr issue(const Call& call, const Issue& issue, const FieldSelection& fields,
                      const IssueParts& parts = {});

/// JSON text that was stored by this program.
json::Value stored(const std::string& text);

} // namespace jira_sim::view
