#pragma once

#include "../each_engine.hpp"
#include "fake_host.hpp"
#include "fake_jira.hpp"

#include "push/batch.hpp"
#include "push/dedupe_label.hpp"
#include "push/doubt_resolver.hpp"
#include "push/push_service.hpp"
#include "push/push_worker.hpp"
#include "push/reporter.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Everything that a push needs, on a real database; can die and start again.
namespace push_test {

namespace push = jira_plugin::push;
namespace store = jira_plugin::store;
namespace host = jira_plugin::host;
using host::PushState;

inline const std::string acme = "acme";

class FakeMappings : public push::MappingSource {
public:
    std::optional<jira_plugin::mapping::ProjectMapping> project(const std::string& organisation,
                                                                const std::string& project) override {
        const auto found = projects.find({organisation, project});
        return found == projects.end() ? std::nullopt
                                       : std::optional<jira_plugin::mapping::ProjectMapping>(found->second);
    }
    jira_plugin::mapping::FieldMapping fields(const std::string&, const std::string&) override {
        return settings;
    }

    void map(const std::string& project, const std::string& jiraKey) {
        jira_plugin::mapping::ProjectMapping mapping;
        mapping.project = project;
        mapping.projectKey = project;
        mapping.jiraProjectId = "id-" + jiraKey;
        mapping.jiraProjectKey = jiraKey;
        mapping.jiraProjectName = jiraKey;
        mapping.issueTypeId = "1";
        mapping.issueTypeName = "Bug";
        projects[{acme, project}] = mapping;
    }

    std::map<std::pair<std::string, std::string>, jira_plugin::mapping::ProjectMapping> projects;
    jira_plugin::mapping::FieldMapping settings;
};

/// Thrown by a step, where a process would be killed.
struct Killed {};

struct World {
    World() {
        for (const char* field : {"summary", "description", "priority", "labels", "assignee", "duedate"}) {
            jira::FieldMeta meta;
            meta.fieldId = field;
            meta.name = field;
            meta.required = std::string(field) == "summary";
            atlassian->screen[field] = meta;
        }
        atlassian->screen["priority"].allowedValues = {
            {"1", "Highest"}, {"2", "High"}, {"3", "Medium"}, {"4", "Low"}, {"5", "Lowest"}};
        mappings.map("payments", "PAY");
        settings.steadyClock = [this] {
            return std::chrono::steady_clock::time_point(std::chrono::milliseconds(hosting.nowMs()));
        };
        settings.random = [] { return 0.5; };
        settings.beforeStep = [this](const char* step) {
            if (dieBefore == step)
                throw Killed();
            if (meanwhile && meanwhileAt == step)
                std::exchange(meanwhile, nullptr)();
        };
        start();
    }

    void start() {
        database = std::make_unique<store::Database>(engine.place());
        parts =
            std::make_unique<push::PushParts>(*database, connections, mappings, hosting.services(), settings);
        worker = std::make_unique<push::PushWorker>(*parts);
        service = std::make_unique<push::PushService>(*parts, *worker);
    }

    void die() {
        service.reset();
        worker.reset();
        parts.reset();
        database.reset();
    }

    void restart() {
        die();
        dieBefore.clear();
        start();
    }

    /// A batch on this thread; false when it had nothing to do.
    bool batch() {
        push::SendPermits permits(settings.lanes);
        return push::Batch(*parts, permits, acme).run();
    }
    void batches() {
        while (batch()) {
        }
    }
    bool resolve() { return push::DoubtResolver(*parts).run(acme); }
    void report() {
        push::Reporter reporter(*parts);
        while (reporter.run()) {
        }
    }

    std::vector<push::Receipt> request(const std::vector<host::Finding>& findings, bool retryParked = false) {
        return service->request({acme, "ann", retryParked}, findings);
    }
    PushState state(const std::string& finding) { return service->state(acme, finding).state; }
    store::OutboxRow row(const std::string& finding) { return parts->outbox.find(acme, finding).value(); }
    std::string label(const std::string& finding) {
        return push::dedupeLabel(parts->installationMarker, acme, finding);
    }

    jira_plugin::EachEngine engine;
    FakeHost hosting;
    std::shared_ptr<FakeJira> atlassian = std::make_shared<FakeJira>();
    FakeConnections connections{atlassian};
    FakeMappings mappings;
    push::PushSettings settings;
    std::string dieBefore;
    std::string meanwhileAt;         ///< the step at which another thread
    std::function<void()> meanwhile; ///< does this
    std::unique_ptr<store::Database> database;
    std::unique_ptr<push::PushParts> parts;
    std::unique_ptr<push::PushWorker> worker;
    std::unique_ptr<push::PushService> service;
};

inline host::Finding finding(const std::string& id, host::Severity severity = host::Severity::High,
                             const std::string& project = "payments") {
    host::Finding result;
    result.organisation = acme;
    result.project = project;
    result.projectKey = project;
    result.id = id;
    result.title = "Finding " + id;
    result.description = "Something is wrong in " + id;
    result.scanner = "flawfinder";
    result.ruleId = "FF1001";
    result.url = "https://host.example/findings/" + id;
    result.severity = severity;
    result.firstSeenMs = 1'699'000'000'000;
    return result;
}

inline std::vector<host::Finding> findings(int count) {
    std::vector<host::Finding> result;
    result.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        result.push_back(finding("f" + std::to_string(1000 + i)));
    return result;
}

} // namespace push_test
