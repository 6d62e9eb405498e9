#include "webhook_orders.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include <Poco/Exception.h>
#include <Poco/String.h>
#include <Poco/URI.h>

namespace jira_plugin::sync {
namespace {

// Atlassian names no limit for the filter; this is well below what web servers take, and holds some 300
// projects.
constexpr std::size_t mostFilterBytes = 2'000;
// Everything: the only filter without a project that Atlassian's registration was seen to take.
constexpr const char* everyProject = "project != null";

const std::vector<std::string>& issueEvents() {
    static const std::vector<std::string> events{"jira:issue_created", "jira:issue_updated",
                                                 "jira:issue_deleted", "comment_created",
                                                 "comment_updated",    "comment_deleted"};
    return events;
}

std::vector<std::string> filters(const std::vector<std::string>& projects, std::size_t mostBytes) {
    std::vector<std::string> all;
    std::string list;
    for (const std::string& project : projects) {
        if (!list.empty() && list.size() + project.size() > mostBytes) {
            all.push_back("project in (" + list + ")");
            list.clear();
        }
        list += (list.empty() ? "" : ", ") + project;
    }
    if (!list.empty())
        all.push_back("project in (" + list + ")");
    return all;
}

/// Without what a listing may write another way.
std::string comparable(const std::string& jql) {
    std::string text;
    for (const char c : jql)
        if (std::isspace(static_cast<unsigned char>(c)) == 0 && c != '"' && c != '\'')
            text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

} // namespace

std::vector<jira::WebhookOrder> webhookOrders(jira::Webhooks::Kind kind, const std::string& name,
                                              const std::string& url, const std::string& secret,
                                              const std::vector<std::string>& projects) {
    const bool isDynamic = kind == jira::Webhooks::Kind::Dynamic;
    jira::WebhookOrder order{name, url, issueEvents(), "", {}, secret};
    if (isDynamic) {
        order.events.emplace_back("issue_property_set");
        order.propertyKeys = {canaryProperty};
    }
    auto jqls = filters(projects, isDynamic ? mostFilterBytes : std::string::npos);
    if (jqls.size() > mostWebhooks)
        jqls = {everyProject}; // what concerns nobody is dropped when it arrives
    std::vector<jira::WebhookOrder> orders;
    for (std::string& jql : jqls) {
        order.jql = std::move(jql);
        orders.push_back(order);
    }
    return orders;
}

std::string differenceOf(const jira::WebhookOrder& order, const jira::Webhook& webhook) {
    if (!webhook.url.empty() && webhook.url != order.url)
        return "It sends to another address than this platform's.";
    const std::set<std::string> events(webhook.events.begin(), webhook.events.end());
    std::vector<std::string> lacking;
    for (const std::string& event : order.events)
        if (events.count(event) == 0)
            lacking.push_back(event);
    if (!events.empty() && !lacking.empty())
        return "It does not tell of " + listed(lacking) + ".";
    if (!webhook.jql.empty() && !isSameFilter(webhook.jql, order.jql))
        return "Its filter is '" + webhook.jql.substr(0, 200) + "' and should be '" +
               order.jql.substr(0, 200) + "'.";
    return "";
}

bool isSameFilter(const std::string& jql, const std::string& other) {
    return comparable(jql) == comparable(other);
}

std::string siteHostOf(const std::string& url) {
    try {
        const Poco::URI uri(url);
        const std::string host = Poco::toLower(uri.getHost());
        const bool isUsual = uri.getPort() == Poco::URI(uri.getScheme() + "://x").getPort();
        return isUsual ? host : host + ":" + std::to_string(uri.getPort());
    } catch (const Poco::Exception&) {
        return "";
    }
}

} // namespace jira_plugin::sync
