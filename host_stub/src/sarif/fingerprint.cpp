#include "fingerprint.hpp"

#include "message_text.hpp"

#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include <Poco/SHA2Engine.h>

namespace aspm::host::sarif {

namespace {

constexpr std::size_t baseLength = 32;

/// Length first, so that no two lists of texts give the same bytes.
void append(std::string& material, const std::string& text) {
    material += std::to_string(text.size()) + ":" + text;
}

std::string digest(const std::string& material) {
    Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
    engine.update(material);
    return Poco::DigestEngine::digestToHex(engine.digest()).substr(0, baseLength);
}

/// Equal for a result that a scanner lists twice, for example once per file that includes a header.
std::string placeOf(const ImportedFinding& finding) {
    std::string place;
    append(place, finding.fingerprint);
    append(place, finding.filePath);
    append(place, finding.description);
    return place + std::to_string(finding.line) + ":" + std::to_string(finding.column);
}

} // namespace

std::string fingerprintBase(const Scanner& scanner, const RawResult& raw, const ImportedFinding& finding) {
    std::string material;
    append(material, scanner.key());
    append(material, finding.rule->id);
    switch (raw.fingerprintKind) {
    case FingerprintKind::Full:
        append(material, "full");
        append(material, raw.fingerprint);
        break;
    case FingerprintKind::Partial:
        append(material, "partial");
        append(material, finding.filePath);
        append(material, raw.fingerprint);
        break;
    case FingerprintKind::None:
        append(material, "content");
        append(material, finding.filePath);
        append(material, finding.filePath.empty() ? finding.logicalLocation : std::string());
        append(material, collapseSpace(finding.snippet.empty() ? finding.description : finding.snippet));
        break;
    }
    return digest(material);
}

std::string numbered(const std::string& base, std::size_t occurrence) {
    return occurrence < 2 ? base : base + "-" + std::to_string(occurrence);
}

std::string baseOf(const std::string& fingerprint) {
    return fingerprint.substr(0, fingerprint.find('-'));
}

std::size_t occurrenceOf(const std::string& fingerprint) {
    std::size_t occurrence = 1;
    const std::size_t dash = fingerprint.find('-');
    if (dash != std::string::npos)
        std::from_chars(fingerprint.data() + dash + 1, fingerprint.data() + fingerprint.size(), occurrence);
    return occurrence;
}

std::size_t dropDuplicatesAndNumber(std::vector<ImportedFinding>& findings) {
    std::unordered_set<std::string> places;
    std::unordered_map<std::string, std::size_t> occurrences;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        ImportedFinding& finding = findings[i];
        const bool hasPlace = finding.line > 0 && finding.column > 0;
        if (hasPlace && !places.insert(digest(placeOf(finding))).second)
            continue;
        finding.fingerprint = numbered(finding.fingerprint, ++occurrences[finding.fingerprint]);
        if (kept != i)
            findings[kept] = std::move(finding);
        ++kept;
    }
    const std::size_t dropped = findings.size() - kept;
    findings.resize(kept);
    return dropped;
}

} // namespace aspm::host::sarif
