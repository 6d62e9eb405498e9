// Findings from the reports of scanners.
#include <filesystem>

#include "../runtime/stub_host.hpp"
#include "../store/finding_import.hpp"
#include "body.hpp"
#include "json_build.hpp"
#include "routes.hpp"

namespace aspm::host {

namespace {

Reply importReports(ControlCall& call) {
    Body body(call.exchange.body(), {"project", "files"});
    std::string key = body.text("project");
    std::vector<std::string> files = body.texts("files");
    if (files.empty())
        body.refuse("files", "must name at least one report");
    for (const std::string& file : files)
        if (!std::filesystem::path(file).is_absolute())
            body.refuse("files", "must hold absolute paths; \"" + file + "\" is none");
    // Read before the project is made, so that an unreadable report leaves nothing behind.
    FindingImport reports(call.host.findings(), files);
    bool created = false;
    Project project = call.host.directory().ensureProject(call.organisation(), key, "", created);
    ImportOutcome outcome = reports.writeTo(project);
    auto count = [](std::size_t number) { return static_cast<Poco::UInt64>(number); };
    return {200, jsonObject({{"created", count(outcome.created)},
                             {"seenAgain", count(outcome.seenAgain)},
                             {"reopened", count(outcome.reopened)},
                             {"noLongerFound", count(outcome.noLongerFound)},
                             {"warnings", jsonArray(outcome.warnings)},
                             {"projectCreated", created}})};
}

} // namespace

std::vector<Route> importRoutes() {
    return {{"POST", "organisations/{}/import", importReports}};
}

} // namespace aspm::host
