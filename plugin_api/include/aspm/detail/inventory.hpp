#pragma once

#include <deque>

#include "../service/findings.h"
#include "../service/ownership.h"
#include "data.hpp"
#include "visit.hpp"

namespace aspm {

/// One entry of a finding's timeline; see aspm_timeline_entry.
struct TimelineEntry {
    aspm_timeline_kind kind = ASPM_TIMELINE_NOTE;
    std::string key;    ///< the same key again replaces the entry; empty: always new
    std::string author; ///< empty: the plugin
    std::string text;
    std::string remedy;
    std::string url;
    std::int64_t atMs = 0; ///< 0: now
};

/// Where the push of one finding stands; see aspm_push_report.
struct PushReport {
    std::string finding;
    aspm_push_state state = ASPM_PUSH_NONE;
    std::string message;
    std::string remedy;
    std::optional<TicketRef> ticket;
};

/// A report that the host did not take.
struct PushReportRefusal {
    std::size_t index = 0; ///< among those handed over
    aspm_status status = ASPM_INTERNAL;
    std::string message;
    std::string remedy;
};

namespace detail {

/// What a report lends to the C side; valid as long as the report and where it is.
class LentReport {
public:
    explicit LentReport(const PushReport& report) {
        if (report.ticket) {
            _ticket.emplace(report.ticket->lend());
        }
        _raw = {sizeof(aspm_push_report), report.state,       str(report.finding),
                str(report.message),      str(report.remedy), _ticket ? _ticket->get() : nullptr};
    }
    LentReport(const LentReport&) = delete;
    LentReport& operator=(const LentReport&) = delete;
    const aspm_push_report* get() const noexcept { return &_raw; }

private:
    std::optional<Lent<aspm_ticket_ref>> _ticket;
    aspm_push_report _raw{};
};

} // namespace detail

/// "aspm.findings/1". A light handle, valid until stop returns; safe from any thread, each with its own call.
/// Methods throw aspm::Error when the host refuses; NotFoundError when the finding is not in the
/// organisation.
class Findings {
public:
    using Table = aspm_findings;
    static constexpr const char* id = ASPM_FINDINGS_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, report_push); }

    explicit Findings(const Table* table) noexcept : _table(table) {}

    std::optional<FindingData> get(const Call& call, std::string_view organisation,
                                   std::string_view finding) const {
        return detail::fetch<FindingData, aspm_finding>(
            call, "Reading a finding", [&](auto fn, void* context) {
                return _table->get(_table, call.raw(), str(organisation), str(finding), fn, context);
            });
    }

    /// Calls fn(FindingData) for each finding of one project (empty: of all) after the id `after`, in the
    /// order of ids. fn returns nothing, or false to stop. What it throws comes out here.
    template <class Fn>
    void list(const Call& call, std::string_view organisation, std::string_view project,
              std::string_view after, Fn&& fn) const {
        auto each = [&fn](const aspm_finding& raw) { return fn(FindingData::from(raw)); };
        const aspm_status status = detail::visit<aspm_finding>(
            [&](auto callback, void* context) {
                return _table->list(_table, call.raw(), str(organisation), str(project), str(after), callback,
                                    context);
            },
            each);
        call.check(status, "Listing findings");
    }

    /// basedOn: the revision that the plugin decided by; StateError when the finding has changed since.
    void setStatus(const Call& call, std::string_view organisation, std::string_view finding,
                   aspm_finding_status status, std::string_view reason, std::int64_t basedOn = 0) const {
        call.check(_table->set_status(_table, call.raw(), str(organisation), str(finding), status,
                                      str(reason), basedOn),
                   "Setting a finding's status");
    }

    void appendTimeline(const Call& call, std::string_view organisation, std::string_view finding,
                        const TimelineEntry& entry) const {
        const aspm_timeline_entry raw{
            sizeof(aspm_timeline_entry), entry.kind,     str(entry.key), str(entry.author), str(entry.text),
            str(entry.remedy),           str(entry.url), entry.atMs};
        call.check(_table->append_timeline(_table, call.raw(), str(organisation), str(finding), &raw),
                   "Adding to a finding's timeline");
    }

    void removeTimeline(const Call& call, std::string_view organisation, std::string_view finding,
                        std::string_view key) const {
        call.check(_table->remove_timeline(_table, call.raw(), str(organisation), str(finding), str(key)),
                   "Removing from a finding's timeline");
    }

    void attachTicket(const Call& call, std::string_view organisation, std::string_view finding,
                      const TicketRef& ticket) const {
        const auto lent = ticket.lend();
        call.check(_table->attach_ticket(_table, call.raw(), str(organisation), str(finding), lent.get()),
                   "Attaching a ticket to a finding");
    }

    void detachTicket(const Call& call, std::string_view organisation, std::string_view finding) const {
        call.check(_table->detach_ticket(_table, call.raw(), str(organisation), str(finding)),
                   "Detaching a finding's ticket");
    }

    /// ticket may be null.
    void reportPush(const Call& call, std::string_view organisation, std::string_view finding,
                    aspm_push_state state, std::string_view message, std::string_view remedy,
                    const TicketRef* ticket = nullptr) const {
        const auto report = [&](const aspm_ticket_ref* raw) {
            call.check(_table->report_push(_table, call.raw(), str(organisation), str(finding), state,
                                           str(message), str(remedy), raw),
                       "Reporting where a push stands");
        };
        if (ticket == nullptr) {
            report(nullptr);
        } else {
            report(ticket->lend().get());
        }
    }

    /// False on a host of 1.0.
    bool takesManyReports() const noexcept { return ASPM_HAS(Table, _table, report_pushes); }

    /// At most ASPM_PUSH_REPORTS_MAX; answers those that were not taken. Throws when none may count as taken.
    /// A host of 1.0 is told one after another.
    std::vector<PushReportRefusal> reportPushes(const Call& call, std::string_view organisation,
                                                const std::vector<PushReport>& reports) const {
        return takesManyReports() ? reportTogether(call, organisation, reports)
                                  : reportSingly(call, organisation, reports);
    }

