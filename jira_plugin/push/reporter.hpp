#pragma once

#include "push_parts.hpp"
#include "store/report_store.hpp"

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
    void tell(const store::ReportStore::Report& report);

    PushParts& _parts;
    store::ReportStore _reports;
};

} // namespace jira_plugin::push
