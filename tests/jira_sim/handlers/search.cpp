#include <algorithm>
#include <functional>
#include <limits>

#include <Poco/NumberParser.h>

#include "handlers/handlers.hpp"
#include "handlers/views.hpp"
#include "jql/query.hpp"

/// GET and POST /search/jql, and the count. Source: developer.atlassian.com, "Search and reconcile".
namespace jira_sim::handle {

namespace {

constexpr std::int64_t defaultPage = 50;
constexpr std::int64_t largestPage = 5000;
constexpr std::int64_t pageWithFields = 100; ///< Jira lowers the page when many fields are asked for
constexpr std::int64_t tokenLifetimeMs = 7LL * 24 * 3600 * 1000;
constexpr std::size_t reconcileLimit = 50;

struct Search {
    std::string jql, token;
    std::int64_t maxResults = defaultPage;
    std::vector<std::string> fields, properties, expand;
    std::vector<std::int64_t> reconcile;
};

/// A token says where the next page starts and is bound to its query.
struct PageToken {
    std::int64_t offset = 0, madeMs = 0;
};

std::string checksum(const std::string& jql, const std::string& position) {
    return std::to_string(std::hash<std::string>()(jql + "\n" + position));
}

std::string tokenText(const std::string& jql, std::int64_t offset, std::int64_t nowMs) {
    const std::string position = std::to_string(offset) + "-" + std::to_string(nowMs);
    return "Ch0jU3Ry" + position + "-" + checksum(jql, position);
}

PageToken readToken(const std::string& jql, const std::string& text, std::int64_t nowMs) {
    const std::vector<std::string> parts = split(text.rfind("Ch0jU3Ry", 0) == 0 ? text.substr(8) : "", '-');
    Poco::Int64 offset = 0, made = 0;
    if (parts.size() != 3 || !Poco::NumberParser::tryParse64(parts[0], offset) ||
        !Poco::NumberParser::tryParse64(parts[1], made) ||
        checksum(jql, parts[0] + "-" + parts[1]) != parts[2] || nowMs - made > tokenLifetimeMs)
        throw Refusal{reply::message(400, "The provided nextPageToken is invalid or has expired.")};
    return {offset, made};
}

jql::Query boundedQuery(const Call& call, const std::string& text) {
    try {
        jql::Query query = jql::parse(text, {call.world(), *call.site, *call.user});
        if (!query.isBounded())
            throw Refusal{
                reply::message(400, "Unbounded JQL queries are not allowed here. Add a search restriction "
                                    "to the query.")};
        return query;
    } catch (const jql::Refused& refused) {
        throw Refusal{reply::message(400, refused.message)};
    }
}

/// What the index holds that matches, with the latest state of the issues to reconcile.
std::vector<IssuePtr> matching(const Call& call, const jql::Query& query,
                               const std::vector<std::int64_t>& reconcile) {
    std::vector<IssuePtr> found;
    const auto isFresh = [&](std::int64_t id) {
        return std::find(reconcile.begin(), reconcile.end(), id) != reconcile.end();
    };
    const auto consider = [&](const IssuePtr& issue) {
        const Project* home = call.site->project(issue->projectId);
        if (home != nullptr && may(*call.user, "BROWSE_PROJECTS", home) && query.matches(*issue))
            found.push_back(issue);
    };
    for (const auto& [id, issue] : call.site->issues.indexed(call.world().nowMs()))
        if (!isFresh(id))
            consider(issue);
    for (const std::int64_t id : reconcile)
        if (const IssuePtr issue = call.site->issues.find(id))
            consider(issue);
    query.sort(*call.site, found);
    return found;
}

Response search(const Call& call, const Search& wanted) {
    const std::int64_t now = call.world().nowMs();
    const PageToken token = wanted.token.empty() ? PageToken() : readToken(wanted.jql, wanted.token, now);
    if (wanted.maxResults < 1 || wanted.maxResults > largestPage)
        return reply::message(400, "The maxResults parameter must be between 1 and 5,000.");
    const jql::Query query = boundedQuery(call, wanted.jql);
    const view::FieldSelection fields(wanted.fields, "id");
    const std::int64_t size =
        fields.isIdOnly() ? wanted.maxResults : std::min(wanted.maxResults, pageWithFields);
    const std::vector<IssuePtr> found = matching(call, query, wanted.reconcile);
    json::ArrayPtr issues = json::array();
    const auto total = static_cast<std::int64_t>(found.size());
    const std::int64_t end = std::min(total, token.offset + size);
    const view::IssueParts parts{wanted.properties, {wanted.expand.begin(), wanted.expand.end()}};
    for (std::int64_t i = token.offset; i < end; ++i)
        issues->add(view::issue(call, *found[static_cast<std::size_t>(i)], fields, parts));
    json::ObjectPtr body = json::object({{"issues", issues}});
    if (end < total)
        body->set("nextPageToken", tokenText(wanted.jql, end, now));
    body->set("isLast", end >= total);
    return Response::json(200, body);
}

std::vector<std::string> texts(const json::ObjectPtr& body, const char* name) {
    std::vector<std::string> list;
    const json::Value value = json::member(body, name);
    json::ArrayPtr array = json::asArray(value);
    if (!value.isEmpty() && array.isNull())
        throw Refusal{reply::invalidPayload()};
    if (!array.isNull())
        for (const json::Value& item : *array) {
            if (!json::isString(item) && !json::isInteger(item))
                throw Refusal{reply::invalidPayload()};
            list.push_back(item.convert<std::string>());
        }
    return list;
}

void addReconcile(Search& wanted, const std::string& text) {
    Poco::Int64 id = 0;
    if (!Poco::NumberParser::tryParse64(text, id))
        throw Refusal{reply::invalidPayload()};
    wanted.reconcile.push_back(id);
    if (wanted.reconcile.size() > reconcileLimit)
        throw Refusal{reply::message(400, "You cannot reconcile more than 50 issues in one request.")};
}

} // namespace

Response searchGet(Call& call) {
    Search wanted;
    wanted.jql = call.query("jql");
    wanted.token = call.query("nextPageToken");
    wanted.maxResults = call.number("maxResults", defaultPage);
    wanted.fields = call.request.params("fields");
    wanted.properties = call.request.params("properties");
    wanted.expand = call.request.params("expand");
    for (const std::string& id : call.request.params("reconcileIssues"))
        addReconcile(wanted, id);
    return search(call, wanted);
}

Response searchPost(Call& call) {
    json::ObjectPtr body = call.body();
    call.onlyMembers(body, {"jql", "nextPageToken", "maxResults", "fields", "expand", "properties",
                            "fieldsByKeys", "reconcileIssues"});
    Search wanted;
    wanted.jql = json::memberString(body, "jql");
    wanted.token = json::memberString(body, "nextPageToken");
    const json::Value maxResults = json::member(body, "maxResults");
    if (!maxResults.isEmpty() && !json::isInteger(maxResults))
        return reply::invalidPayload();
    if (!maxResults.isEmpty())
        wanted.maxResults = maxResults.convert<std::int64_t>();
    wanted.fields = texts(body, "fields");
    wanted.properties = texts(body, "properties");
    wanted.expand = split(json::memberString(body, "expand"), ',');
    for (const std::string& id : texts(body, "reconcileIssues"))
        addReconcile(wanted, id);
    return search(call, wanted);
}

Response countIssues(Call& call) {
    json::ObjectPtr body = call.body();
    call.onlyMembers(body, {"jql"});
    const jql::Query query = boundedQuery(call, json::memberString(body, "jql"));
    return Response::json(
        200, json::object({{"count", static_cast<std::int64_t>(matching(call, query, {}).size())}}));
}

Response removedSearch(Call&) {
    return reply::message(
        410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. "
             "A full migration guideline is available at "
             "https://developer.atlassian.com/changelog/#CHANGE-2046");
}

} // namespace jira_sim::handle
