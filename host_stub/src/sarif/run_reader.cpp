#include "run_reader.hpp"

#include "fingerprint.hpp"
#include "message_text.hpp"
#include "sarif_problem.hpp"
#include "severity.hpp"

#include <algorithm>

namespace aspm::host::sarif {

namespace {

constexpr std::size_t maxTitleBytes = 200;
constexpr std::size_t maxDescriptionBytes = 65536;

/// The scanner's words for this result, or what the rule says when the words cannot be found.
std::string descriptionOf(const ResultMessage& message, const RuleEntry& rule) {
    std::string text = message.text.empty() ? rule.message(message.id) : message.text;
    if (message.text.empty() || !message.arguments.empty())
        text = fillPlaceholders(text, message.arguments, maxDescriptionBytes);
    text = cleanText(unlink(text));
    for (const std::string* fallback : {&rule.fullDescription, &rule.shortDescription, &rule.rule->name})
        if (text.find_first_not_of(" \t\n") == std::string::npos)
            text = *fallback;
    return shorten(text, maxDescriptionBytes);
}

std::string titleOf(const RuleEntry& rule, const std::string& description) {
    std::string title = firstSentence(rule.shortDescription);
    if (title.empty())
        title = firstSentence(description);
    while (!title.empty() && title.back() == '.')
        title.pop_back();
    return shorten(title, maxTitleBytes);
}

/// Text that results take from their rules counts for each of them: the file's size does not bound it.
std::uint64_t bytesOf(const ImportedFinding& finding) {
    constexpr std::size_t perText = 32; // a short text takes memory as well
    std::uint64_t bytes = finding.title.size() + finding.description.size() + finding.snippet.size();
    for (const std::vector<std::string>* list : {&finding.cwe, &finding.tags})
        for (const std::string& text : *list)
            bytes += perText + text.size();
    return bytes;
}

SarifError tooMuchText(std::uint64_t maxBytes) {
    return {"", "",
            "its results take more than " + std::to_string(maxBytes / (1024ULL * 1024)) +
                " MB of text from their rules",
            "Let the scanner shorten its rules' messages and tags, or split the report."};
}

/// "nightly/linux/2024-05-01" -> "nightly/linux": the last component names the single run.
std::string categoryOf(const std::string& automationId) {
    const std::size_t slash = automationId.rfind('/');
    return slash == std::string::npos ? std::string() : automationId.substr(0, slash);
}

} // namespace

bool RunReader::isKept(const std::string& memberName) {
    static const std::vector<std::string> names = {
        "tool",        "originalUriBaseIds", "taxonomies",
        "invocations", "automationDetails",  "externalPropertyFileReferences"};
    return std::find(names.begin(), names.end(), memberName) != names.end();
}

void RunReader::addArtifact(const JsonView& artifact) {
    const JsonView location = artifact.member("location");
    _artifacts.push_back({location.member("uri").text(), location.member("uriBaseId").text()});
}

JsonView RunReader::part(const std::string& name) const {
    const auto found = _parts.find(name);
    return found == _parts.end() ? JsonView() : JsonView(found->second);
}

Scanner RunReader::readScanner() const {
    const JsonView driver = part("tool").required("driver");
    Scanner scanner;
    scanner.name = collapseSpace(cleanText(driver.required("name").text()));
    for (const char* name : {"version", "semanticVersion", "dottedQuadFileVersion"})
        if (scanner.version.empty())
            scanner.version = collapseSpace(cleanText(driver.member(name).text()));
    scanner.category = categoryOf(collapseSpace(cleanText(part("automationDetails").member("id").text())));
    return scanner;
}

bool RunReader::isComplete() const {
    const JsonView invocations = part("invocations");
    for (std::size_t i = 0; i < invocations.size(); ++i)
        if (!invocations.at(i).member("executionSuccessful").boolean(true))
            return false;
    return _hasResults;
}

void RunReader::refuseExternalResults() const {
    const JsonView external = part("externalPropertyFileReferences").member("results");
    if (external.size() > 0)
        throw SarifError("", _path,
                         "keeps its results in other files (externalPropertyFileReferences.results)",
                         "Let the scanner write one self-contained SARIF file.");
}

std::string RunReader::pathOf(const ResultLocation& location, const UriBases& bases) const {
    const bool byIndex = location.uri.empty() && location.artifactIndex >= 0 &&
                         static_cast<std::size_t>(location.artifactIndex) < _artifacts.size();
    if (!byIndex)
        return bases.pathFor(location.uri, location.uriBaseId);
    const Artifact& artifact = _artifacts[static_cast<std::size_t>(location.artifactIndex)];
    return bases.pathFor(artifact.uri, artifact.uriBaseId);
}

ImportedFinding RunReader::makeFinding(RawResult& raw, const RuleEntry& rule, const Taxonomies& taxonomies,
                                       const UriBases& bases) const {
    ImportedFinding finding;
    finding.rule = rule.rule;
    finding.description = descriptionOf(raw.message, rule);
    finding.title = titleOf(rule, finding.description);
    finding.level = !raw.level.empty() ? raw.level : (rule.level.empty() ? "warning" : rule.level);
    finding.severity = severityOf(raw.securityScore ? raw.securityScore : rule.securityScore, finding.level);
    finding.filePath = cleanText(pathOf(raw.location, bases));
    finding.line = raw.location.line;
    finding.endLine = raw.location.endLine;
    finding.column = raw.location.column;
    finding.snippet = std::move(raw.location.snippet);
    finding.logicalLocation = std::move(raw.location.logicalName);
    finding.cwe = rule.cwe;
    for (const std::string& cwe : raw.cwe)
        addUnique(finding.cwe, cwe);
    for (const TaxonReference& taxon : raw.taxa)
        if (const std::string cwe = taxonomies.cweOf(taxon); !cwe.empty())
            addUnique(finding.cwe, cwe);
    finding.tags = rule.tags;
    for (const std::string& tag : raw.tags)
        addUnique(finding.tags, tag);
    finding.suppressed = raw.suppressed;
    finding.suppressionReason = std::move(raw.suppressionReason);
    return finding;
}

void RunReader::finish(Report& report, std::uint64_t& textBytes) {
    if (!part("tool"))
        throw notSarif(_path, "has no 'tool', which SARIF requires");
    refuseExternalResults();
    const auto scanner = std::make_shared<const Scanner>(readScanner());
    const Taxonomies taxonomies(part("taxonomies"));
    RuleBook rules(part("tool"), taxonomies);
    const UriBases bases(part("originalUriBaseIds"), part("invocations"));
    report.runs.push_back({scanner, isComplete()});
    if (!report.runs.back().complete)
        report.warnings.push_back(
            _path + ": " + scanner->key() +
            " did not finish its scan, so findings that it does not list are kept as they are.");
    for (std::size_t i = 0; i < _results.size(); ++i) {
        RawResult& raw = _results[i];
        const RuleEntry* rule = rules.find(raw.rule);
        if (!rule)
            throw notSarif(_path + ".results[" + std::to_string(i) + "].ruleIndex",
                           "is " + std::to_string(raw.rule.index) + ", and the tool describes fewer rules");
        if (!raw.isFailure) {
            ++report.skippedNotFailing;
        } else if (raw.isAbsent) {
            ++report.skippedAbsent;
        } else {
            ImportedFinding finding = makeFinding(raw, *rule, taxonomies, bases);
            finding.scanner = scanner;
            finding.fingerprint = fingerprintBase(*scanner, raw, finding);
            textBytes += bytesOf(finding);
            if (textBytes > _limits.maxTextBytes)
                throw tooMuchText(_limits.maxTextBytes);
            report.findings.push_back(std::move(finding));
        }
        raw = {};
    }
}

} // namespace aspm::host::sarif
