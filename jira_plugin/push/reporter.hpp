#pragma once

#include "push_parts.hpp"
#include "store/report_store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::push {

/// Tells the host what became of pushes, off the way of the requests to Jira. What the host could not take is
/// told again, for as long as it takes. One thread at a time.
class Reporter {
public:
    explicit Reporter(PushParts& parts) : _parts(parts), _reports(parts.database) {}

    /// Tells one portion of what is due; false when nothing was. Throws store::StoreError.
    bool run();
    /// When the next report is due; -1: none.
    std::int64_t nextDueMs() { return _reports.nextDueMs(); }

private:
    using Report = store::ReportStore::Report;
    using Outcome = store::ReportStore::Outcome;
    /// Why the host does not know all of a report; empty: it does.
    using Reason = std::optional<std::string>;

    std::vector<Reason> tell(const std::string& organisation, const std::vector<const Report*>& reports);
    Reason tellNotes(const Report& report);
    void takeBackGone(const std::string& organisation, const std::vector<const Report*>& reports);
    void takeBack(const Report& report);
    Outcome outcome(const Report& report, const Reason& reason);

    PushParts& _parts;
    store::ReportStore _reports;
};

} // namespace jira_plugin::push
