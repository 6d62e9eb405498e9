/// Findings from SARIF 2.1.0 reports (OASIS Static Analysis Results Interchange Format).
///
/// Reading and merging are pure: bytes and known findings in, values out. Nothing here keeps state, logs or
/// talks to a database, so every function may be called from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace aspm::host::sarif {

enum class Severity { Info, Low, Medium, High, Critical };

/// "critical", "high", "medium", "low" or "info".
std::string_view toString(Severity severity);

/// The tool that wrote a run. Shared by all findings of that run.
struct Scanner {
    std::string name;
    std::string version;  ///< As the tool words it; empty when the report does not say.
    std::string category; ///< `automationDetails.id` without its last component: one tool, several analyses.

    /// Who a finding belongs to: name and category, never the version, which changes with every upgrade.
    std::string key() const;
};

/// What a scanner says about one of its rules. Shared by all findings of that rule.
struct Rule {
    std::string id;
    std::string name; ///< The id where the rule has no name.
    std::string help; ///< Markdown or plain text, see `helpIsMarkdown`; may be empty.
    bool helpIsMarkdown = false;
    std::string helpUri;
};

/// One result of a report, self-contained. Strings are UTF-8; line and column count from 1, 0 means unknown.
struct ImportedFinding {
    /// Identity among the findings of one project: the same for the same flaw in the next report, whatever
    /// line it moved to. Hexadecimal, with "-2", "-3"... for further occurrences of the same thing.
    std::string fingerprint;
    std::shared_ptr<const Scanner> scanner; ///< Never null.
    std::shared_ptr<const Rule> rule;       ///< Never null.
    std::string title;                      ///< One line.
    std::string description;                ///< The scanner's message, placeholders filled in.
    Severity severity = Severity::Medium;
    std::string level; ///< "error", "warning", "note" or "none".
    /// Relative to the source root where the report tells it apart; '/' between folders. Empty: no location.
    std::string filePath;
    int line = 0;
    int endLine = 0;
    int column = 0;
    std::string snippet;
    std::string logicalLocation;   ///< Such as "billing::Invoice::total"; may be empty.
    std::vector<std::string> cwe;  ///< "CWE-79", each once.
    std::vector<std::string> tags; ///< The rule's and the result's, each once.
    bool suppressed = false;       ///< The scanner was told to accept it; kept so that nobody wonders.
    std::string suppressionReason;
};

/// A scanner that took part in an import.
struct ScannerRun {
    std::shared_ptr<const Scanner> scanner;
    /// False when the report says that the tool failed or that no scan took place. What such a run does not
    /// list may still be there, so nothing is concluded from absence.
    bool complete = true;
};

/// Everything one import brings: the content of one report or of several read into the same object.
struct Report {
    std::vector<ImportedFinding> findings;
    std::vector<ScannerRun> runs;      ///< One per run, also those without any result.
    std::size_t skippedNotFailing = 0; ///< Results of another kind than "fail" (pass, review, open...).
    std::size_t skippedAbsent = 0;     ///< Results marked `baselineState: absent`: gone since the baseline.
    std::size_t duplicates = 0;        ///< The same result twice at the same place.
    std::vector<std::string> warnings; ///< For a person to read.
};

/// Bounds on what is read. A report beyond them is refused as a whole.
struct Limits {
    std::uint64_t maxBytes = 200ULL * 1024 * 1024;
    std::size_t maxDepth = 64;
    std::size_t maxResults = 500000;
    std::size_t maxRuns = 10000;
    std::size_t maxArtifacts = 1000000; ///< In one run.
    /// All findings' text together. Results can repeat their rule's text, so maxBytes alone does not bound
    /// it.
    std::uint64_t maxTextBytes = 512ULL * 1024 * 1024;
    /// JSON values in one part that is read as a whole: one result, one tool description.
    std::size_t maxValuesPerPart = 1000000;
};

/// A report that cannot be imported. what() says which report, where in it, what is wrong and what to do.
class SarifError : public std::runtime_error {
public:
    SarifError(std::string source, std::string where, std::string problem, std::string remedy);
    /// A JSON path such as `runs[0].results[3].message`, "byte 1234", or empty for the report as a whole.
    const std::string& where() const { return _where; }
    const std::string& problem() const { return _problem; }
    const std::string& remedy() const { return _remedy; }

private:
    std::string _where;
    std::string _problem;
    std::string _remedy;
};

/// Reads reports into one Report. A report with an error in it is refused whole.
///
/// All files of one import go through one reader: a scanner that writes one report per source file would
/// otherwise make each file's findings vanish with the next file.
class ReportReader {
public:
    explicit ReportReader(Limits limits = {});

    /// `name` is used in messages only. Throws SarifError; the report collected so far is then unchanged.
    void read(std::istream& in, const std::string& name);
    void readFile(const std::string& path);

    /// Hands over what was read, with duplicates dropped and fingerprints made unique.
    Report finish();

private:
    Limits _limits;
    Report _report;
};

/// Shorthands for an import of one report.
Report readReport(std::istream& in, const std::string& name, const Limits& limits = {});
Report readReportFile(const std::string& path, const Limits& limits = {});

/// What the host already holds about one finding of the project.
struct KnownFinding {
    std::string fingerprint;
    std::string scannerKey; ///< Scanner::key() of the run that brought it.
    std::string filePath;
    int line = 0;
    bool present = true; ///< False once it was reported as no longer found.
};

/// What an import means for one project. Numbers are indexes into the two inputs of planMerge().
struct MergePlan {
    struct Match {
        std::size_t known;
        std::size_t imported;
    };
    std::vector<std::size_t> created;       ///< Imported, not known.
    std::vector<Match> seenAgain;           ///< Known and still there, perhaps at another line.
    std::vector<Match> reopened;            ///< Known, was no longer found, is back.
    std::vector<std::size_t> noLongerFound; ///< Known and present, absent from a complete run of its scanner.
};

/// Compares a report with the findings that a project already has, of any scanner. Findings of scanners that
/// are not in the report stay out of the plan.
///
/// Where several occurrences share a fingerprint (the same call on three lines), the one at the same place is
/// matched first, then the same file, then any; the fingerprints in `report` are renumbered to agree with the
/// known ones, so store those after the call.
MergePlan planMerge(const std::vector<KnownFinding>& known, Report& report);

} // namespace aspm::host::sarif
