#include "schema_check.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
// The adapter uses Poco's classes without including them.
#include <valijson/adapters/poco_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <aspm_host/manifest.hpp>

namespace aspm::host {

namespace {

const valijson::Schema& compiledSchema() {
    static const auto* schema = [] {
        auto* made = new valijson::Schema;
        Poco::Dynamic::Var json = Poco::JSON::Parser().parse(manifestSchema());
        valijson::SchemaParser(valijson::SchemaParser::kDraft7)
            .populateSchema(valijson::adapters::PocoJsonAdapter(json), *made);
        return made;
    }();
    return *schema;
}

/// valijson writes a path as <root>[contributions][0][kind].
std::string joinPath(const std::vector<std::string>& context) {
    std::string path;
    for (std::size_t i = 1; i < context.size(); ++i) {
        const std::string& part = context[i];
        bool bracketed = part.size() > 2 && part.front() == '[' && part.back() == ']';
        path += "/" + (bracketed ? part.substr(1, part.size() - 2) : part);
    }
    return path;
}

} // namespace

std::vector<SchemaViolation> checkManifestSchema(const Poco::Dynamic::Var& document) {
    std::vector<SchemaViolation> violations;
    valijson::ValidationResults results;
    valijson::adapters::PocoJsonAdapter adapter(document);
    if (valijson::Validator().validate(compiledSchema(), adapter, &results))
        return violations;
    valijson::ValidationResults::Error error;
    while (results.popError(error))
        violations.push_back({joinPath(error.context), error.description});
    return violations;
}

} // namespace aspm::host
