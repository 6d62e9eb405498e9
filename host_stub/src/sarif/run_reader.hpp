/// One run of a report: collects its parts in whatever order they come, then makes findings of its results.
#pragma once

#include "aspm_host/sarif.hpp"

#include "artifact_path.hpp"
#include "result_reader.hpp"
#include "rule_book.hpp"

#include <map>
#include <string>
#include <vector>

namespace aspm::host::sarif {

class RunReader {
public:
    /// `path` is the run's place in the report: `runs[0]`.
    RunReader(std::string path, const Limits& limits) : _path(std::move(path)), _limits(limits) {}

    /// The members that are kept whole until the run ends.
    static bool isKept(const std::string& memberName);
    void keep(const std::string& memberName, JsonPart part) { _parts[memberName] = std::move(part); }

    void addArtifact(const JsonView& artifact);
    void beginResults() { _hasResults = true; }
    void addResult(const JsonView& result) { _results.push_back(readResult(result)); }

    /// Adds the run and its findings to the report. The run is spent afterwards. `textBytes` is what the
    /// findings of earlier runs hold, and is counted on.
    void finish(Report& report, std::uint64_t& textBytes);

private:
    struct Artifact {
        std::string uri;
        std::string uriBaseId;
    };

    JsonView part(const std::string& name) const;
    Scanner readScanner() const;
    bool isComplete() const;
    ImportedFinding makeFinding(RawResult& raw, const RuleEntry& rule, const Taxonomies& taxonomies,
                                const UriBases& bases) const;
    std::string pathOf(const ResultLocation& location, const UriBases& bases) const;
    void refuseExternalResults() const;

    const std::string _path;
    const Limits _limits;
    std::map<std::string, JsonPart> _parts;
    std::vector<Artifact> _artifacts;
    std::vector<RawResult> _results;
    bool _hasResults = false;
};

} // namespace aspm::host::sarif
