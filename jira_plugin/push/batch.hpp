#pragma once

#include "batch_item.hpp"
#include "jira/client.hpp"
#include "jira/errors.hpp"
#include "push_parts.hpp"
#include "send_permits.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace jira_plugin::push {

/// Most issues that one bulk request takes.
/// Source: developer.atlassian.com, REST v3, "Bulk create issue".
constexpr std::int64_t batchSize = 50;

/// Takes what is due of one organisation to Jira, once: claim, draft, intent, send, outcome. Dying between
/// any two of them loses nothing and creates nothing twice. Used once, on one thread.
class Batch {
public:
    Batch(PushParts& parts, SendPermits& permits, std::string organisation);
    ~Batch();
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;

    /// False when nothing was due or the queue is closed. Throws store::StoreError; what was under way is
    /// then in doubt and found by the next sweep.
    bool run();

private:
    using Group = std::vector<std::unique_ptr<BatchItem>>;

    bool connect();
    bool claim(Group& group);
    std::optional<Ruling> drafts(Group& group);
    std::optional<Ruling> draft(BatchItem& item, std::vector<store::OutboxChange>& changes, bool& isReady);
    void park(const BatchItem& item, const Ruling& ruling, std::vector<store::OutboxChange>& changes);

    std::optional<Ruling> send(Group group);
    bool intend(Group& group);
    void requirePresence() const;
    std::vector<jira::BulkElement> post(const Group& group);
    std::optional<Ruling> settle(Group& group, const std::vector<jira::BulkElement>& answers);
    std::optional<Ruling> settleRefused(std::unique_ptr<BatchItem>& item, const jira::BulkElement& answer,
                                        std::vector<store::OutboxChange>& changes, Group& again);
    std::optional<Ruling> amend(std::unique_ptr<BatchItem>& item, const RefusalFacts& facts,
                                const Ruling& ruling, std::vector<store::OutboxChange>& changes,
                                Group& again);
    std::optional<Ruling> settleFailed(Group& group, const jira::Error& problem);
    std::int64_t firstLookupMs() const;
    void split(Group group);
    void dropDoomed(Group& group);

    void halt(const Ruling& ruling);
    void putBack();
    void apply(const std::vector<store::OutboxChange>& changes);

    PushParts& _parts;
    SendPermits& _permits;
    const std::string _organisation;
    const std::string _lease;
    std::shared_ptr<jira::Client> _client;
    MappingMemo _mappings;
    std::deque<Group> _groups;                                ///< still to send
    std::set<std::pair<std::string, std::string>> _refreshed; ///< screens read anew
};

} // namespace jira_plugin::push
