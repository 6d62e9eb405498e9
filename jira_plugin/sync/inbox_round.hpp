#pragma once

#include "contracts.hpp"
#include "inbox_store.hpp"
#include "inward_strangers.hpp"

#include <map>
#include <vector>

namespace jira_plugin::sync {

/// One round through an organisation's inbox: takes what is due, puts deliveries of one issue together, reads
/// the issues anew, many with one request, and applies them. One thread at a time per organisation.
class InboxRound {
public:
    /// All borrowed. adopted: see Strangers.
    InboxRound(push::PushParts& parts, InboxStore& inbox, Inward& inward, OwnWrites& ownWrites,
               std::function<void()> adopted);

    /// False when nothing was due, or Jira cannot be asked now. Nothing that was taken is lost, whatever
    /// happens. Throws store::StoreError.
    bool run(const std::string& organisation);

private:
    /// The deliveries of one issue.
    struct Matter {
        IssueId issue;
        InboxStore::Deliveries deliveries;
        Hint hint;
        bool hintsAtTurn = false; ///< a change of the status, or the end
        bool concernsComments = false;
        bool saysDeleted = false;
        bool isMarked = false;
        bool isLinked = false;
        bool isNews = false;        ///< more than that it was created
        std::int64_t updatedMs = 0; ///< the latest `updated` of the issue that a delivery has
        std::int64_t firstReceivedMs = 0;
        std::int64_t tries = 0;
    };
    using Matters = std::vector<Matter>;

    Matters matters(const std::vector<InboxRow>& rows);
    static void add(Matter& matter, const InboxRow& row);
    /// What is to be read; the others are settled.
    Matters sort(Matters all, const std::string& organisation, const std::string& system);
    void read(const std::string& organisation, jira::Client& client, const Matters& matters);
    /// applied: what is done with by that.
    void apply(jira::Client& client, const Matter& matter, const jira::IssueState* now, bool isMissing,
               InboxStore::Deliveries& applied);
    void applyLinked(const Matter& matter, const jira::IssueState* now);
    void meetStranger(jira::Client& client, const Matter& matter, const jira::IssueState& now,
                      InboxStore::Deliveries& applied);
    void fail(const Matter& matter, const std::string& cause, const std::string& message,
              const std::string& remedy);
    void later(const Matter& matter, std::int64_t inMs);

    push::PushParts& _parts;
    InboxStore& _inbox;
    Inward& _inward;
    OwnWrites& _ownWrites;
    Strangers _strangers;
};

} // namespace jira_plugin::sync
