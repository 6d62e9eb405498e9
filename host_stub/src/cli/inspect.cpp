#include <iomanip>
#include <iostream>
#include <sstream>

#include "../control/json_build.hpp"
#include "commands.hpp"
#include "host_client.hpp"
#include "inspection.hpp"
#include "screen.hpp"
#include "table.hpp"

namespace aspm::host::cli {

namespace {

std::string milliseconds(double ms) {
    std::ostringstream out;
    out << std::fixed << std::setprecision(1) << ms << " ms";
    return out.str();
}

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts)
        out += (out.empty() ? "" : ", ") + text;
    return out.empty() ? "none" : out;
}

void heading(const Screen& screen, const std::string& title) {
    screen.out << "\n" << screen.styled(title, Style::bold) << "\n";
}

void line(const Screen& screen, const std::string& name, const std::string& value) {
    std::string label = name + ":";
    label.resize(16, ' ');
    screen.out << "  " << label << oneLine(value) << "\n";
}

void printManifest(const Screen& screen, const Manifest& manifest) {
    heading(screen, "Manifest");
    line(screen, "id", manifest.id);
    line(screen, "name", manifest.name);
    line(screen, "version", manifest.version);
    line(screen, "licence", manifest.licence);
    line(screen, "description", manifest.description);
    line(screen, "ABI",
         std::to_string(manifest.abiMajor) + ", from host minor " + std::to_string(manifest.abiMinorMin));
    line(screen, "needs", joined(manifest.requiredServices));
    line(screen, "may use", joined(manifest.optionalServices));

    if (!manifest.network.empty())
        heading(screen, "Network");
    for (const ManifestDestination& destination : manifest.network) {
        screen.out << "  " << oneLine(destination.address) << "\n";
        printWrapped(screen, destination.purpose, 6, Style::plain);
    }
    if (!manifest.config.empty())
        heading(screen, "Configuration keys");
    for (const ManifestConfigKey& key : manifest.config) {
        screen.out << "  " << oneLine(key.key) << " (" << key.type << (key.secret ? ", secret" : "")
                   << (key.hasDefault ? ", default " + oneLine(key.defaultValue) : "") << ")\n";
        printWrapped(screen, key.description, 6, Style::plain);
    }
}

void printLibrary(const Screen& screen, const Inspection& seen) {
    heading(screen, "Library");
    line(screen, "file", seen.manifest->library().string());
    if (!seen.digest.empty())
        line(screen, "SHA-256",
             seen.digest + (seen.digestMatches() ? ", as in the manifest" : ", NOT as in the manifest"));
    if (seen.elf) {
        line(screen, "exports", joined(seen.elf->exports));
        line(screen, "needs", joined(seen.elf->needed));
    }
    if (!seen.table)
        return;
    line(screen, "table",
         seen.table->id + " " + seen.table->version + ", built for ABI " + seen.table->abi +
             ", from host minor " + std::to_string(seen.table->leastHostMinor) + ", " +
             std::to_string(seen.table->structSize) + " bytes");
    line(screen, "at a time",
         seen.table->maxConcurrency == 0 ? "as many calls as the host likes"
                                         : std::to_string(seen.table->maxConcurrency) + " calls");
    if (seen.table->resident)
        line(screen, "unloading", "asks to stay in memory");
    line(screen, "load", milliseconds(seen.loadMs) + " for open, query and close");
    if (seen.started)
        line(screen, "start", milliseconds(seen.startMs) + "; stop and unload: " + milliseconds(seen.stopMs));
}

void printContributions(const Screen& screen, const Inspection& seen) {
    heading(screen, "Contributions");
    for (const InspectedContribution& contribution : seen.registered) {
        screen.out << "  " << oneLine(contribution.kind + " " + contribution.id) << "\n";
        printWrapped(screen, contribution.detail, 6, Style::plain);
    }
    for (const ManifestContribution& listed : seen.manifest->contributions)
        if (!seen.isRegistered(listed))
            screen.out << "  " << oneLine(listed.kind + " " + listed.id)
                       << (seen.started ? " (in the manifest, not registered)" : " (in the manifest)")
                       << "\n";
}

