#pragma once

#include "context.hpp"
#include "problem.hpp"

#include "mapping/settings_json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::settings {

/// More are refused.
constexpr std::size_t maxBatchRows = 1000;
/// What hosts take in one request.
constexpr std::size_t maxBatchBytes = 1'048'576;

/// What one of many rows wants of the mapping of one project.
struct BatchRow {
    enum class Wish { Map, Remove, Leave };
    std::string project; ///< id or key, as it was sent
    Wish wish = Wish::Map;
    mapping::MappingRequest mapping;    ///< with Wish::Map
    int line = 0;                       ///< in the file; 0: there is none
    std::vector<FieldProblem> problems; ///< found while it was read
};

/// Checks every row against Jira, saves those without problems in one transaction, and answers what became of
/// each. Rows of projects that the caller does not administer change nothing. dryRun: nothing is saved.
/// Throws what the handlers throw; then nothing was saved.
Response runBatch(Context& context, const std::vector<BatchRow>& rows, bool dryRun);

/// {"mappings": [{"project": "payments-api", "mapping": {...} or null}], "dryRun": ...}. A mapping that
/// cannot be understood is a problem of its row; anything else throws SettingsProblem.
struct BatchRequest {
    std::vector<BatchRow> rows;
    std::optional<bool> dryRun;
};
BatchRequest readBatch(const Poco::JSON::Object::Ptr& json);

/// Reads a mapping into its row; what is wrong with it becomes the row's problem.
void readInto(BatchRow& row, const Poco::JSON::Object::Ptr& mapping);

} // namespace jira_plugin::settings
