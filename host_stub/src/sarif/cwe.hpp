/// CWE numbers in the places where scanners put them.
#pragma once

#include "json_value.hpp"

#include <string>
#include <vector>

namespace aspm::host::sarif {

/// Adds the text unless it is there already or the list has 100 texts, more than anybody reads.
void addUnique(std::vector<std::string>& list, const std::string& text);

/// "CWE-79" for `external/cwe/cwe-079`, `CWE-79: Improper Neutralization...` and the like; empty if the text
/// does not start with a CWE number.
std::string cweOf(const std::string& text);

/// A reporting descriptor reference: a `taxa` entry of a result or the `target` of a rule's relationship.
struct TaxonReference {
    std::string id;
    std::int64_t index = -1;
    std::string taxonomyName;
    std::int64_t taxonomyIndex = -1;
};

TaxonReference readTaxonReference(const JsonView& reference);

/// A run's `taxonomies`, for references by index.
class Taxonomies {
public:
    /// The view may be empty.
    explicit Taxonomies(const JsonView& taxonomies);

    /// The CWE that is referred to; empty when it is something else.
    std::string cweOf(const TaxonReference& reference) const;

private:
    struct Taxonomy {
        std::string name;
        std::vector<std::string> ids;
    };
    std::vector<Taxonomy> _taxonomies;
};

/// Splits a property bag's tags into tags and CWE numbers; also reads `properties.cwe`, text or list.
void readTags(const JsonView& properties, std::vector<std::string>& tags, std::vector<std::string>& cwe);

} // namespace aspm::host::sarif
