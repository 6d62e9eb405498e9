#pragma once

#include "../push/push_world.hpp"

#include "sync/inbox_round.hpp"
#include "sync/inbox_store.hpp"
#include "sync/inbox_worker.hpp"
#include "sync/inward_sync.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// A push world whose host has findings, with the inward side of the sync on top.
namespace sync_test {

namespace sync = jira_plugin::sync;
namespace jira = jira_plugin::jira;
namespace host = jira_plugin::host;
namespace store = jira_plugin::store;
using host::FindingStatus;
using push_test::acme;

/// Findings, their timelines and what is shown beside them; as strict about revisions as a host is.
class Findings : public host::Findings {
public:
    using Timeline = std::map<std::string, host::TimelineEntry>;

    void put(const std::string& id, FindingStatus status = FindingStatus::Open,
             const std::string& organisation = acme) {
        auto finding = push_test::finding(id);
        finding.organisation = organisation;
        finding.status = status;
        finding.revision = ++revision;
        findings[{organisation, id}] = finding;
    }
    FindingStatus status(const std::string& id) const { return findings.at({acme, id}).status; }
    /// What a person or a scan does here.
    void decide(const std::string& id, FindingStatus status) {
        findings[{acme, id}].status = status;
        findings[{acme, id}].revision = ++revision;
    }
    /// The entry whose key begins so; fails when there is none or more than one.
    host::TimelineEntry entry(const std::string& id, const std::string& beginning) const {
        std::vector<host::TimelineEntry> all;
        for (const auto& [key, entry] : timelines.at(id))
            if (key.compare(0, beginning.size(), beginning) == 0)
                all.push_back(entry);
        if (all.size() != 1)
            throw std::runtime_error(std::to_string(all.size()) + " entries " + beginning);
        return all.front();
    }
    std::size_t entries(const std::string& id, const std::string& beginning = {}) const {
        const auto found = timelines.find(id);
        std::size_t count = 0;
        if (found != timelines.end())
            for (const auto& [key, entry] : found->second)
                count += key.compare(0, beginning.size(), beginning) == 0 ? 1 : 0;
        return count;
    }

    std::optional<host::Finding> get(const std::string& organisation, const std::string& finding) override {
        const auto found = findings.find({organisation, finding});
        return found == findings.end() ? std::nullopt : std::optional<host::Finding>(found->second);
    }
    std::vector<host::Finding> list(const std::string&, const std::string&, const std::string&,
                                    std::size_t) override {
        return {};
    }
    void appendTimeline(const std::string&, const std::string& finding,
                        const host::TimelineEntry& entry) override {
        fail();
        timelines[finding][entry.key] = entry;
    }
    void removeTimeline(const std::string&, const std::string& finding, const std::string& key) override {
        fail();
        timelines[finding].erase(key);
    }
    bool setStatus(const std::string& organisation, const std::string& id, FindingStatus status,
                   const std::string& reason, std::int64_t basedOn) override {
        fail();
        if (beforeSet)
            beforeSet();
        auto& finding = findings[{organisation, id}];
        if (basedOn != 0 && basedOn != finding.revision)
            return false;
        if (finding.status == status)
            return true;
        finding.status = status;
        finding.revision = ++revision;
        reasons.push_back(reason);
        return true;
    }
    bool attachTicket(const std::string&, const std::string& finding,
                      const host::TicketRef& ticket) override {
        fail();
        ++attachments;
        tickets[finding] = ticket;
        return true;
    }
    void detachTicket(const std::string&, const std::string& finding) override { tickets.erase(finding); }
    void reportPush(const std::string&, const std::string&, host::PushState, const std::string&,
                    const std::string&, const host::TicketRef*) override {}
    std::vector<host::PushReportRefusal> reportPushes(const std::string&,
                                                      const std::vector<host::PushReport>&) override {
        return {};
    }

