#include "http/call.hpp"

#include <algorithm>

#include <Poco/NumberParser.h>

#include "http/dc_replies.hpp"

namespace jira_sim {

std::string Call::query(const std::string& name, const std::string& fallback) const {
    return request.param(name).value_or(fallback);
}

std::int64_t Call::number(const std::string& name, std::int64_t fallback) const {
    const auto text = request.param(name);
    if (!text)
        return fallback;
    Poco::Int64 value = 0;
    if (!Poco::NumberParser::tryParse64(*text, value))
        throw Refusal{isDataCenter() ? reply::dc::notFound(services.config.publicUrl, request)
                                     : reply::badParameter(request, name, *text)};
    return value;
}

json::ObjectPtr Call::body() const {
    json::ObjectPtr object = json::asObject(request.json);
    if (object.isNull())
        throw Refusal{isDataCenter() ? reply::bodyProblem("Can not deserialize the request body.")
                                     : reply::invalidPayload()};
    return object;
}

void Call::onlyMembers(const json::ObjectPtr& object, std::initializer_list<const char*> known) const {
    for (const auto& entry : *object)
        if (std::none_of(known.begin(), known.end(), [&](const char* name) { return entry.first == name; }))
            throw Refusal{isDataCenter() ? reply::bodyProblem("Unrecognized field \"" + entry.first +
                                                              "\", not marked as ignorable")
                                         : reply::invalidPayload()};
}

std::string Call::apiUrl(const std::string& path) const {
    if (isDataCenter() || forWebhook)
        return site->url + "/rest/api/2" + path;
    return services.config.publicUrl + "/ex/jira/" + site->cloudId + "/rest/api/3" + path;
}

Project* Call::visibleProject(const std::string& idOrKey) const {
    Project* project = site->project(idOrKey);
    return project != nullptr && may(*user, "BROWSE_PROJECTS", project) ? project : nullptr;
}

IssuePtr Call::issue() const {
    IssuePtr found = site->issues.find(param("issueIdOrKey"));
    const Project* project = found && !found->archived ? site->project(found->projectId) : nullptr;
    if (project != nullptr && may(*user, "BROWSE_PROJECTS", project))
        return found;
    if (!isDataCenter())
        throw Refusal{reply::issueNotFound()};
    throw Refusal{reply::dc::issueHidden(project != nullptr, isAnonymous())};
}

void Call::require(const std::string& permission, const Issue& issue, const std::string& text) const {
    if (!may(*user, permission, site->project(issue.projectId)))
        throw Refusal{reply::message(403, text)};
}

Page pageOf(const Call& call, std::int64_t fallback, std::int64_t limit) {
    const std::int64_t startAt = std::max<std::int64_t>(0, call.number("startAt", 0));
    const std::int64_t wanted = call.number("maxResults", fallback);
    return {startAt, std::clamp<std::int64_t>(wanted, 1, limit)};
}

json::ObjectPtr pageJson(const Call& call, const Page& page, std::size_t total, const json::ArrayPtr& values,
                         const std::string& path) {
    const std::int64_t next = page.startAt + static_cast<std::int64_t>(values->size());
    const bool isLast = next >= static_cast<std::int64_t>(total) || values->empty();
    const auto address = [&](std::int64_t startAt) {
        std::string query;
        for (const auto& [name, value] : call.request.query)
            if (name != "startAt" && name != "maxResults")
                query += "&" + percentEncode(name) + "=" + percentEncode(value);
        return call.apiUrl(path) + "?maxResults=" + std::to_string(page.maxResults) +
               "&startAt=" + std::to_string(startAt) + query;
    };
    json::ObjectPtr object = json::object({{"self", address(page.startAt)}});
    if (!isLast)
        object->set("nextPage", address(next));
    object->set("maxResults", page.maxResults);
    object->set("startAt", page.startAt);
    object->set("total", static_cast<std::int64_t>(total));
    object->set("isLast", isLast);
    object->set("values", values);
    return object;
}

} // namespace jira_sim
