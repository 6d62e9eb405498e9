#include <algorithm>

#include "handlers/dc_handlers.hpp"
#include "handlers/views.hpp"
#include "jql/query.hpp"

/// GET and POST /search of Data Center: pages by `startAt`, with a total.
namespace jira_sim::handle::dc {

namespace {

constexpr std::int64_t defaultPage = 50;
constexpr std::int64_t largestPage = 1000; ///< jira.search.views.default.max

struct Search {
    std::string jql;
    std::int64_t startAt = 0, maxResults = defaultPage;
    std::vector<std::string> fields, expand;
};

std::vector<IssuePtr> matching(const Call& call, const std::string& text) {
    std::vector<IssuePtr> found;
    if (call.isAnonymous())
        return found; // sees no project, and is not told so
    try {
        const jql::Query query = jql::parse(text, {call.world(), *call.site, *call.user});
        for (const auto& [id, issue] : call.site->issues.indexed(call.world().nowMs())) {
            const Project* home = call.site->project(issue->projectId);
            if (home != nullptr && may(*call.user, "BROWSE_PROJECTS", home) &&
                (!query.isBounded() || query.matches(*issue)))
                found.push_back(issue);
        }
        query.sort(*call.site, found);
    } catch (const jql::Refused& refused) {
        throw Refusal{reply::message(400, refused.message)};
    }
    return found;
}

Response search(const Call& call, const Search& wanted) {
    const std::vector<IssuePtr> found = matching(call, wanted.jql);
    const view::FieldSelection fields(wanted.fields, "*navigable");
    const view::IssueParts parts{{}, {wanted.expand.begin(), wanted.expand.end()}};
    const Page page{std::max<std::int64_t>(0, wanted.startAt),
                    wanted.maxResults < 0 ? largestPage : std::min(wanted.maxResults, largestPage)};
    json::ArrayPtr issues = json::array();
    for (const IssuePtr& issue : page.cut(found))
        issues->add(view::issue(call, *issue, fields, parts));
    return Response::json(200, json::object({{"expand", "schema,names"},
                                             {"startAt", page.startAt},
                                             {"maxResults", page.maxResults},
                                             {"total", static_cast<std::int64_t>(found.size())},
                                             {"issues", issues}}));
}

std::vector<std::string> texts(const json::ObjectPtr& body, const char* name) {
    std::vector<std::string> list;
    const json::Value value = json::member(body, name);
    const json::ArrayPtr array = json::asArray(value);
    if (!value.isEmpty() && array.isNull())
        throw Refusal{
            reply::bodyProblem(std::string("Can not deserialize '") + name + "': it must be a list")};
    if (!array.isNull())
        for (const json::Value& item : *array) {
            if (!json::isString(item))
                throw Refusal{reply::bodyProblem(std::string("Can not deserialize '") + name +
                                                 "': it must hold texts")};
            list.push_back(item.convert<std::string>());
        }
    return list;
}

std::int64_t number(const json::ObjectPtr& body, const char* name, std::int64_t fallback) {
    const json::Value value = json::member(body, name);
    if (value.isEmpty())
        return fallback;
    if (!json::isInteger(value))
        throw Refusal{
            reply::bodyProblem(std::string("Can not deserialize '") + name + "': it must be a number")};
    return value.convert<std::int64_t>();
}

} // namespace

Response searchGet(Call& call) {
    Search wanted;
    wanted.jql = call.query("jql");
    wanted.startAt = call.number("startAt", 0);
    wanted.maxResults = call.number("maxResults", defaultPage);
    wanted.fields = call.request.params("fields");
    wanted.expand = call.request.params("expand");
    return search(call, wanted);
}

Response searchPost(Call& call) {
    const json::ObjectPtr body = call.body();
    call.onlyMembers(body, {"jql", "startAt", "maxResults", "fields", "expand", "validateQuery"});
    Search wanted;
    wanted.jql = json::memberString(body, "jql");
    wanted.startAt = number(body, "startAt", 0);
    wanted.maxResults = number(body, "maxResults", defaultPage);
    wanted.fields = texts(body, "fields");
    wanted.expand = texts(body, "expand");
    return search(call, wanted);
}

} // namespace jira_sim::handle::dc