    std::map<std::pair<std::string, std::string>, host::Finding> findings;
    std::map<std::string, Timeline> timelines;
    std::map<std::string, host::TicketRef> tickets;
    std::vector<std::string> reasons;
    std::int64_t revision = 0;
    int attachments = 0;
    bool isBroken = false;
    std::function<void()> beforeSet;

private:
    void fail() const {
        if (isBroken)
            throw std::runtime_error("the host is out of order");
    }
};

class Writes : public sync::OwnWrites {
public:
    bool isWriting(const sync::IssueId& issue) override { return writing.count(issue.id) != 0; }
    bool isOurComment(const sync::IssueId&, const std::string& comment) override {
        return comments.count(comment) != 0;
    }
    std::set<std::string> writing;
    std::set<std::string> comments;
};

class Settings : public sync::SettingsSource {
public:
    sync::SyncSettings of(const std::string&, const std::string&) override { return settings; }
    sync::SyncSettings settings;
};

struct SyncWorld {
    SyncWorld() { start(); }

    void start() {
        host::Services services{findings,      world.hosting, world.hosting, world.hosting,
                                world.hosting, world.hosting, world.hosting, world.hosting,
                                world.hosting, world.hosting, world.hosting, world.hosting};
        round.reset();
        inward.reset();
        parts = std::make_unique<push_test::push::PushParts>(*world.database, world.connections,
                                                             world.mappings, services, world.settings);
        inbox = std::make_unique<sync::InboxStore>(*world.database);
        inward = std::make_unique<sync::InwardSync>(
            sync::InwardSync::Parts{*world.database, world.connections, writes, settings, services});
        round = std::make_unique<sync::InboxRound>(*parts, *inbox, *inward, writes, [this] { ++adoptions; });
    }

    push_test::FakeBoard& board() { return world.atlassian->board; }
    static sync::IssueId id(const std::string& issue) { return {acme, "site-1", issue}; }

    /// An issue of Jira, the ticket of these findings.
    void link(const std::string& issue, const std::string& key, const std::vector<std::string>& ids) {
        board().put(issue, key);
        std::vector<store::TicketLink> links;
        for (const std::string& finding : ids) {
            store::TicketLink link;
            link.organisation = acme;
            link.finding = finding;
            link.ticket.system = "site-1";
            link.ticket.id = issue;
            link.ticket.key = key;
            link.ticket.url = "https://jira.example/browse/" + key;
            link.ticket.status = "To Do";
            links.push_back(link);
            if (!findings.get(acme, finding))
                findings.put(finding);
        }
        world.database->transaction(
            [&](Poco::Data::Session& session) { store::LinkStore::add(session, links); });
    }
    store::TicketLink linkOf(const std::string& finding) {
        return store::LinkStore(*world.database).find(acme, finding).value();
    }

    std::vector<sync::Drift> apply(const std::string& issue, const std::string& actor = "Sam") {
        return inward->apply(id(issue), board().state(issue), {sync::Hint::Source::Webhook, actor, 0});
    }
    std::vector<sync::Drift> applyComments(const std::string& issue) {
        return inward->applyComments(id(issue), {});
    }

    /// A delivery in the inbox.
    void deliver(const std::string& issue, const std::function<void(sync::InboxRow&)>& shape = {}) {
        sync::InboxRow row;
        row.organisation = acme;
        row.delivery = "d" + std::to_string(++deliveries);
        row.system = "site-1";
        row.issueId = issue;
        row.event = "jira:issue_updated";
        row.actor = "Sam";
        row.receivedAtMs = world.hosting.nowMs();
        if (shape)
            shape(row);
        inbox->add({row});
    }

    push_test::World world;
    Findings findings;
    Writes writes;
    Settings settings;
    int adoptions = 0;
    int deliveries = 0;
    std::unique_ptr<push_test::push::PushParts> parts;
    std::unique_ptr<sync::InboxStore> inbox;
    std::unique_ptr<sync::InwardSync> inward;
    std::unique_ptr<sync::InboxRound> round;
};

} // namespace sync_test
