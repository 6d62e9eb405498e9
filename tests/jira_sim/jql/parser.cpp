#include "jql/query.hpp"

#include <algorithm>

#include <Poco/String.h>

namespace jira_sim::jql {

namespace {

constexpr std::size_t maxOrderFields = 7;
constexpr int maxNesting = 50;

class Parser {
public:
    Parser(const std::string& text, const Scope& scope) : _text(text), _tokens(tokens(text)), _scope(scope) {}

    Query parse() {
        Query query;
        if (!isKeyword("order") && current().kind != Token::End)
            query.matches = disjunction();
        if (isKeyword("order"))
            query.order = ordering();
        if (current().kind != Token::End)
            throw syntaxError("Expecting either 'OR' or 'AND' but got '" + current().text + "'.", _text,
                              current().at);
        return query;
    }

private:
    const Token& current() const { return _tokens[_at]; }

    bool isKeyword(const char* word) const {
        return current().kind == Token::Word && Poco::icompare(current().text, word) == 0;
    }
    bool takeKeyword(const char* word) {
        if (!isKeyword(word))
            return false;
        ++_at;
        return true;
    }
    bool takeSymbol(const char* text) {
        if (current().kind != Token::Symbol || current().text != text)
            return false;
        ++_at;
        return true;
    }
    void expectSymbol(const char* text) {
        if (!takeSymbol(text))
            throw syntaxError(std::string("Expecting '") + text + "' but got '" + shown() + "'.", _text,
                              current().at);
    }
    std::string shown() const { return current().kind == Token::End ? "end of query" : current().text; }

    Predicate disjunction() {
        Predicate left = conjunction();
        while (takeKeyword("or")) {
            Predicate right = conjunction();
            left = [left, right](const Issue& issue) { return left(issue) || right(issue); };
        }
        return left;
    }

    Predicate conjunction() {
        Predicate left = negation();
        while (takeKeyword("and")) {
            Predicate right = negation();
            left = [left, right](const Issue& issue) { return left(issue) && right(issue); };
        }
        return left;
    }

    Predicate negation() {
        if (++_nesting > maxNesting)
            throw syntaxError("The query is nested too deeply.", _text, current().at);
        Predicate result;
        if (takeKeyword("not") || takeSymbol("!")) {
            Predicate inner = negation();
            result = [inner](const Issue& issue) { return !inner(issue); };
        } else if (takeSymbol("(")) {
            result = disjunction();
            expectSymbol(")");
        } else {
            const Term comparison = term();
            if (_scope.restriction)
                _scope.restriction(comparison);
            result = bind(comparison, _scope);
        }
        --_nesting;
        return result;
    }

    Term term() {
        Term term;
        if (current().kind != Token::Word && current().kind != Token::Quoted)
            throw syntaxError("Expecting a field name but got '" + shown() + "'.", _text, current().at);
        term.field = current().text;
        ++_at;
        term.op = comparison();
        if (term.op == "in" || term.op == "not in")
            term.values = list();
        else
            term.values.push_back(operand());
        return term;
    }

    std::string comparison() {
        for (const char* text : {"=", "!=", "<=", ">=", "<", ">", "~", "!~"})
            if (takeSymbol(text))
                return text;
        if (takeKeyword("in"))
            return "in";
        if (takeKeyword("is"))
            return takeKeyword("not") ? "is not" : "is";
        if (takeKeyword("not") && takeKeyword("in"))
            return "not in";
        throw syntaxError("Expecting operator but got '" + shown() +
                              "'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', "
                              "'NOT IN', 'IS' and 'IS NOT'.",
                          _text, current().at);
    }

    std::vector<Term::Operand> list() {
        std::vector<Term::Operand> values;
        expectSymbol("(");
        do
            values.push_back(operand());
        while (takeSymbol(","));
        expectSymbol(")");
        return values;
    }

    Term::Operand operand() {
        if (current().kind != Token::Word && current().kind != Token::Quoted)
            throw syntaxError("Expecting either a value, list or function but got '" + shown() + "'.", _text,
                              current().at);
        Term::Operand value{current().text, current().kind == Token::Quoted, false, ""};
        ++_at;
        if (!value.quoted && takeSymbol("(")) {
            value.function = true;
            if (!takeSymbol(")")) {
                value.argument = operand().text;
                expectSymbol(")");
            }
        }
        return value;
    }

    std::vector<std::pair<std::string, bool>> ordering() {
        std::vector<std::pair<std::string, bool>> order;
        ++_at;
        if (!takeKeyword("by"))
            throw syntaxError("Expecting 'by' but got '" + shown() + "'.", _text, current().at);
        do {
            const std::string field = canonicalField(current().text);
            if (field.empty())
                throw Refused{"Field '" + current().text +
                              "' does not exist or you do not have permission to view it."};
            ++_at;
            const bool descending = takeKeyword("desc");
            if (!descending)
                takeKeyword("asc");
            order.emplace_back(field, descending);
        } while (takeSymbol(","));
        if (order.size() > maxOrderFields)
            throw Refused{"The ORDER BY clause can have at most 7 fields."};
        return order;
    }

    const std::string& _text;
    std::vector<Token> _tokens;
    const Scope& _scope;
    std::size_t _at = 0;
    int _nesting = 0;
};

template <typename Value> int compare(const Value& a, const Value& b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

int compareBy(const std::string& field, const Site& site, const Issue& a, const Issue& b) {
    if (field == "created")
        return compare(a.createdMs, b.createdMs);
    if (field == "updated")
        return compare(a.updatedMs, b.updatedMs);
    if (field == "summary")
        return compare(a.summary, b.summary);
    if (field == "due")
        return compare(a.dueDate, b.dueDate);
    if (field == "status")
        return compare(a.statusId, b.statusId);
    if (field == "priority") // ids of the seed grow as priority falls
        return compare(b.priorityId, a.priorityId);
    if (field == "project" && a.projectId != b.projectId)
        return compare(site.project(a.projectId)->key, site.project(b.projectId)->key);
    return compare(a.id, b.id);
}

} // namespace

Query parse(const std::string& text, const Scope& scope) {
    return Parser(text, scope).parse();
}

void Query::sort(const Site& site, std::vector<IssuePtr>& issues) const {
    std::stable_sort(issues.begin(), issues.end(), [&](const IssuePtr& a, const IssuePtr& b) {
        for (const auto& [field, descending] : order) {
            const int sign = compareBy(field, site, *a, *b);
            if (sign != 0)
                return descending ? sign > 0 : sign < 0;
        }
        return a->id > b->id;
    });
}

} // namespace jira_sim::jql
