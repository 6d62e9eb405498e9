#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <aspm/contrib/finding_status.h>
#include <aspm_host/services.hpp>

#include "finding_rows.hpp"

namespace aspm::host {

/// What to list. Empty or absent: all.
struct FindingFilter {
    std::string project; ///< id
    std::optional<aspm_finding_status> status;
    std::optional<aspm_severity> severity;
    std::optional<aspm_push_state> state;
    bool onlyPushable = false; ///< open, and without a ticket or a push on its way
    bool alsoParked = false;   ///< with onlyPushable: those that are parked as well
    bool withoutTicket = false;
    std::string after;
    std::size_t limit = 1000;
};

struct TimelineLine {
    std::string plugin; ///< empty: the host
    TimelineEntry entry;
};

/// The host's findings and everything that is said about them. Safe from any thread.
class FindingStore : public FindingsService {
public:
    using UrlOf = std::function<std::string(const std::string& organisation, const std::string& finding)>;

    FindingStore(Database& database, ClockService& clock, UrlOf urlOf)
        : _database(database), _clock(clock), _urlOf(std::move(urlOf)) {}

    enum class Changed {
        Finding, ///< the finding itself: there is an event for the plugins
        Push,    ///< only where its push stands
    };
    void setOnChange(std::function<void(Changed)> fn) { _onChange = std::move(fn); }

    // What plugins call.
    Finding get(const std::string& organisation, const std::string& finding) override;
    void list(const std::string& organisation, const std::string& project, const std::string& after,
              const std::function<bool(const Finding&)>& fn) override;
    void setStatus(const std::string& actor, const std::string& organisation, const std::string& finding,
                   aspm_finding_status status, const std::string& reason, std::int64_t basedOn) override;
    void appendTimeline(const std::string& plugin, const std::string& organisation,
                        const std::string& finding, const TimelineEntry& entry) override;
    void removeTimeline(const std::string& plugin, const std::string& organisation,
                        const std::string& finding, const std::string& key) override;
    void attachTicket(const std::string& plugin, const std::string& organisation, const std::string& finding,
                      const TicketRef& ticket) override;
    void detachTicket(const std::string& plugin, const std::string& organisation,
                      const std::string& finding) override;
    void reportPush(const std::string& plugin, const std::string& organisation, const std::string& finding,
                    aspm_push_state state, const std::string& message, const std::string& remedy,
                    const TicketRef* ticket) override;
    std::vector<PushReportRefusal> reportPushes(const std::string& plugin, const std::string& organisation,
                                                const std::vector<PushReport>& reports) override;

    // What the host's own pages, commands and control API call.
    std::optional<FindingWithPush> find(const std::string& organisation, const std::string& finding);
    std::vector<FindingWithPush> page(const std::string& organisation, const FindingFilter& filter);
    std::vector<TimelineLine> timeline(const std::string& organisation, const std::string& finding);

    /// Adds findings to a project in one transaction; ids, first seen and revision are given by the store.
    std::vector<std::string> create(const Project& project, const std::vector<Finding>& findings);

    /// Changes a finding by a person or the control API. edit changes a copy.
    Finding change(const std::string& organisation, const std::string& finding, const ChangeNote& note,
                   const std::function<void(Finding&)>& edit);

    /// Removes a finding; the plugins are told its last state.
    void remove(const std::string& organisation, const std::string& finding, const ChangeNote& note);

    /// How many findings are in each push state (those never pushed left out). project empty: all.
    std::map<aspm_push_state, std::int64_t> pushStates(const std::string& organisation,
                                                       const std::string& project);

    /// Counts for the dashboard: findings by status and severity.
    std::map<std::pair<aspm_finding_status, aspm_severity>, std::int64_t>
    counts(const std::string& organisation, const std::string& project);

    /// Before a push hook is called with these findings: receipts count only until the plugin itself reports.
    void noteAsked(const std::string& plugin, const std::string& organisation, const std::string& askKey,
                   const std::string& byName, const std::vector<Finding>& findings);
    struct Receipt {
        std::string finding;
        aspm_push_state state;
        std::string message;
        std::string remedy;
    };
    void noteReceipts(const std::string& organisation, const std::string& askKey,
                      const std::vector<Receipt>& receipts);

private:
    friend class FindingImport;

    void changed(Changed what) const;
    void requireExists(Connection& c, const std::string& organisation, const std::string& finding) const;
    void writeReport(Connection& c, const std::string& plugin, const std::string& organisation,
                     const PushReport& report) const;
    std::int64_t now() const { return _clock.nowMs(); }
    FindingWithPush withUrl(FindingWithPush found) const;

    Database& _database;
    ClockService& _clock;
    UrlOf _urlOf;
    std::function<void(Changed)> _onChange;
};

/// The row of the rule table for these texts, made when it is missing.
std::int64_t ruleRef(Connection& c, const std::string& name, const std::string& help,
                     const std::string& helpUrl);

/// How many of these are queued, waiting or in doubt: their push is under way.
std::int64_t outstandingIn(const std::map<aspm_push_state, std::int64_t>& states);

/// A row to insert; present in the next report as long as the scanner says so.
struct NewFinding {
    Finding finding;
    std::string fingerprint;
    std::string scannerKey;
};

/// Inserts findings of one project with fresh ids, which it answers in order.
std::vector<std::string> insertFindings(Connection& c, const Project& project,
                                        const std::vector<NewFinding>& findings, std::int64_t nowMs);

} // namespace aspm::host
