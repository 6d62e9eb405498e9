#include "relink.hpp"

#include "dedupe_label.hpp"
#include "push_parts.hpp"

#include "mapping/text.hpp"
#include "store/hand_link_store.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace jira_plugin::push {
namespace {

constexpr std::size_t portion = 100;

using ByLabel = std::map<std::string, std::vector<jira::Issue>>;

/// What Jira finds by the labels of these findings.
ByLabel searchLabels(const std::vector<std::string>& labels, jira::Client& client) {
    ByLabel found;
    for (auto& issue : client.issuesWithLabels(labels))
        for (const auto& label : labels)
            if (std::find(issue.labels.begin(), issue.labels.end(), label) != issue.labels.end())
                found[label].push_back(issue);
    return found;
}

/// A copy may carry the label, too: the issue of the same key goes first.
std::optional<jira::Issue> chosen(const ByLabel& found, const std::string& label, const std::string& key) {
    const auto issues = found.find(label);
    if (issues == found.end() || issues->second.empty())
        return std::nullopt;
    for (const auto& issue : issues->second)
        if (issue.key == key)
            return issue;
    return issues->second.front();
}

/// Another Jira may have an issue of that key about something else.
std::optional<jira::Issue> byKey(PushParts& parts, const store::TicketLink& link, jira::Client& client) {
    const auto row = parts.outbox.find(link.organisation, link.finding);
    auto issue = row ? client.issue(link.ticket.key) : std::nullopt;
    const bool isOurs =
        issue && mapping::oneLine(issue->summary) == mapping::oneLine(mapping::cleanText(row->title));
    return isOurs ? issue : std::nullopt;
}

/// Tickets that these findings were parted from carry their labels, too.
std::set<std::string> formersOf(PushParts& parts, const std::string& organisation, const jira::Client& client,
                                const std::vector<store::TicketLink>& links) {
    std::vector<std::string> findings;
    findings.reserve(links.size());
    for (const auto& link : links)
        findings.push_back(link.finding);
    return store::HandLinkStore(parts.database).formers(organisation, client.system(), findings);
}

store::TicketLink moved(store::TicketLink link, const jira::Issue& issue, const jira::Client& client) {
    link.ticket.system = client.system();
    link.ticket.id = issue.id;
    link.ticket.key = issue.key;
    link.ticket.url = client.browseUrl(issue.key);
    link.ticket.status = issue.status;
    return link;
}

} // namespace

Relinked relink(PushParts& parts, const std::string& organisation, const std::string& afterFinding,
                jira::Client& client) {
    const auto links = parts.links.elsewhere(organisation, client.system(), afterFinding, portion);
    std::vector<std::string> labels;
    labels.reserve(links.size());
    for (const auto& link : links)
        labels.push_back(dedupeLabel(parts.installationMarker, organisation, link.finding));
    ByLabel found = labels.empty() ? ByLabel() : searchLabels(labels, client);
    const auto formers = formersOf(parts, organisation, client, links);

    Relinked result;
    std::vector<store::TicketLink> changed;
    for (std::size_t i = 0; i < links.size(); ++i) {
        const auto& link = links[i];
        const auto isFormer = [&](const jira::Issue& issue) {
            return formers.count(store::HandLinkStore::formerKey(link.finding, issue.id)) != 0;
        };
        auto& labelled = found[labels[i]];
        labelled.erase(std::remove_if(labelled.begin(), labelled.end(), isFormer), labelled.end());
        auto issue = chosen(found, labels[i], link.ticket.key);
        if (!issue)
            issue = byKey(parts, link, client);
        if (issue && isFormer(*issue))
            issue.reset();
        Relinked::Ticket ticket{link.finding, link.ticket.key, link.ticket.url, issue.has_value(), "", ""};
        if (issue) {
            changed.push_back(moved(link, *issue, client));
            ticket.newKey = changed.back().ticket.key;
            ticket.newUrl = changed.back().ticket.url;
        }
        result.tickets.push_back(std::move(ticket));
    }
    parts.links.move(changed, parts.nowMs());
    if (links.size() == portion)
        result.next = links.back().finding;
    return result;
}

} // namespace jira_plugin::push
