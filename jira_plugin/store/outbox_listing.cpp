#include "outbox_listing.hpp"

#include "database.hpp"
#include "row_types.hpp"

#include <stdexcept>

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

/// The restrictions of a listing, as SQL with its values in the order of their appearance.
struct Restriction {
    std::string sql = "o.organisation = $1";
    std::vector<std::string> values;

    std::string next(const std::string& value) {
        values.push_back(value);
        return "$" + std::to_string(values.size());
    }
};

// '%' and '_' of the reader's text mean themselves.
std::string containing(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\')
            pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

void restrictToPage(Restriction& restriction, const std::string& after) {
    const auto colon = after.find(':');
    if (colon == 0 || colon == std::string::npos || colon > 18 ||
        after.find_first_not_of("0123456789") != colon)
        throw std::invalid_argument("'" + after + "' is not a page of this listing: start again without it.");
    // Both comparisons are on text that was a number, so the number is written out; it holds digits only.
    const std::string since = after.substr(0, colon);
    restriction.sql += " AND (o.state_since_ms < " + since + " OR (o.state_since_ms = " + since +
                       " AND o.finding > " + restriction.next(after.substr(colon + 1)) + "))";
}

Restriction restrict(const std::string& organisation, const OutboxListing::Filter& filter) {
    Restriction restriction;
    restriction.values.push_back(organisation);
    if (filter.state)
        restriction.sql += " AND o.state = " + restriction.next(toString(*filter.state));
    if (!filter.project.empty())
        restriction.sql += " AND o.project = " + restriction.next(filter.project);
    if (!filter.cause.empty())
        restriction.sql += " AND o.cause = " + restriction.next(filter.cause);
    if (!filter.text.empty())
        restriction.sql += " AND (LOWER(o.title) LIKE LOWER(" + restriction.next(containing(filter.text)) +
                           ") ESCAPE '\\' OR LOWER(l.issue_key) LIKE LOWER(" +
                           restriction.next(containing(filter.text)) + ") ESCAPE '\\')";
    if (!filter.after.empty())
        restrictToPage(restriction, filter.after);
    return restriction;
}

} // namespace

std::map<OutboxState, std::int64_t> OutboxListing::counts(const std::string& organisation) {
    return _database.read([&](Session& session) {
        std::vector<std::string> states;
        std::vector<std::int64_t> numbers;
        session << "SELECT state, COUNT(*) FROM outbox WHERE organisation = $1 GROUP BY state",
            bind(organisation), into(states), into(numbers), now;
        std::map<OutboxState, std::int64_t> counts;
        for (std::size_t i = 0; i < states.size(); ++i)
            counts[outboxStateFromString(states[i])] = numbers[i];
        return counts;
    });
}

OutboxListing::Listing OutboxListing::list(const std::string& organisation, const Filter& filter) {
    const Restriction restriction = restrict(organisation, filter);
    return _database.read([&](Session& session) {
        std::vector<OutboxRow> rows;
        std::vector<TicketLink> links;
        Statement select(session);
        select << "SELECT " << outboxColumns << ", " << linkColumns
               << " FROM outbox o LEFT JOIN ticket_link l ON l.organisation = o.organisation "
                  "AND l.finding = o.finding WHERE "
               << restriction.sql << " ORDER BY o.state_since_ms DESC, o.finding LIMIT " << filter.limit + 1;
        for (const std::string& value : restriction.values)
            select, bind(value);
        select, into(rows), into(links), now;

        Listing listing;
        for (std::size_t i = 0; i < rows.size() && static_cast<std::int64_t>(i) < filter.limit; ++i)
            listing.pushes.push_back(
                {rows[i], links[i].finding.empty() ? std::nullopt : std::optional<TicketLink>(links[i])});
        if (static_cast<std::int64_t>(rows.size()) > filter.limit) {
            const OutboxRow& last = listing.pushes.back().row;
            listing.next = std::to_string(last.stateSinceMs) + ":" + last.finding;
        }
        return listing;
    });
}

std::vector<OutboxListing::CauseCount> OutboxListing::causes(const std::string& organisation) {
    return _database.read([&](Session& session) {
        std::vector<std::string> causes, states, messages, remedies;
        std::vector<std::int64_t> counts;
        session
            << "SELECT cause, state, MIN(message), MIN(remedy), COUNT(*) FROM outbox WHERE organisation = $1 "
               "AND state IN ('parked', 'waiting', 'in_doubt') GROUP BY cause, state ORDER BY COUNT(*) DESC, "
               "cause",
            bind(organisation), into(causes), into(states), into(messages), into(remedies), into(counts), now;
        std::vector<CauseCount> result;
        for (std::size_t i = 0; i < causes.size(); ++i)
            result.push_back(
                {causes[i], outboxStateFromString(states[i]), messages[i], remedies[i], counts[i]});
        return result;
    });
}

} // namespace jira_plugin::store
