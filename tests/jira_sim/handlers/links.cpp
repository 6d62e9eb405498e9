#include <algorithm>

#include "handlers/handlers.hpp"
#include "handlers/views.hpp"

/// Remote links and entity properties of issues.
namespace jira_sim::handle {

namespace {

constexpr std::size_t linkLimit = 2000;
constexpr std::size_t globalIdLimit = 255;
constexpr std::size_t propertyKeyLimit = 255;
constexpr std::size_t propertyValueLimit = 32768;

json::ObjectPtr linkJson(const Call& call, const Issue& issue, const RemoteLink& link) {
    json::ObjectPtr sent = json::asObject(view::stored(link.document));
    json::ObjectPtr object = json::object({{"id", link.id},
                                           {"self", call.apiUrl("/issue/" + std::to_string(issue.id) +
                                                                "/remotelink/" + std::to_string(link.id))}});
    for (const char* name : {"globalId", "application", "relationship", "object"})
        if (sent->has(name))
            object->set(name, sent->get(name));
    return object;
}

/// Refuses a link document that Jira would not store.
void checkLink(const json::ObjectPtr& body) {
    json::ObjectPtr object = json::asObject(json::member(body, "object"));
    ErrorCollection errors;
    if (object.isNull())
        errors.field("object", "'object' is required.");
    else if (json::memberString(object, "title").empty())
        errors.field("title", "'title' is required.");
    else if (json::memberString(object, "url").empty())
        errors.field("url", "'url' is required.");
    if (json::memberString(body, "globalId").size() > globalIdLimit)
        errors.field("globalId", "'globalId' must be at most 255 characters.");
    if (!errors.empty())
        throw Refusal{reply::errors(400, errors)};
}

const char* noLinking = "You do not have permission to link issues in this project.";

} // namespace

Response remoteLinks(Call& call) {
    const IssuePtr issue = call.issue();
    const auto globalId = call.request.param("globalId");
    json::ArrayPtr list = json::array();
    for (const RemoteLink& link : issue->remoteLinks) {
        if (globalId && link.globalId == *globalId)
            return Response::json(200, linkJson(call, *issue, link));
        list->add(linkJson(call, *issue, link));
    }
    if (globalId)
        return reply::message(404, "No link found for the global id '" + *globalId + "'.");
    return Response::json(200, list);
}

Response putRemoteLink(Call& call) {
    Issue issue = *call.issue();
    call.require("LINK_ISSUES", issue, noLinking);
    json::ObjectPtr body = call.body();
    checkLink(body);
    const std::string globalId = json::memberString(body, "globalId");
    auto found =
        std::find_if(issue.remoteLinks.begin(), issue.remoteLinks.end(),
                     [&](const RemoteLink& link) { return !globalId.empty() && link.globalId == globalId; });
    const bool isNew = found == issue.remoteLinks.end();
    if (isNew && issue.remoteLinks.size() >= linkLimit)
        return reply::message(413, "The issue has reached the limit of 2000 remote links.");
    if (isNew)
        found = issue.remoteLinks.insert(found, {call.site->nextLinkId++, globalId, ""});
    found->document = json::text(body);
    const std::int64_t id = found->id;
    call.world().store(*call.site, issue);
    return Response::json(isNew ? 201 : 200,
                          json::object({{"id", id},
                                        {"self", call.apiUrl("/issue/" + std::to_string(issue.id) +
                                                             "/remotelink/" + std::to_string(id))}}));
}

Response deleteRemoteLink(Call& call) {
    Issue issue = *call.issue();
    call.require("LINK_ISSUES", issue, noLinking);
    const auto globalId = call.request.param("globalId");
    if (!globalId)
        return reply::message(400, "The 'globalId' query parameter is required.");
    const auto end = std::remove_if(issue.remoteLinks.begin(), issue.remoteLinks.end(),
                                    [&](const RemoteLink& link) { return link.globalId == *globalId; });
    if (end == issue.remoteLinks.end())
        return reply::message(404, "No link found for the global id '" + *globalId + "'.");
    issue.remoteLinks.erase(end, issue.remoteLinks.end());
    call.world().store(*call.site, issue);
    return Response::empty(204);
}

Response properties(Call& call) {
    const IssuePtr issue = call.issue();
    json::ArrayPtr keys = json::array();
    for (const auto& entry : issue->properties)
        keys->add(json::object({{"self", call.apiUrl("/issue/" + std::to_string(issue->id) + "/properties/" +
                                                     percentEncode(entry.first))},
                                {"key", entry.first}}));
    return Response::json(200, json::object({{"keys", keys}}));
}

Response property(Call& call) {
    const IssuePtr issue = call.issue();
    const auto found = issue->properties.find(call.param("propertyKey"));
    if (found == issue->properties.end())
        return reply::message(404,
                              "The property with key '" + call.param("propertyKey") + "' does not exist.");
    return Response::json(200, json::object({{"key", found->first}, {"value", view::stored(found->second)}}));
}

Response putProperty(Call& call) {
    const IssuePtr before = call.issue();
    Issue issue = *before;
    call.require("EDIT_ISSUES", issue, "You do not have permission to edit issues in this project.");
    const std::string& key = call.param("propertyKey");
    if (key.size() > propertyKeyLimit)
        return reply::message(400, "The property key must be at most 255 characters.");
    if (call.request.body.size() > propertyValueLimit)
        return reply::message(400, "The property value must be at most 32768 characters.");
    const bool isNew = issue.properties.count(key) == 0;
    issue.properties[key] = json::text(call.request.json);
    storeChange(call.actor(), *before, std::move(issue));
    return call.isDataCenter() ? Response::empty(isNew ? 201 : 200)
                               : Response::json(isNew ? 201 : 200, json::object());
}

Response deleteProperty(Call& call) {
    const IssuePtr before = call.issue();
    Issue issue = *before;
    if (issue.properties.erase(call.param("propertyKey")) == 0)
        return reply::message(404,
                              "The property with key '" + call.param("propertyKey") + "' does not exist.");
    storeChange(call.actor(), *before, std::move(issue));
    return Response::empty(204);
}

} // namespace jira_sim::handle
