/// One result of a run, read but not yet connected with its rule, which may come later in the report.
#pragma once

#include "cwe.hpp"
#include "json_value.hpp"
#include "rule_book.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aspm::host::sarif {

struct ResultMessage {
    std::string text; ///< Empty when the text is in the rule, under `id`.
    std::string id;
    std::vector<std::string> arguments;
};

struct ResultLocation {
    std::string uri;
    std::string uriBaseId;
    std::int64_t artifactIndex = -1; ///< Into the run's artifacts, for a location without a URI.
    int line = 0;
    int endLine = 0;
    int column = 0;
    std::string snippet;
    std::string logicalName;
};

enum class FingerprintKind { None, Full, Partial };

struct RawResult {
    RuleReference rule;
    bool isFailure = true; ///< `kind` is "fail".
    bool isAbsent = false; ///< `baselineState` is "absent".
    std::string level;     ///< Empty when the result does not say.
    std::optional<double> securityScore;
    ResultMessage message;
    ResultLocation location;
    FingerprintKind fingerprintKind = FingerprintKind::None;
    std::string fingerprint;
    bool suppressed = false;
    std::string suppressionReason;
    std::vector<std::string> cwe;
    std::vector<std::string> tags;
    std::vector<TaxonReference> taxa; ///< To be looked up when the run's taxonomies are known.
};

/// The members of a result that are read; the rest (code flows, fixes, graphs...) is passed over.
const std::vector<std::string>& wantedResultMembers();

/// Throws SarifError naming the member that breaks the format.
RawResult readResult(const JsonView& result);

} // namespace aspm::host::sarif