void printText(const Screen& screen, const std::string& directory, const Inspection& seen) {
    screen.out << oneLine(directory) << ": "
               << (seen.problems.empty()
                       ? screen.styled("good", Style::good)
                       : screen.styled(counted(seen.problems.size(), "problem", "problems"), Style::bad))
               << "\n";
    for (const Problem& problem : seen.problems) {
        printWrapped(screen, problem.message(), 2, Style::plain);
        printWrapped(screen, problem.remedy(), 2, Style::bold);
    }
    if (!seen.manifest)
        return;
    printManifest(screen, *seen.manifest);
    printLibrary(screen, seen);
    printContributions(screen, seen);
}

Json manifestJson(const Manifest& manifest) {
    return jsonObject(
        {{"id", manifest.id},
         {"name", manifest.name},
         {"description", manifest.description},
         {"version", manifest.version},
         {"licence", manifest.licence},
         {"abi", jsonObject({{"major", manifest.abiMajor}, {"minorMin", manifest.abiMinorMin}})},
         {"requiredServices", jsonArray(manifest.requiredServices)},
         {"optionalServices", jsonArray(manifest.optionalServices)},
         {"contributions",
          jsonArray(manifest.contributions,
                    [](const ManifestContribution& contribution) {
                        return jsonObject({{"kind", contribution.kind}, {"id", contribution.id}});
                    })},
         {"config", jsonArray(manifest.config,
                              [](const ManifestConfigKey& key) {
                                  Json json = jsonObject({{"key", key.key},
                                                          {"type", key.type},
                                                          {"description", key.description},
                                                          {"secret", key.secret}});
                                  if (key.hasDefault)
                                      json->set("default", key.defaultValue);
                                  return json;
                              })},
         {"network", jsonArray(manifest.network, [](const ManifestDestination& destination) {
              return jsonObject({{"destination", destination.address}, {"purpose", destination.purpose}});
          })}});
}

Json libraryJson(const Inspection& seen) {
    Json json = jsonObject({{"file", seen.manifest->library().string()},
                            {"sha256", seen.digest},
                            {"asInManifest", seen.digestMatches()}});
    if (seen.elf) {
        json->set("exports", jsonArray(seen.elf->exports));
        json->set("needed", jsonArray(seen.elf->needed));
    }
    return json;
}

Json tableJson(const InspectedTable& table) {
    return jsonObject({{"id", table.id},
                       {"version", table.version},
                       {"abi", table.abi},
                       {"minorMin", table.leastHostMinor},
                       {"maxConcurrency", table.maxConcurrency},
                       {"resident", table.resident},
                       {"size", table.structSize}});
}

Json inspectionJson(const Inspection& seen) {
    Json json = jsonObject({});
    if (seen.manifest) {
        json->set("manifest", manifestJson(*seen.manifest));
        json->set("library", libraryJson(seen));
    }
    if (seen.table) {
        json->set("table", tableJson(*seen.table));
        json->set("loadMs", seen.loadMs);
    }
    if (seen.started) {
        json->set("startMs", seen.startMs);
        json->set("stopMs", seen.stopMs);
        json->set("registered", jsonArray(seen.registered, [](const InspectedContribution& contribution) {
                      return jsonObject({{"kind", contribution.kind},
                                         {"id", contribution.id},
                                         {"detail", contribution.detail}});
                  }));
    }
    json->set("problems", jsonArray(seen.problems, [](const Problem& problem) {
                  return jsonObject({{"message", problem.message()}, {"remedy", problem.remedy()}});
              }));
    return json;
}

} // namespace

int inspect(const Arguments& arguments) {
    const std::string& directory = arguments.operands().front();
    Inspection seen = inspectBundle(directory);
    if (arguments.has("json"))
        printJson(inspectionJson(seen));
    else
        printText(Screen::ofStdout(), directory, seen);
    return seen.problems.empty() ? exitDone : exitFailed;
}

} // namespace aspm::host::cli
