#include "checks.hpp"

#include "organisation_checks.hpp"
#include "project_checks.hpp"

#include <algorithm>
#include <chrono>

namespace jira_plugin::diagnosis {
namespace {

using SteadyTime = std::chrono::steady_clock;

// With one answer that takes its full half minute after it, still within what a host waits for a page.
constexpr std::chrono::seconds beginLimit{25};
constexpr std::size_t threads = 4;

std::int64_t msSince(SteadyTime::time_point start) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyTime::now() - start).count();
}

CheckResult resultOf(const CheckKind& kind, const std::string& project, Judgement judgement,
                     std::int64_t tookMs = 0) {
    return {kind.id, project, kind.title, std::move(judgement), tookMs};
}

Judgement running() {
    return {CheckState::Running, "", "", "", std::nullopt};
}

/// Runs one check; whatever it throws is its result.
template <class Look> CheckResult timed(const CheckKind& kind, const std::string& project, Look&& look) {
    const auto start = SteadyTime::now();
    try {
        return resultOf(kind, project, look(), msSince(start));
    } catch (...) {
        return resultOf(kind, project, judge(std::current_exception()), msSince(start));
    }
}

/// The mappings by the Jira project that they lead to.
std::vector<std::vector<mapping::ProjectMapping>> grouped(const std::vector<mapping::ProjectMapping>& all) {
    std::map<std::string, std::vector<mapping::ProjectMapping>> byProject;
    for (const auto& each : all)
        byProject[each.jiraProjectId].push_back(each);
    std::vector<std::vector<mapping::ProjectMapping>> groups;
    groups.reserve(byProject.size());
    for (auto& [id, mappings] : byProject)
        groups.push_back(std::move(mappings));
    return groups;
}

} // namespace

/// One run, from its first check to its last.
class Checks::Run {
public:
    Run(Checks& checks, const Request& request, const Take& take)
        : _checks(checks), _request(request), _take(take),
          _organisationChecks(checks._ground, request.organisation) {}

    void all() {
        bool didProjects = false;
        for (const auto& kind : checkKinds()) {
            if (!isWanted(kind))
                continue;
            if (kind.perProject) {
                if (!didProjects)
                    projects();
                didProjects = true;
            } else {
                one(kind);
            }
        }
    }

    std::vector<CheckResult> results;

private:
    bool isWanted(const CheckKind& kind) const {
        return _isHeard && (_request.only.empty() || _request.only.count(kind.id) != 0);
    }
    bool mayGoOn() const { return !_checks._stopping && SteadyTime::now() - _start < beginLimit; }

    bool tell(const CheckResult& result) {
        if (result.judgement.state != CheckState::Running)
            results.push_back(result);
        _isHeard = _isHeard && _take(result);
        return _isHeard;
    }

    /// Why a check makes no sense now; nothing when it does.
    std::optional<Judgement> obstacle(const CheckKind& kind) const {
        if (!mayGoOn())
            return skipped("There was no time left for it; run it alone.");
        for (const auto& result : results)
            if (std::find(kind.needs.begin(), kind.needs.end(), result.check) != kind.needs.end() &&
                (result.judgement.state == CheckState::Failed ||
                 result.judgement.state == CheckState::Skipped))
                return skipped("'" + result.title + "' must be well first.");
        return std::nullopt;
    }
    void one(const CheckKind& kind) {
        if (auto reason = obstacle(kind)) {
            tell(resultOf(kind, "", *std::move(reason)));
            return;
        }
        if (tell(resultOf(kind, "", running())))
            tell(timed(kind, "", [&] { return _organisationChecks.run(kind.id); }));
    }

    std::vector<CheckKind> projectKinds() const {
        std::vector<CheckKind> kinds;
        for (const auto& kind : checkKinds())
            if (kind.perProject && isWanted(kind))
                kinds.push_back(kind);
        return kinds;
    }

    std::vector<mapping::ProjectMapping> wantedMappings() const {
        auto mappings = _checks._ground.mappings.projects(_request.organisation);
        if (_request.projects)
            mappings.erase(
                std::remove_if(mappings.begin(), mappings.end(),
                               [&](const auto& each) { return _request.projects->count(each.project) == 0; }),
                mappings.end());
        return mappings;
    }

    void skipAll(const std::vector<CheckKind>& kinds, const std::string& project, const Judgement& reason) {
        for (const auto& kind : kinds)
            tell(resultOf(kind, project, reason));
    }

    void projects() {
        const auto kinds = projectKinds();
        if (const auto reason = obstacle(kinds.front()))
            return skipAll(kinds, "", *reason);
        std::shared_ptr<jira::Client> client;
        std::vector<mapping::ProjectMapping> mappings;
        try {
            mappings = wantedMappings();
            client = _checks._ground.connections.client(_request.organisation);
        } catch (...) {
            return skipAll(kinds, "", judge(std::current_exception()));
        }
        if (mappings.empty())
            return skipAll(kinds, "", skipped("No project is mapped to a Jira project yet."));
        const auto groups = grouped(mappings);
        const std::size_t begun = runBatch(
            groups.size(), threads,
            [&](std::size_t job, const Emit& emit) { checkGroup(*client, groups[job], kinds, emit); },
            [&](const CheckResult& result) { return tell(result); }, [this] { return mayGoOn(); });
        for (std::size_t i = begun; _isHeard && i < groups.size(); ++i)
            for (const auto& mapping : groups[i])
                skipAll(kinds, mapping.projectKey, skipped("There was no time left for it; run it alone."));
    }

    /// On a thread of the batch.
    void checkGroup(jira::Client& client, const std::vector<mapping::ProjectMapping>& group,
                    const std::vector<CheckKind>& kinds, const Emit& emit) const {
        ProjectChecks checks(client, _checks._ground.mappings, _request.organisation,
                             group.front().jiraProjectId);
        for (const auto& mapping : group)
            for (const auto& kind : kinds) {
                emit(resultOf(kind, mapping.projectKey, running()));
                emit(timed(kind, mapping.projectKey, [&] { return checks.run(kind.id, mapping); }));
            }
    }

    Checks& _checks;
    const Request& _request;
    const Take& _take;
    OrganisationChecks _organisationChecks;
    const SteadyTime::time_point _start = SteadyTime::now();
    bool _isHeard = true;
};

void Checks::run(const Request& request, const Take& take) {
    Run run(*this, request, take);
    run.all();
    const std::lock_guard<std::mutex> lock(_mutex);
    _last[request.organisation] = {_ground.host.clock.nowMs(), std::move(run.results)};
}

std::optional<Checks::Last> Checks::last(const std::string& organisation) {
    const std::lock_guard<std::mutex> lock(_mutex);
    const auto found = _last.find(organisation);
    return found == _last.end() ? std::nullopt : std::optional<Last>(found->second);
}

void Checks::stop() {
    _stopping = true;
    _ground.probe.stop();
}

} // namespace jira_plugin::diagnosis
