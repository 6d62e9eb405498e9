#pragma once

#include "services/places.hpp"
#include "store/database.hpp"
#include "store/directory_store.hpp"
#include "store/finding_store.hpp"
#include "temp_dir.hpp"

namespace host_tests {

inline std::string urlOf(const std::string& organisation, const std::string& finding) {
    return "http://host/o/" + organisation + "/findings/" + finding;
}

/// A host's state in a temporary directory, as a first start leaves it, with one project.
struct World {
    World() {
        directory.seed();
        bool created = false;
        project = directory.ensureProject("acme", "payments-api", "Payments", created);
    }

    std::string addFinding(const std::string& title, const std::string& filePath = "src/a.c",
                           const std::string& ruleId = "rule") {
        aspm::host::Finding finding;
        finding.title = title;
        finding.filePath = filePath;
        finding.ruleId = ruleId;
        finding.severity = ASPM_SEVERITY_MEDIUM;
        return findings.create(project, {finding}).front();
    }

    void setSeverity(const std::string& finding, aspm_severity severity) {
        findings.change("acme", finding, {"alice", "Alice", "", clock.nowMs()},
                        [&](aspm::host::Finding& f) { f.severity = severity; });
    }

    aspm::host::Finding finding(const std::string& id) { return findings.get("acme", id); }

    test_support::TempDir place;
    aspm::host::AdjustableClock clock;
    aspm::host::Database database{place / "host.db"};
    aspm::host::DirectoryStore directory{database};
    aspm::host::FindingStore findings{database, clock, urlOf};
    aspm::host::Project project;
};

} // namespace host_tests
