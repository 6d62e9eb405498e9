#pragma once

#include "connection/connections.hpp"
#include "contracts.hpp"
#include "host/services.hpp"
#include "inward_notes.hpp"
#include "issue_locks.hpp"
#include "known_issue_store.hpp"
#include "settings.hpp"
#include "store/link_store.hpp"

#include <map>

namespace jira_plugin::sync {

/// Brings findings into line with their tickets. What changes a finding's status is that its ticket turned
/// from not done to done or back since the last time, never that it is done: so a comment on a closed ticket
/// does not resolve a finding once more that a scan has reopened. A ticket that is not known yet counts as
/// not done, since that is how tickets are created; a link by hand remembers what it found.
///
/// Every effect may happen twice (a crash between it and what is remembered) without showing twice.
class InwardSync : public Inward {
public:
    /// Borrowed, outlive this.
    struct Parts {
        store::Database& database;
        connection::Connections& connections;
        OwnWrites& ownWrites;
        SettingsSource& settings;
        host::Services host;
    };
    explicit InwardSync(const Parts& parts);

    std::vector<Drift> apply(const IssueId& issue, const jira::IssueState& now, const Hint& hint) override;
    std::vector<Drift> applyGone(const IssueId& issue, Gone how, const Hint& hint) override;
    std::vector<Drift> applyComments(const IssueId& issue, const Hint& hint) override;
    void remember(const IssueId& issue, const jira::IssueState& now) override;

private:
    using Links = std::vector<store::TicketLink>;
    struct Change;

    /// Makes durable that the ticket turned; false when another one has written since.
    bool announceTurn(Change& change);
    std::vector<Drift> bringIntoLine(const Change& change);
    void tellReturn(const Change& change, const store::TicketLink& link);
    void tellMove(const Change& change, const store::TicketLink& link, std::vector<Drift>& drifts);
    void turn(const Change& change, const store::TicketLink& link, std::vector<Drift>& drifts);
    std::optional<host::FindingStatus> wanted(const Change& change, const host::Finding& finding);
    /// Answers whether it was set; false when the finding changed meanwhile.
    bool set(const Change& change, const host::Finding& finding, host::FindingStatus status);
    std::vector<Drift> showTicket(const IssueId& issue, const jira::IssueState& now, const Links& links);
    void showGone(const store::TicketLink& link, Gone how, const std::string& key, const Hint& hint);

    std::vector<Drift> showComments(const IssueId& issue, const store::TicketLink& link,
                                    const std::vector<jira::Comment>& comments);

    std::string urlOf(const IssueId& issue, const std::string& key);

    const Parts _parts;
    host::Findings& _findings;
    store::LinkStore _links;
    KnownIssueStore _known;
    IssueLocks _states;
    IssueLocks _comments; ///< held while they are read from Jira, which must not hold up the rest
};

} // namespace jira_plugin::sync
