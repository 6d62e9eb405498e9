#include "handlers.hpp"

#include "csv.hpp"
#include "mapping_batch.hpp"
#include "mapping_csv.hpp"

#include <map>

/// Many mappings at once: batch, export and import.
namespace jira_plugin::settings {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;
using Mapped = std::pair<host::Project, std::optional<mapping::ProjectMapping>>;

/// All projects of the organisation, mapped or not.
std::vector<Mapped> allProjects(Context& context) {
    std::map<std::string, mapping::ProjectMapping> mappings;
    for (auto& mapping : context.parts.mappings.projects(context.organisation()))
        mappings.emplace(mapping.project, mapping);
    std::vector<Mapped> all;
    for (auto& project : context.parts.host.directory.projects(context.organisation())) {
        const auto found = mappings.find(project.id);
        all.emplace_back(project, found == mappings.end()
                                      ? std::nullopt
                                      : std::optional<mapping::ProjectMapping>(found->second));
    }
    return all;
}

/// What the import takes back.
Object::Ptr exportJson(const std::vector<Mapped>& projects) {
    Array::Ptr rows = new Array;
    for (const auto& [project, mapping] : projects) {
        if (!mapping)
            continue;
        Object::Ptr row = new Object;
        row->set("project", project.key);
        row->set("mapping", mapping::toJson(*mapping));
        rows->add(row);
    }
    Object::Ptr json = new Object;
    json->set("mappings", rows);
    return json;
}

Response asFile(Response response, const std::string& name) {
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return response;
}

bool readFlag(Context& context, const std::string& name, bool standard) {
    const std::string word = context.query(name);
    if (!word.empty() && word != "true" && word != "false")
        throw ApiProblem(400, "invalid_request", "'" + name + "' must be true or false.",
                         "Correct the query parameter.", name);
    return word.empty() ? standard : word == "true";
}

std::vector<BatchRow> readFile(Context& context) {
    context.limitBody(maxBatchBytes);
    if (context.mediaType() == "application/json")
        return readBatch(context.body(maxBatchBytes)).rows;
    if (context.mediaType() != "text/csv")
        throw ApiProblem(415, "unsupported_media_type", "The file must be CSV or JSON.",
                         "Send it with the header Content-Type: text/csv or application/json.");
    try {
        return readMappingCsv(context.request.body);
    } catch (const CsvProblem& e) {
        throw ApiProblem(400, "invalid_request", e.what(), "Correct the file and choose it again.");
    }
}

} // namespace

Response saveMappings(Context& context) {
    const auto request = readBatch(context.body(maxBatchBytes));
    return runBatch(context, request.rows, request.dryRun.value_or(false));
}

Response exportMappings(Context& context) {
    const std::string format = context.query("format");
    if (!format.empty() && format != "json" && format != "csv")
        throw ApiProblem(400, "invalid_request", "'format' must be json or csv.",
                         "Correct the query parameter.", "format");
    const auto projects = allProjects(context);
    if (format != "csv")
        return asFile(jsonResponse(200, exportJson(projects)), "mayo-aspm-jira-mappings.json");
    return asFile({200,
                   {{"Content-Type", "text/csv; charset=utf-8"},
                    {"Cache-Control", "no-store"},
                    {"X-Content-Type-Options", "nosniff"}},
                   writeMappingCsv(projects)},
                  "mayo-aspm-jira-mappings.csv");
}

/// A file is looked at before it counts: nothing is saved unless the caller says so.
Response importMappings(Context& context) {
    const bool dryRun = readFlag(context, "dryRun", true);
    return runBatch(context, readFile(context), dryRun);
}

} // namespace jira_plugin::settings
