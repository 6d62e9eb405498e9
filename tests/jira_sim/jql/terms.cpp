#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include <Poco/String.h>

#include "jql/dates.hpp"
#include "jql/query.hpp"

namespace jira_sim::jql {

namespace {

using Values = std::set<std::string>;
using Getter = std::function<Values(const Issue&)>;

Refused noValue(const Term& term, const std::string& value) {
    return {"The value '" + value + "' does not exist for the field '" + term.field + "'."};
}

Refused badOperator(const Term& term) {
    return {"The operator '" + term.op + "' is not supported by the '" + term.field + "' field."};
}

bool isEmptyWord(const Term::Operand& value) {
    return !value.quoted &&
           (Poco::icompare(value.text, "empty") == 0 || Poco::icompare(value.text, "null") == 0);
}

/// Equality and membership over a field that holds a set of ids. As in Jira, `!=` and `NOT IN` leave out
/// issues that have no value at all.
Predicate membership(const Term& term, const Getter& get, Values wanted, bool wantsEmpty) {
    const bool negative = term.op == "!=" || term.op == "not in" || term.op == "is not";
    return [=](const Issue& issue) {
        const Values have = get(issue);
        if (have.empty())
            return wantsEmpty && !negative;
        if (wantsEmpty && wanted.empty())
            return negative;
        const bool hit = std::any_of(have.begin(), have.end(),
                                     [&](const std::string& value) { return wanted.count(value) != 0; });
        return hit != negative;
    };
}

/// Finds the ids an operand stands for; throws Refused when there are none.
using Resolver = std::function<Values(const Term::Operand&)>;

Predicate bindIds(const Term& term, const Getter& get, const Resolver& resolve) {
    static const Values allowed = {"=", "!=", "in", "not in", "is", "is not"};
    if (allowed.count(term.op) == 0)
        throw badOperator(term);
    Values wanted;
    bool wantsEmpty = false;
    for (const Term::Operand& value : term.values) {
        if (isEmptyWord(value)) {
            wantsEmpty = true;
            continue;
        }
        if (term.op == "is" || term.op == "is not")
            throw badOperator(term);
        wanted.merge(resolve(value));
    }
    return membership(term, get, wanted, wantsEmpty);
}

Getter single(std::string Issue::*member) {
    return
        [member](const Issue& issue) { return (issue.*member).empty() ? Values{} : Values{issue.*member}; };
}

/// Ids of all items whose id or name the operand gives.
template <typename List> Resolver byIdOrName(const Term& term, const List& list) {
    return [&term, &list](const Term::Operand& operand) {
        Values ids;
        for (const auto& item : list)
            if (item.id == operand.text || Poco::icompare(item.name, operand.text) == 0)
                ids.insert(item.id);
        if (ids.empty())
            throw noValue(term, operand.text);
        return ids;
    };
}

Predicate bindProject(const Term& term, const Scope& scope) {
    const auto get = [](const Issue& issue) { return Values{std::to_string(issue.projectId)}; };
    return bindIds(term, get, [&](const Term::Operand& operand) {
        for (const auto& project : scope.site.projects)
            if ((Poco::icompare(project->key, operand.text) == 0 ||
                 Poco::icompare(project->name, operand.text) == 0 ||
                 std::to_string(project->id) == operand.text) &&
                may(scope.user, "BROWSE_PROJECTS", project.get()))
                return Values{std::to_string(project->id)};
        throw noValue(term, operand.text);
    });
}

Predicate bindIssueType(const Term& term, const Scope& scope) {
    return bindIds(term, single(&Issue::issueTypeId), [&](const Term::Operand& operand) {
        Values ids;
        for (const auto& project : scope.site.projects)
            for (const IssueType& type : project->issueTypes)
                if (type.id == operand.text || Poco::icompare(type.name, operand.text) == 0)
                    ids.insert(type.id);
        if (ids.empty())
            throw noValue(term, operand.text);
        return ids;
    });
}

std::int64_t keyNumber(const std::string& key) {
    const std::size_t dash = key.rfind('-');
    return dash == std::string::npos ? 0 : std::strtoll(key.c_str() + dash + 1, nullptr, 10);
}

Predicate bindKey(const Term& term, const Scope& scope) {
    const auto find = [&](const Term::Operand& operand) {
        const IssuePtr issue = scope.site.issues.find(operand.text);
        if (!issue)
            throw Refused{"An issue with key '" + operand.text + "' does not exist for field '" + term.field +
                          "'."};
        return issue;
    };
    if (term.op[0] == '<' || term.op[0] == '>') {
        const IssuePtr pivot = find(term.values.front());
        return [pivot, op = term.op](const Issue& issue) {
            const std::int64_t mine = keyNumber(issue.key), other = keyNumber(pivot->key);
            return issue.projectId == pivot->projectId &&
                   (mine == other ? op.size() == 2 : (op[0] == '<') == (mine < other));
        };
    }
    return bindIds(
        term, [](const Issue& issue) { return Values{std::to_string(issue.id)}; },
        [&](const Term::Operand& operand) { return Values{std::to_string(find(operand)->id)}; });
}

Predicate bindLabels(const Term& term) {
    const auto get = [](const Issue& issue) { return Values(issue.labels.begin(), issue.labels.end()); };
    return bindIds(term, get, [&](const Term::Operand& operand) {
        if (operand.text.find(' ') != std::string::npos)
            throw Refused{"The label '" + operand.text + "' can't contain spaces."};
        return Values{operand.text}; // a label nobody uses is no error
    });
}

Predicate bindCategory(const Term& term, const Scope& scope) {
    const auto get = [&site = scope.site](const Issue& issue) {
        const Status* status = site.status(issue.statusId);
        return status == nullptr ? Values{} : Values{std::to_string(status->categoryId)};
    };
    return bindIds(term, get, [&](const Term::Operand& operand) {
        for (const int id : {2, 3, 4})
            if (Poco::icompare(operand.text, categoryName(id)) == 0 || operand.text == categoryKey(id) ||
                operand.text == std::to_string(id))
                return Values{std::to_string(id)};
        throw noValue(term, operand.text);
    });
}

Predicate bindPerson(const Term& term, const Scope& scope, std::string Issue::*member) {
    return bindIds(term, single(member), [&](const Term::Operand& operand) {
        if (operand.function && Poco::icompare(operand.text, "currentUser") == 0)
            return Values{scope.user.accountId};
        const User* user = scope.world.isDataCenter() ? scope.world.userByName(operand.text)
                                                      : scope.world.user(operand.text);
        if (user == nullptr || operand.function)
            throw noValue(term, operand.text);
        return Values{user->accountId};
    });
}

/// `~`: every word occurs, in any case.
Predicate bindText(const Term& term) {
    if (term.op != "~" && term.op != "!~")
        throw badOperator(term);
    return [words = Poco::toLower(term.values.front().text), negative = term.op == "!~"](const Issue& issue) {
        const std::string text = Poco::toLower(issue.summary);
        std::size_t start = 0;
        bool all = true;
        while (start < words.size() && all) {
            const std::size_t end = std::min(words.find(' ', start), words.size());
            all = text.find(words.substr(start, end - start)) != std::string::npos;
            start = end + 1;
        }
        return all != negative;
    };
}

Predicate bindTime(const Term& term, const Scope& scope,
                   const std::function<std::int64_t(const Issue&)>& get) {
    const Term::Operand& value = term.values.front();
    const std::string& op = term.op;
    if (isEmptyWord(value) && (op == "is" || op == "is not" || op == "=" || op == "!="))
        return [get, wantsNone = op == "is" || op == "="](const Issue& issue) {
            return (get(issue) == 0) == wantsNone;
        };
    if (op == "~" || op == "!~" || op == "is" || op == "is not" || op == "in" || op == "not in")
        throw badOperator(term);
    const std::int64_t pivot = dateOperand(term, scope.world.nowMs());
    return [get, op, pivot](const Issue& issue) {
        const std::int64_t at = get(issue);
        if (at == 0)
            return false;
        if (op == "=" || op == "!=")
            return (at == pivot) == (op == "=");
        return op[0] == '<' ? at < pivot || (op.size() == 2 && at == pivot)
                            : at > pivot || (op.size() == 2 && at == pivot);
    };
}

} // namespace

std::string canonicalField(const std::string& name) {
    static const std::map<std::string, std::string> names = {
        {"project", "project"},
        {"labels", "labels"},
        {"key", "issuekey"},
        {"issuekey", "issuekey"},
        {"id", "issuekey"},
        {"issue", "issuekey"},
        {"status", "status"},
        {"statuscategory", "statuscategory"},
        {"creator", "creator"},
        {"reporter", "reporter"},
        {"assignee", "assignee"},
        {"created", "created"},
        {"createddate", "created"},
        {"updated", "updated"},
        {"updateddate", "updated"},
        {"due", "due"},
        {"duedate", "due"},
        {"resolved", "resolved"},
        {"resolutiondate", "resolved"},
        {"resolution", "resolution"},
        {"priority", "priority"},
        {"issuetype", "issuetype"},
        {"type", "issuetype"},
        {"summary", "summary"},
        {"text", "summary"},
        {"parent", "parent"},
    };
    const auto found = names.find(Poco::toLower(name));
    return found == names.end() ? std::string() : found->second;
}

Predicate bind(const Term& term, const Scope& scope) {
    const std::string field = canonicalField(term.field);
    const Site& site = scope.site;
    if (field == "project")
        return bindProject(term, scope);
    if (field == "labels")
        return bindLabels(term);
    if (field == "issuekey")
        return bindKey(term, scope);
    if (field == "status")
        return bindIds(term, single(&Issue::statusId), byIdOrName(term, site.statuses));
    if (field == "statuscategory")
        return bindCategory(term, scope);
    if (field == "priority")
        return bindIds(term, single(&Issue::priorityId), byIdOrName(term, site.priorities));
    if (field == "resolution")
        return bindIds(term, single(&Issue::resolutionId), byIdOrName(term, site.resolutions));
    if (field == "issuetype")
        return bindIssueType(term, scope);
    if (field == "creator" || field == "reporter" || field == "assignee")
        return bindPerson(term, scope,
                          field == "creator"    ? &Issue::creatorId
                          : field == "reporter" ? &Issue::reporterId
                                                : &Issue::assigneeId);
    if (field == "parent")
        return bindIds(term, single(&Issue::parentKey),
                       [](const Term::Operand& operand) { return Values{Poco::toUpper(operand.text)}; });
    if (field == "summary")
        return bindText(term);
    if (field == "created")
        return bindTime(term, scope, [](const Issue& issue) { return issue.createdMs; });
    if (field == "updated")
        return bindTime(term, scope, [](const Issue& issue) { return issue.updatedMs; });
    if (field == "resolved")
        return bindTime(term, scope, [](const Issue& issue) { return issue.resolvedMs; });
    if (field == "due")
        return bindTime(term, scope, [](const Issue& issue) {
            return issue.dueDate.empty() ? 0 : parseIsoDate(issue.dueDate);
        });
    throw Refused{"Field '" + term.field + "' does not exist or you do not have permission to view it."};
}

} // namespace jira_sim::jql
