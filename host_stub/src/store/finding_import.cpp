#include "finding_import.hpp"

namespace aspm::host {

namespace {

sarif::Report readReports(const std::vector<std::string>& files) {
    sarif::ReportReader reader;
    for (const std::string& file : files) {
        try {
            reader.readFile(file);
        } catch (const sarif::SarifError& e) {
            throw Problem(e.what(), "");
        }
    }
    return reader.finish();
}

std::string join(const std::vector<std::string>& texts, const char* separator) {
    std::string out;
    for (const std::string& text : texts)
        out += (out.empty() ? "" : separator) + text;
    return out;
}

Finding findingFrom(const sarif::ImportedFinding& imported) {
    Finding f;
    f.severity = static_cast<aspm_severity>(imported.severity);
    f.status = imported.suppressed ? ASPM_FINDING_ACCEPTED : ASPM_FINDING_OPEN;
    f.title = imported.title;
    f.description = imported.description;
    f.scanner = imported.scanner->name;
    f.ruleId = imported.rule->id;
    f.ruleName = imported.rule->name;
    f.ruleHelp = imported.rule->help;
    f.ruleHelpUrl = imported.rule->helpUri;
    f.cwe = join(imported.cwe, ", ");
    f.filePath = imported.filePath;
    f.line = imported.line;
    f.snippet = imported.snippet;
    return f;
}

struct Known {
    std::vector<std::string> ids;
    std::vector<sarif::KnownFinding> findings;
};

Known readKnown(Connection& c, const Project& project) {
    Known known;
    Rows rows =
        c.select("SELECT id, fingerprint, scanner_key, file_path, line, present FROM findings WHERE "
                 "organisation = $1 AND project = $2 AND deleted = 0 AND scanner_key <> '' ORDER BY id",
                 project.organisation, project.id);
    while (rows.next()) {
        known.ids.push_back(rows.text(0));
        known.findings.push_back({rows.text(1), rows.text(2), rows.text(3), static_cast<int>(rows.integer(4)),
                                  rows.integer(5) != 0});
    }
    return known;
}

/// A known finding that is reported again, perhaps from another line.
void writeSeen(Connection& c, const Project& project, const std::string& id,
               const sarif::ImportedFinding& imported, bool isBack, std::int64_t nowMs) {
    c.run("UPDATE findings SET present = 1, last_seen_ms = $1, fingerprint = $2 WHERE organisation = $3 AND "
          "id = $4",
          nowMs, imported.fingerprint, project.organisation, id);
    Finding before = requireFinding(c, project.organisation, id).finding;
    Finding after = before;
    after.severity = static_cast<aspm_severity>(imported.severity);
    after.filePath = imported.filePath;
    after.line = imported.line;
    after.snippet = imported.snippet;
    // "Awaiting scan" asks whether the defect is really gone; this report says no.
    if (before.status == ASPM_FINDING_AWAITING_SCAN || (isBack && before.status == ASPM_FINDING_NOT_FOUND))
        after.status = ASPM_FINDING_OPEN;
    std::string reason = isBack ? "The scanner reports it again." : "The scanner still reports it.";
    writeChange(c, before, after, {"scan", imported.scanner->name, reason, nowMs});
}

void writeGone(Connection& c, const Project& project, const std::string& id, std::int64_t nowMs) {
    c.run("UPDATE findings SET present = 0 WHERE organisation = $1 AND id = $2", project.organisation, id);
    Finding before = requireFinding(c, project.organisation, id).finding;
    Finding after = before;
    // What people have decided (resolved, accepted, false positive) stays.
    if (before.status == ASPM_FINDING_OPEN || before.status == ASPM_FINDING_AWAITING_SCAN)
        after.status = ASPM_FINDING_NOT_FOUND;
    writeChange(c, before, after, {"scan", before.scanner, "The scanner no longer reports it.", nowMs});
}

} // namespace

FindingImport::FindingImport(FindingStore& findings, const std::vector<std::string>& files)
    : _findings(findings), _report(readReports(files)) {}

ImportOutcome FindingImport::writeTo(const Project& project) {
    ImportOutcome outcome;
    std::int64_t now = _findings.now();
    _findings._database.write([&](Connection& c) {
        Known known = readKnown(c, project);
        sarif::MergePlan plan = sarif::planMerge(known.findings, _report);
        std::vector<NewFinding> page;
        auto flush = [&] {
            if (!page.empty())
                insertFindings(c, project, page, now);
            page.clear();
        };
        for (std::size_t index : plan.created) {
            const sarif::ImportedFinding& imported = _report.findings[index];
            page.push_back({findingFrom(imported), imported.fingerprint, imported.scanner->key()});
            if (page.size() == 1000)
                flush();
        }
        flush();
        for (const auto& match : plan.seenAgain)
            writeSeen(c, project, known.ids[match.known], _report.findings[match.imported], false, now);
        for (const auto& match : plan.reopened)
            writeSeen(c, project, known.ids[match.known], _report.findings[match.imported], true, now);
        for (std::size_t index : plan.noLongerFound)
            writeGone(c, project, known.ids[index], now);
        outcome.created = plan.created.size();
        outcome.seenAgain = plan.seenAgain.size();
        outcome.reopened = plan.reopened.size();
        outcome.noLongerFound = plan.noLongerFound.size();
    });
    outcome.duplicates = _report.duplicates;
    outcome.warnings = _report.warnings;
    _findings.changed(FindingStore::Changed::Finding);
    return outcome;
}

} // namespace aspm::host
