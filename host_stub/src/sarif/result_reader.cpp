#include "result_reader.hpp"

#include "cwe.hpp"
#include "message_text.hpp"
#include "severity.hpp"

#include <algorithm>

namespace aspm::host::sarif {

namespace {

/// What is kept of a snippet: enough for a ticket.
constexpr std::size_t maxSnippetBytes = 4000;

/// Some tools write 0 or -1 for "unknown"; so does this.
int lineOrColumn(const JsonView& view) {
    const std::int64_t number = view.integer(0);
    if (number > 2000000000)
        view.fail("is not a line or column number");
    return number < 1 ? 0 : static_cast<int>(number);
}

RuleReference readRuleReference(const JsonView& result) {
    RuleReference reference;
    const JsonView rule = result.member("rule");
    const JsonView component = rule.member("toolComponent");
    reference.id = collapseSpace(cleanText(result.member("ruleId").text()));
    if (reference.id.empty())
        reference.id = collapseSpace(cleanText(rule.member("id").text()));
    reference.index = result.member("ruleIndex").integer(rule.member("index").integer(-1));
    reference.guid = rule.member("guid").text();
    reference.componentIndex = component.member("index").integer(-1);
    reference.componentName = component.member("name").text();
    reference.componentGuid = component.member("guid").text();
    return reference;
}

ResultMessage readMessage(const JsonView& view) {
    ResultMessage message;
    message.id = view.mustBeObject().member("id").text();
    message.text = view.member("text").text();
    if (message.text.empty())
        message.text = view.member("markdown").text();
    const JsonView arguments = view.member("arguments");
    for (std::size_t i = 0; i < arguments.size(); ++i)
        message.arguments.push_back(arguments.at(i).text());
    if (message.text.empty() && message.id.empty())
        view.fail("has neither a 'text' nor an 'id'");
    return message;
}

std::string logicalName(const JsonView& location) {
    const JsonView logical = location.member("logicalLocations").at(0);
    const std::string& full = logical.member("fullyQualifiedName").text();
    return collapseSpace(cleanText(full.empty() ? logical.member("name").text() : full));
}

/// The first location; further ones are places that have to be changed together with it.
ResultLocation readLocation(const JsonView& locations) {
    ResultLocation location;
    const JsonView first = locations.at(0);
    const JsonView physical = first.member("physicalLocation");
    const JsonView artifact = physical.member("artifactLocation");
    location.uri = artifact.member("uri").text();
    location.uriBaseId = artifact.member("uriBaseId").text();
    location.artifactIndex = artifact.member("index").integer(-1);
    const JsonView region = physical.member("region");
    location.line = lineOrColumn(region.member("startLine"));
    location.endLine = std::max(location.line, lineOrColumn(region.member("endLine")));
    location.column = lineOrColumn(region.member("startColumn"));
    JsonView snippet = region.member("snippet").member("text");
    if (!snippet)
        snippet = physical.member("contextRegion").member("snippet").member("text");
    location.snippet = shorten(cleanText(snippet.text()), maxSnippetBytes);
    location.logicalName = logicalName(first);
    return location;
}

/// A value that identifies something. Semgrep without an account writes "requires login" for every result.
bool isUsableFingerprint(const std::string& value) {
    return !value.empty() && value != "requires login";
}

/// The first by name: when a later scanner version adds "hash/v2", "hash/v1" still finds the old findings.
std::string firstFingerprint(const JsonView& fingerprints) {
    std::string name;
    std::string value;
    for (std::size_t i = 0; i < fingerprints.memberCount(); ++i) {
        const std::string& text = fingerprints.memberAt(i).text();
        if (isUsableFingerprint(text) && (name.empty() || fingerprints.memberName(i) < name)) {
            name = fingerprints.memberName(i);
            value = text;
        }
    }
    return value;
}

void readFingerprint(const JsonView& result, RawResult& raw) {
    raw.fingerprint = firstFingerprint(result.member("fingerprints"));
    raw.fingerprintKind = FingerprintKind::Full;
    if (raw.fingerprint.empty()) {
        raw.fingerprint = firstFingerprint(result.member("partialFingerprints"));
        raw.fingerprintKind = raw.fingerprint.empty() ? FingerprintKind::None : FingerprintKind::Partial;
    }
}

/// Section 3.27.23: suppressed when there are suppressions and none is under review or rejected.
void readSuppressions(const JsonView& suppressions, RawResult& raw) {
    raw.suppressed = suppressions.size() > 0;
    for (std::size_t i = 0; i < suppressions.size(); ++i) {
        const JsonView suppression = suppressions.at(i);
        const std::string status =
            suppression.member("status").oneOf({"accepted", "underReview", "rejected"});
        if (status == "underReview" || status == "rejected")
            raw.suppressed = false;
        if (raw.suppressionReason.empty())
            raw.suppressionReason = collapseSpace(cleanText(suppression.member("justification").text()));
    }
    if (!raw.suppressed)
        raw.suppressionReason.clear();
}

} // namespace

const std::vector<std::string>& wantedResultMembers() {
    static const std::vector<std::string> names = {"ruleId",       "ruleIndex",     "rule",
                                                   "kind",         "level",         "message",
                                                   "locations",    "fingerprints",  "partialFingerprints",
                                                   "suppressions", "baselineState", "taxa",
                                                   "properties"};
    return names;
}

RawResult readResult(const JsonView& result) {
    RawResult raw;
    raw.rule = readRuleReference(result);
    const std::string kind =
        result.member("kind").oneOf({"fail", "pass", "open", "informational", "notApplicable", "review"});
    raw.isFailure = kind.empty() || kind == "fail";
    raw.isAbsent =
        result.member("baselineState").oneOf({"new", "unchanged", "updated", "absent"}) == "absent";
    raw.level = readLevel(result.member("level"));
    const JsonView properties = result.member("properties");
    raw.securityScore = securityScore(properties);
    raw.message = readMessage(result.required("message"));
    raw.location = readLocation(result.member("locations"));
    readFingerprint(result, raw);
    readSuppressions(result.member("suppressions"), raw);
    readTags(properties, raw.tags, raw.cwe);
    const JsonView taxa = result.member("taxa");
    for (std::size_t i = 0; i < taxa.size(); ++i)
        raw.taxa.push_back(readTaxonReference(taxa.at(i)));

    return raw;
}

} // namespace aspm::host::sarif