private:
    std::vector<PushReportRefusal> reportTogether(const Call& call, std::string_view organisation,
                                                  const std::vector<PushReport>& reports) const {
        std::deque<detail::LentReport> lent; // its elements stay where they are
        std::vector<const aspm_push_report*> raw;
        raw.reserve(reports.size());
        for (const PushReport& report : reports) {
            raw.push_back(lent.emplace_back(report).get());
        }
        detail::Collector<PushReportRefusal> refusals;
        const aspm_status status = _table->report_pushes(_table, call.raw(), str(organisation), raw.data(),
                                                         raw.size(), keepRefusal, &refusals);
        call.check(status, "Reporting where pushes stand");
        return refusals.take();
    }

    static void keepRefusal(void* context, std::size_t index, aspm_status status, aspm_str message,
                            aspm_str remedy) noexcept {
        static_cast<detail::Collector<PushReportRefusal>*>(context)->add([&] {
            return PushReportRefusal{index, status, copy(message), copy(remedy)};
        });
    }

    std::vector<PushReportRefusal> reportSingly(const Call& call, std::string_view organisation,
                                                const std::vector<PushReport>& reports) const {
        std::vector<PushReportRefusal> refusals;
        for (std::size_t i = 0; i < reports.size(); ++i) {
            const PushReport& report = reports[i];
            try {
                reportPush(call, organisation, report.finding, report.state, report.message, report.remedy,
                           report.ticket ? &*report.ticket : nullptr);
            } catch (const Error& error) {
                refusals.push_back({i, error.status(), error.message(), error.remedy()});
            }
        }
        return refusals;
    }

    const Table* _table;
};

/// "aspm.directory/1": organisations, projects, members. As Findings.
class Directory {
public:
    using Table = aspm_directory;
    static constexpr const char* id = ASPM_DIRECTORY_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, member); }

    explicit Directory(const Table* table) noexcept : _table(table) {}

    /// All organisations that this plugin is enabled for.
    std::vector<Organisation> organisations(const Call& call) const {
        return collect<Organisation, aspm_organisation>(
            call, "Listing organisations",
            [&](auto fn, void* context) { return _table->organisations(_table, call.raw(), fn, context); });
    }

    /// Projects in the order of their keys, those after the key `after` (empty: from the first).
    std::vector<Project> projects(const Call& call, std::string_view organisation,
                                  std::string_view after = {}) const {
        return collect<Project, aspm_project>(call, "Listing projects", [&](auto fn, void* context) {
            return _table->projects(_table, call.raw(), str(organisation), str(after), fn, context);
        });
    }

    std::optional<Project> project(const Call& call, std::string_view organisation,
                                   std::string_view project) const {
        return detail::fetch<Project, aspm_project>(call, "Reading a project", [&](auto fn, void* context) {
            return _table->project(_table, call.raw(), str(organisation), str(project), fn, context);
        });
    }

    /// Members with any of these roles (0: all).
    std::vector<Member> members(const Call& call, std::string_view organisation, aspm_roles roles = 0) const {
        return collect<Member, aspm_member>(call, "Listing members", [&](auto fn, void* context) {
            return _table->members(_table, call.raw(), str(organisation), roles, fn, context);
        });
    }

    std::optional<Member> member(const Call& call, std::string_view organisation,
                                 std::string_view user) const {
        return detail::fetch<Member, aspm_member>(call, "Reading a member", [&](auto fn, void* context) {
            return _table->member(_table, call.raw(), str(organisation), str(user), fn, context);
        });
    }

private:
    template <class Owned, class Raw, class Start>
    static std::vector<Owned> collect(const Call& call, const char* what, Start start) {
        std::vector<Owned> all;
        auto keep = [&all](const Raw& raw) { all.push_back(Owned::from(raw)); };
        call.check(detail::visit<Raw>(start, keep), what);
        return all;
    }

    const Table* _table;
};

/// "aspm.ownership/1": who owns a finding. As Findings.
class Ownership {
public:
    using Table = aspm_ownership;
    static constexpr const char* id = ASPM_OWNERSHIP_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, owner); }

    explicit Ownership(const Table* table) noexcept : _table(table) {}

    /// Nothing when no policy matches.
    std::optional<Member> owner(const Call& call, std::string_view organisation,
                                std::string_view finding) const {
        return detail::fetch<Member, aspm_member>(
            call, "Asking for a finding's owner", [&](auto fn, void* context) {
                return _table->owner(_table, call.raw(), str(organisation), str(finding), fn, context);
            });
    }

private:
    const Table* _table;
};

} // namespace aspm
