#pragma once

#include <string>
#include <vector>

#include <Poco/Dynamic/Var.h>

namespace aspm::host {

/// One place where a document breaks the schema.
struct SchemaViolation {
    std::string path; ///< e.g. /contributions/0/kind; empty: the whole document
    std::string what;
};

/// Checks a parsed manifest against the built-in schema. Empty: it is in order.
std::vector<SchemaViolation> checkManifestSchema(const Poco::Dynamic::Var& document);

} // namespace aspm::host
