#pragma once

#include "host/services.hpp"

#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

/// A host in memory with a clock that only moves when told. Safe from any thread.
namespace push_test {

struct Reported {
    jira_plugin::host::PushState state;
    std::string message;
    std::string remedy;
    std::string ticketKey;
};

class FakeHost : public jira_plugin::host::Findings,
                 public jira_plugin::host::Directory,
                 public jira_plugin::host::Ownership,
                 public jira_plugin::host::Alerts,
                 public jira_plugin::host::Clock,
                 public jira_plugin::host::Keys,
                 public jira_plugin::host::Audit,
                 public jira_plugin::host::Scheduler,
                 public jira_plugin::host::Log,
                 public jira_plugin::host::Metrics,
                 public jira_plugin::host::Config,
                 public jira_plugin::host::Urls {
public:
    using Guard = std::lock_guard<std::mutex>;

    jira_plugin::host::Services services() {
        return {*this, *this, *this, *this, *this, *this, *this, *this, *this, *this, *this, *this};
    }

    // Findings
    std::optional<jira_plugin::host::Finding> get(const std::string&, const std::string& finding) override {
        const Guard guard(mutex);
        requireWhole(finding);
        const auto found = known.find(finding);
        return found == known.end() ? std::nullopt : std::optional<jira_plugin::host::Finding>(found->second);
    }
    std::vector<jira_plugin::host::Finding> list(const std::string&, const std::string&, const std::string&,
                                                 std::size_t) override {
        return {};
    }
    void appendTimeline(const std::string&, const std::string& finding,
                        const jira_plugin::host::TimelineEntry& entry) override {
        const Guard guard(mutex);
        timeline[finding][entry.key] = entry.text;
    }
    void removeTimeline(const std::string&, const std::string& finding, const std::string& key) override {
        const Guard guard(mutex);
        timeline[finding].erase(key);
    }
    bool setStatus(const std::string&, const std::string& finding, jira_plugin::host::FindingStatus status,
                   const std::string&, std::int64_t) override {
        const Guard guard(mutex);
        statuses[finding] = status;
        return true;
    }
    bool attachTicket(const std::string&, const std::string& finding,
                      const jira_plugin::host::TicketRef& ticket) override {
        const Guard guard(mutex);
        attached[finding] = ticket;
        return true;
    }
    void detachTicket(const std::string&, const std::string& finding) override {
        const Guard guard(mutex);
        attached.erase(finding);
    }
    void reportPush(const std::string&, const std::string& finding, jira_plugin::host::PushState state,
                    const std::string& message, const std::string& remedy,
                    const jira_plugin::host::TicketRef* ticket) override {
        const Guard guard(mutex);
        if (refusesReports)
            throw std::runtime_error("the host takes no reports");
        reports[finding].push_back({state, message, remedy, ticket ? ticket->key : ""});
    }
    std::vector<jira_plugin::host::PushReportRefusal>
    reportPushes(const std::string&, const std::vector<jira_plugin::host::PushReport>& told) override {
        const Guard guard(mutex);
        if (refusesReports)
            throw std::runtime_error("the host takes no reports");
        reportSizes.push_back(told.size());
        std::vector<jira_plugin::host::PushReportRefusal> refusals;
        for (std::size_t i = 0; i < told.size(); ++i) {
            const auto& [finding, state, message, remedy, ticket] = told[i];
            if (unknown.count(finding) == 0)
                reports[finding].push_back({state, message, remedy, ticket ? ticket->key : ""});
            else
                refusals.push_back({i, "there is no finding " + finding});
        }
        return refusals;
    }

    // Directory
    std::vector<jira_plugin::host::Organisation> organisations() override { return {}; }
    std::vector<jira_plugin::host::Project> projects(const std::string&) override { return {}; }
    std::optional<jira_plugin::host::Project> project(const std::string&, const std::string&) override {
        return {};
    }

    std::optional<jira_plugin::host::Member> member(const std::string& organisation,
                                                    const std::string& user) override {
        const Guard guard(mutex);
        const auto found = members.find(organisation + "/" + user);
        return found == members.end() ? std::nullopt
                                      : std::optional<jira_plugin::host::Member>(found->second);
    }

    // Ownership
    std::optional<jira_plugin::host::Member> owner(const std::string&, const std::string& finding) override {
        const Guard guard(mutex);
        requireWhole(finding);
        const auto found = owners.find(finding);
        return found == owners.end() ? std::nullopt : std::optional<jira_plugin::host::Member>(found->second);
    }

    // Alerts
    void raise(const std::string& organisation, const jira_plugin::host::Alert& alert) override {
        const Guard guard(mutex);
        ++alertsRaised;
        alerts[organisation + "/" + alert.key] = alert;
    }
    void clear(const std::string& organisation, const std::string& key) override {
        const Guard guard(mutex);
        alerts.erase(organisation + "/" + key);
    }

    // Clock and scheduler
    std::int64_t nowMs() const override {
        const Guard guard(mutex);
        return now;
    }
    void every(const std::string&, std::int64_t, std::function<void()>) override {}
    void at(const std::string& job, std::int64_t atMs, std::function<void()> work) override {
        const Guard guard(mutex);
        jobs[job] = {atMs, std::move(work)};
    }
    void cancel(const std::string& job) override {
        const Guard guard(mutex);
        jobs.erase(job);
    }
    void advance(std::int64_t ms) {
        std::vector<std::function<void()>> due;
        {
            const Guard guard(mutex);
            now += ms;
            for (auto job = jobs.begin(); job != jobs.end();) {
                if (job->second.first > now) {
                    ++job;
                    continue;
                }
                due.push_back(job->second.second);
                job = jobs.erase(job);
            }
        }
        for (const auto& work : due)
            work();
    }

    // The rest
    jira_plugin::host::Key current(const std::string&) override { return {}; }
    jira_plugin::host::Key byId(const std::string&, const std::string&) override { return {}; }
    void record(const std::string&, const std::string&, const std::string&, const std::string&,
                const std::string&) override {}
    void write(Level level, const std::string& message, const Fields& fields) override {
        const Guard guard(mutex);
        std::string line = message;
        for (const auto& [name, value] : fields)
            line += " " + name + "=" + value;
        if (level == Level::Error)
            errors.push_back(line);
    }
    void add(const std::string& name, double by) override {
        const Guard guard(mutex);
        counters[name] += by;
    }
    void set(const std::string&, double) override {}
    void observe(const std::string&, double) override {}
    std::optional<std::string> get(const std::string& key) override {
        const auto found = config.find(key);
        return found == config.end() ? std::nullopt : std::optional<std::string>(found->second);
    }
    std::string settingsPage() override { return "https://host.example/settings/integrations/jira"; }
    std::string webhookRoute(const std::string& organisation) override {
        return "https://host.example/hooks/" + (organisation.empty() ? "-" : organisation) + "/jira/jira";
    }

    // What tests look at
    Reported lastReport(const std::string& finding) const {
        const Guard guard(mutex);
        const auto found = reports.find(finding);
        return found == reports.end() ? Reported{jira_plugin::host::PushState::None, "", "", ""}
                                      : found->second.back();
    }
    std::string note(const std::string& finding, const std::string& key) const {
        const Guard guard(mutex);
        const auto found = timeline.find(finding);
        if (found == timeline.end() || found->second.count(key) == 0)
            return "";
        return found->second.at(key);
    }
    bool hasAlert(const std::string& key) const {
        const Guard guard(mutex);
        return alerts.count(key) != 0;
    }
    template <class Value> void change(Value& member, Value value) {
        const Guard guard(mutex);
        member = std::move(value);
    }

    /// Findings of which the host answers every question with an error.
    std::set<std::string> broken;
    void requireWhole(const std::string& finding) const {
        if (broken.count(finding) != 0)
            throw std::runtime_error("the host stumbles over " + finding);
    }

    mutable std::mutex mutex;
    std::int64_t now = 1'700'000'000'000;
    std::map<std::string, std::pair<std::int64_t, std::function<void()>>> jobs;
    std::map<std::string, std::vector<Reported>> reports;
    std::map<std::string, std::map<std::string, std::string>> timeline;
    std::map<std::string, jira_plugin::host::Finding> known; ///< by id
    std::map<std::string, jira_plugin::host::FindingStatus> statuses;
    std::map<std::string, jira_plugin::host::TicketRef> attached;
    std::map<std::string, jira_plugin::host::Member> owners;
    std::map<std::string, jira_plugin::host::Member> members; ///< by "organisation/user"
    std::map<std::string, jira_plugin::host::Alert> alerts;
    std::map<std::string, double> counters;
    std::map<std::string, std::string> config;
    std::vector<std::string> errors;
    int alertsRaised = 0;
    bool refusesReports = false;
    std::set<std::string> unknown;        ///< findings whose reports are refused
    std::vector<std::size_t> reportSizes; ///< of each call with many reports
};

} // namespace push_test
