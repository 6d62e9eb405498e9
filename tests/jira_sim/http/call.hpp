#pragma once

#include <map>
#include <string>

#include "config.hpp"
#include "http/exchange.hpp"
#include "http/faults.hpp"
#include "http/replies.hpp"
#include "http/trace.hpp"
#include "http/webhook_sender.hpp"
#include "world/issue_writer.hpp"
#include "world/world.hpp"

namespace jira_sim {

/// Thrown by a handler's helpers when the request is refused; carries the answer.
struct Refusal {
    Response response;
};

/// What the server is made of, shared by all requests.
struct Services {
    Config& config;
    World& world;
    Faults& faults;
    Trace& trace;
    WebhookSender& deliveries;
};

/// One request on its way through a handler, which runs under the world's mutex.
struct Call {
    Services& services;
    const Request& request;
    const FaultPlan& plan;
    std::map<std::string, std::string> params; ///< of the path
    // Set for requests to the REST API:
    Site* site = nullptr;
    const User* user = nullptr;
    GrantPtr grant;
    /// Addresses are those of the site itself, version 2 of the API: so webhooks give them.
    bool forWebhook = false;

    World& world() const { return services.world; }
    bool isDataCenter() const { return services.world.isDataCenter(); }
    /// Data Center: nobody is logged in; the user may do nothing.
    bool isAnonymous() const { return user != nullptr && user->accountId.empty(); }
    Actor actor() const { return {services.world, *site, *user}; }
    const std::string& param(const std::string& name) const { return params.at(name); }
    std::string query(const std::string& name, const std::string& fallback = {}) const;
    /// A whole number of the query; refused as Jira does when it is something else.
    std::int64_t number(const std::string& name, std::int64_t fallback) const;
    /// The body as object; refused when it is none.
    json::ObjectPtr body() const;
    /// Refuses members that the operation does not know.
    void onlyMembers(const json::ObjectPtr& object, std::initializer_list<const char*> known) const;

    /// Address of a resource as answers give it: on Cloud through the gateway, not the site.
    std::string apiUrl(const std::string& path) const;
    /// The issue of the path; refused with 404 when absent or hidden.
    IssuePtr issue() const;
    /// The project that `projectIdOrKey` names, or null.
    Project* visibleProject(const std::string& idOrKey) const;
    /// Refuses with 403 when the person lacks a permission in the issue's project.
    void require(const std::string& permission, const Issue& issue, const std::string& text) const;
};

/// Cuts a page out of a list. `limit` is the most Jira gives at once.
struct Page {
    std::int64_t startAt, maxResults;
    template <typename List> List cut(const List& list) const {
        List part;
        for (std::size_t i = static_cast<std::size_t>(startAt);
             i < list.size() && part.size() < static_cast<std::size_t>(maxResults); ++i)
            part.push_back(list[i]);
        return part;
    }
};

Page pageOf(const Call& call, std::int64_t fallback, std::int64_t limit);
/// `{"startAt","maxResults","total","isLast","self","nextPage","values"}`
json::ObjectPtr pageJson(const Call& call, const Page& page, std::size_t total, const json::ArrayPtr& values,
                         const std::string& path);

} // namespace jira_sim
