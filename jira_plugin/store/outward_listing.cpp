#include "outward_listing.hpp"

#include "database.hpp"
#include "outward_rows.hpp"

#include <charconv>
#include <stdexcept>

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

/// A place in the order of the listing: when a task came, and its id.
struct Place {
    std::int64_t atMs = -1;
    std::string id;

    static Place read(const std::string& text) {
        Place place;
        if (text.empty())
            return place;
        const auto dot = text.find('.');
        const char* end = text.data() + (dot == std::string::npos ? 0 : dot);
        const auto [stop, error] = std::from_chars(text.data(), end, place.atMs);
        if (error != std::errc() || stop != end)
            throw std::invalid_argument("'" + text + "' is no place in the list.");
        place.id = text.substr(dot + 1);
        return place;
    }
};

} // namespace

std::map<std::string, std::int64_t> OutwardListing::counts(const std::string& organisation) {
    std::vector<std::string> states;
    std::vector<std::int64_t> numbers;
    _database.read([&](Session& session) {
        session << "SELECT state, COUNT(*) FROM outward_task WHERE organisation = $1 GROUP BY state",
            bind(organisation), into(states), into(numbers), now;
        return true;
    });
    std::map<std::string, std::int64_t> result;
    for (std::size_t i = 0; i < states.size(); ++i)
        result[states[i]] = numbers[i];
    return result;
}

OutwardListing::Page OutwardListing::list(const std::string& organisation, const std::string& state,
                                          const std::string& after, std::int64_t most) {
    const Place place = Place::read(after);
    std::vector<OutwardTask> tasks;
    std::vector<std::string> keys, urls;
    _database.read([&](Session& session) {
        session
            << "SELECT " << outwardColumns
            << ", COALESCE(l.issue_key, ''), COALESCE(l.url, '') FROM outward_task t LEFT JOIN ticket_link l "
               "ON l.organisation = t.organisation AND l.finding = t.finding WHERE t.organisation = $1 AND "
               "($2 = '' OR t.state = $3) AND (t.created_at_ms > $4 OR (t.created_at_ms = $5 AND t.id > $6)) "
               "ORDER BY t.created_at_ms, t.id LIMIT $7",
            bind(organisation), bind(state), bind(state), bind(place.atMs), bind(place.atMs), bind(place.id),
            bind(most + 1), into(tasks), into(keys), into(urls), now;
        return true;
    });
    Page page;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (static_cast<std::int64_t>(i) == most) {
            page.next = std::to_string(tasks[i - 1].createdAtMs) + "." + tasks[i - 1].id;
            break;
        }
        page.rows.push_back({tasks[i], keys[i], urls[i]});
    }
    return page;
}

std::int64_t OutwardListing::retry(const std::string& organisation, const char* column,
                                   const std::string& value, std::int64_t nowMs) {
    return _database.transaction([&](Session& session) {
        Statement update(session);
        update << "UPDATE outward_task SET state = 'queued', due_at_ms = $1, failures = 0, cause = '', "
                  "message = '', remedy = '' WHERE organisation = $2 AND state = 'parked' AND "
               << column << " = $3",
            bind(nowMs), bind(organisation), bind(value);
        return static_cast<std::int64_t>(update.execute());
    });
}

bool OutwardListing::drop(const std::string& organisation, const std::string& id) {
    return _database.transaction([&](Session& session) {
        Statement remove(session);
        remove << "DELETE FROM outward_task WHERE organisation = $1 AND id = $2 AND state = 'parked'",
            bind(organisation), bind(id);
        return remove.execute() > 0;
    });
}

} // namespace jira_plugin::store
