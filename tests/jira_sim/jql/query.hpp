#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "jql/lexer.hpp"
#include "world/world.hpp"

/// The part of the Jira Query Language that integrations use. README.md of jira_sim says which.
namespace jira_sim::jql {

using Predicate = std::function<bool(const Issue&)>;

/// A query bound to a site: its values were looked up, so unknown projects and users are already refused.
struct Query {
    Predicate matches;                               ///< empty when there is no restriction
    std::vector<std::pair<std::string, bool>> order; ///< field, descending

    bool isBounded() const { return static_cast<bool>(matches); }
    /// Puts issues into the query's order; without ORDER BY the newest comes first.
    void sort(const Site& site, std::vector<IssuePtr>& issues) const;
};

/// One comparison, values already unquoted. `list` tells `IN` from `=`.
struct Term {
    struct Operand {
        std::string text;
        bool quoted = false;
        bool function = false; ///< text is the name, argument the one argument
        std::string argument;
    };
    std::string field, op; ///< op: = != < <= > >= ~ !~ in, not in, is, is not
    std::vector<Operand> values;
};

/// Who asks, and where.
struct Scope {
    World& world;
    const Site& site;
    const User& user;
    /// Looks at every comparison before it is bound and may throw Refused: some places take a part of the
    /// language only.
    std::function<void(const Term&)> restriction{};
};

/// Throws Refused with Jira's message.
Query parse(const std::string& text, const Scope& scope);

/// Binds a comparison. Throws Refused.
Predicate bind(const Term& term, const Scope& scope);
/// The field's one name (`issuekey` for `key`), or empty when there is no such field.
std::string canonicalField(const std::string& name);

} // namespace jira_sim::jql
