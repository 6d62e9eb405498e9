#include "host_services.hpp"

#include "convert.hpp"
#include "kill_point.hpp"

#include <cstring>
#include <map>
#include <mutex>

namespace jira_plugin::entry {
namespace {

/// What the host was told stays told, whatever this process still has to write down about it. Stands before
/// the call, so that it ends after it.
class Telling {
public:
    Telling() { killPoint("host.tell"); }
    ~Telling() { killPoint("host.told"); }
    Telling(const Telling&) = delete;
    Telling& operator=(const Telling&) = delete;
};

class Findings : public host::Findings {
public:
    explicit Findings(const aspm::Host& host) : _host(host), _service(host.service<aspm::Findings>()) {}

    std::optional<host::Finding> get(const std::string& organisation, const std::string& finding) override {
        const aspm::OwnCall call = _host.beginCall();
        const auto data = _service.get(call, organisation, finding);
        return data ? std::optional<host::Finding>(toFinding(*data)) : std::nullopt;
    }

    std::vector<host::Finding> list(const std::string& organisation, const std::string& project,
                                    const std::string& after, std::size_t limit) override {
        const aspm::OwnCall call = _host.beginCall();
        std::vector<host::Finding> found;
        _service.list(call, organisation, project, after, [&](const aspm::FindingData& data) {
            found.push_back(toFinding(data));
            return found.size() < limit;
        });
        return found;
    }

    void appendTimeline(const std::string& organisation, const std::string& finding,
                        const host::TimelineEntry& entry) override {
        const Telling telling;
        const aspm::OwnCall call = _host.beginCall();
        _service.appendTimeline(call, organisation, finding,
                                {static_cast<aspm_timeline_kind>(entry.kind), entry.key, entry.author,
                                 entry.text, entry.remedy, entry.url, entry.atMs});
    }

    void removeTimeline(const std::string& organisation, const std::string& finding,
                        const std::string& key) override {
        const Telling telling;
        const aspm::OwnCall call = _host.beginCall();
        unlessGone([&] { _service.removeTimeline(call, organisation, finding, key); });
    }

    bool setStatus(const std::string& organisation, const std::string& finding, host::FindingStatus status,
                   const std::string& reason, std::int64_t basedOn) override {
        const Telling telling;
        const aspm::OwnCall call = _host.beginCall();
        try {
            return unlessGone([&] {
                _service.setStatus(call, organisation, finding, static_cast<aspm_finding_status>(status),
                                   reason, basedOn);
            });
        } catch (const aspm::StateError&) { // it has changed since that revision
            return false;
        }
    }

    bool attachTicket(const std::string& organisation, const std::string& finding,
                      const host::TicketRef& ticket) override {
        const Telling telling;
        const aspm::OwnCall call = _host.beginCall();
        return unlessGone([&] { _service.attachTicket(call, organisation, finding, toTicket(ticket)); });
    }

    void detachTicket(const std::string& organisation, const std::string& finding) override {
        const Telling telling;
        const aspm::OwnCall call = _host.beginCall();
        unlessGone([&] { _service.detachTicket(call, organisation, finding); });
    }

    void reportPush(const std::string& organisation, const std::string& finding, host::PushState state,
                    const std::string& message, const std::string& remedy,
                    const host::TicketRef* ticket) override {
        const Telling telling;
        const aspm::OwnCall call = _host.beginCall();
        const auto shown = ticket ? std::optional<aspm::TicketRef>(toTicket(*ticket)) : std::nullopt;
        _service.reportPush(call, organisation, finding, static_cast<aspm_push_state>(state), message, remedy,
                            shown ? &*shown : nullptr);
    }

    std::vector<host::PushReportRefusal> reportPushes(const std::string& organisation,
                                                      const std::vector<host::PushReport>& reports) override {
        const Telling telling;
        const aspm::OwnCall call = _host.beginCall();
        std::vector<aspm::PushReport> shown;
        shown.reserve(reports.size());
        for (const host::PushReport& report : reports)
            shown.push_back(
                {report.finding, static_cast<aspm_push_state>(report.state), report.message, report.remedy,
                 report.ticket ? std::optional<aspm::TicketRef>(toTicket(*report.ticket)) : std::nullopt});
        std::vector<host::PushReportRefusal> refusals;
        for (const aspm::PushReportRefusal& refusal : _service.reportPushes(call, organisation, shown))
            refusals.push_back({refusal.index, refusal.message});
        return refusals;
    }

private:
    /// False when the finding is gone, which is an answer here.
    template <class Work> static bool unlessGone(const Work& work) {
        try {
            work();
            return true;
        } catch (const aspm::NotFoundError&) {
            return false;
        }
    }

    aspm::Host _host;
    aspm::Findings _service;
};

class Directory : public host::Directory {
public:
    explicit Directory(const aspm::Host& host) : _host(host), _service(host.service<aspm::Directory>()) {}

    std::vector<host::Organisation> organisations() override {
        const aspm::OwnCall call = _host.beginCall();
        std::vector<host::Organisation> all;
        for (const auto& organisation : _service.organisations(call))
            all.push_back({organisation.id, organisation.name});
        return all;
    }

    std::vector<host::Project> projects(const std::string& organisation) override {
        const aspm::OwnCall call = _host.beginCall();
        std::vector<host::Project> all;
        for (const auto& project : _service.projects(call, organisation))
            all.push_back(toProject(project));
        return all;
    }

    std::optional<host::Project> project(const std::string& organisation, const std::string& id) override {
        const aspm::OwnCall call = _host.beginCall();
        const auto project = _service.project(call, organisation, id);
        return project ? std::optional<host::Project>(toProject(*project)) : std::nullopt;
    }

    std::optional<host::Member> member(const std::string& organisation, const std::string& user) override {
        const aspm::OwnCall call = _host.beginCall();
        const auto member = _service.member(call, organisation, user);
        return member ? std::optional<host::Member>(toMember(*member)) : std::nullopt;
    }

private:
    aspm::Host _host;
    aspm::Directory _service;
};

class Ownership : public host::Ownership {
public:
    explicit Ownership(const aspm::Host& host) : _host(host), _service(host.find<aspm::Ownership>()) {}

    std::optional<host::Member> owner(const std::string& organisation, const std::string& finding) override {
        if (!_service) // optional in the manifest: without it findings have no owner
            return std::nullopt;
        const aspm::OwnCall call = _host.beginCall();
        const auto member = _service->owner(call, organisation, finding);
        return member ? std::optional<host::Member>(toMember(*member)) : std::nullopt;
    }

private:
    aspm::Host _host;
    std::optional<aspm::Ownership> _service;
};

class Alerts : public host::Alerts {
public:
    explicit Alerts(const aspm::Host& host) : _host(host), _service(host.service<aspm::Alerts>()) {}

    void raise(const std::string& organisation, const host::Alert& alert) override {
        const Telling telling;
        const aspm::OwnCall call = _host.beginCall();
        _service.raise(call, organisation,
                       {alert.critical ? ASPM_ALERT_CRITICAL : ASPM_ALERT_WARNING, alert.key, alert.title,
                        alert.text, alert.remedy, alert.url});
    }

    void clear(const std::string& organisation, const std::string& key) override {
        const Telling telling;
        const aspm::OwnCall call = _host.beginCall();
        _service.clear(call, organisation, key);
    }

private:
    aspm::Host _host;
    aspm::Alerts _service;
};

class Clock : public host::Clock {
public:
    explicit Clock(const aspm::Host& host) : _service(host.service<aspm::Clock>()) {}
    std::int64_t nowMs() const override { return _service.nowMs(); }

private:
    aspm::Clock _service;
};

class Keys : public host::Keys {
public:
    explicit Keys(const aspm::Host& host) : _host(host), _service(host.service<aspm::Secrets>()) {}

    host::Key current(const std::string& organisation) override {
        const aspm::OwnCall call = _host.beginCall();
        return toKey(_service.currentKey(call, organisation));
    }

    host::Key byId(const std::string& organisation, const std::string& id) override {
        const aspm::OwnCall call = _host.beginCall();
        if (const auto key = _service.key(call, organisation, id))
            return toKey(*key);
        throw aspm::NotFoundError("The host no longer has the key '" + id +
                                      "' that the Jira connection's tokens were encrypted with.",
                                  "Restore the host's keys, or connect Jira again.");
    }

private:
    static host::Key toKey(const aspm::SecretKey& secret) {
        host::Key key;
        if (secret.bytes().size() != key.bytes.size())
            throw aspm::Error(ASPM_INTERNAL, "The host gave a key of " +
                                                 std::to_string(secret.bytes().size()) +
                                                 " bytes; 32 were expected.");
        key.id = secret.id();
        std::memcpy(key.bytes.data(), secret.bytes().data(), key.bytes.size());
        return key;
    }

    aspm::Host _host;
    aspm::Secrets _service;
};

class Audit : public host::Audit {
public:
    explicit Audit(const aspm::Host& host) : _host(host), _service(host.service<aspm::Audit>()) {}

    void record(const std::string& organisation, const std::string& actor, const std::string& action,
                const std::string& object, const std::string& detail) override {
        const aspm::OwnCall call = _host.beginCall();
        _service.record(call, {organisation, actor, action, object, detail});
    }

private:
    aspm::Host _host;
    aspm::Audit _service;
};

/// Keeps the work; the host keeps the times.
class Scheduler : public host::Scheduler {
public:
    Scheduler(ScheduleEvery every, ScheduleAt at, ScheduleCancel cancel)
        : _every(std::move(every)), _at(std::move(at)), _cancel(std::move(cancel)) {}

    void every(const std::string& job, std::int64_t intervalMs, std::function<void()> work) override {
        keep(job, std::move(work));
        _every(job, intervalMs);
    }

    void at(const std::string& job, std::int64_t atMs, std::function<void()> work) override {
        keep(job, std::move(work));
        _at(job, atMs);
    }

    void cancel(const std::string& job) override {
        _cancel(job);
        const std::lock_guard<std::mutex> lock(_mutex);
        _work.erase(job);
    }

    void run(const std::string& job) {
        std::function<void()> work;
        {
            const std::lock_guard<std::mutex> lock(_mutex);
            const auto found = _work.find(job);
            if (found != _work.end())
                work = found->second;
        }
        if (work)
            work();
    }

private:
    void keep(const std::string& job, std::function<void()> work) {
        const std::lock_guard<std::mutex> lock(_mutex);
        _work[job] = std::move(work);
    }

    ScheduleEvery _every;
    ScheduleAt _at;
    ScheduleCancel _cancel;
    std::mutex _mutex;
    std::map<std::string, std::function<void()>> _work;
};

class Log : public host::Log {
public:
    explicit Log(const aspm::Host& host) : _service(host.log()) {}

    void write(Level level, const std::string& message, const Fields& fields) override {
        std::vector<aspm_log_field> lent;
        lent.reserve(fields.size());
        for (const auto& [name, value] : fields)
            lent.push_back(aspm::Log::field(name, value));
        _service.write(static_cast<aspm_log_level>(level), message, lent.data(), lent.size());
    }

private:
    aspm::Log _service;
};

class Metrics : public host::Metrics {
public:
    explicit Metrics(const aspm::Host& host) : _service(host.metrics()) {}
    void add(const std::string& name, double by) override { _service.add(name, by); }
    void set(const std::string& name, double value) override { _service.set(name, value); }
    void observe(const std::string& name, double value) override { _service.observe(name, value); }

private:
    aspm::Metrics _service;
};

class Config : public host::Config {
public:
    explicit Config(const aspm::Host& host) : _host(host), _service(host.service<aspm::Config>()) {}

    std::optional<std::string> get(const std::string& key) override {
        const aspm::OwnCall call = _host.beginCall();
        return _service.get(call, key);
    }

private:
    aspm::Host _host;
    aspm::Config _service;
};

class Urls : public host::Urls {
public:
    Urls(const aspm::Host& host, std::string page, std::string route)
        : _host(host), _service(host.service<aspm::Urls>()), _page(std::move(page)),
          _route(std::move(route)) {}

    std::string settingsPage() override {
        const aspm::OwnCall call = _host.beginCall();
        return _service.settingsPage(call, _page);
    }

    std::string webhookRoute(const std::string& organisation) override {
        const aspm::OwnCall call = _host.beginCall();
        return _service.webhookRoute(call, organisation, _route);
    }

private:
    aspm::Host _host;
    aspm::Urls _service;
    std::string _page;
    std::string _route;
};

} // namespace

struct HostServices::Adapters {
    Adapters(const aspm::Host& host, const std::string& page, const std::string& route, ScheduleEvery every,
             ScheduleAt at, ScheduleCancel cancel)
        : findings(host), directory(host), ownership(host), alerts(host), clock(host), keys(host),
          audit(host), scheduler(std::move(every), std::move(at), std::move(cancel)), log(host),
          metrics(host), config(host), urls(host, page, route) {}

    Findings findings;
    Directory directory;
    Ownership ownership;
    Alerts alerts;
    Clock clock;
    Keys keys;
    Audit audit;
    Scheduler scheduler;
    Log log;
    Metrics metrics;
    Config config;
    Urls urls;
};

HostServices::HostServices(const aspm::Host& host, const std::string& settingsPage,
                           const std::string& webhookRoute, ScheduleEvery every, ScheduleAt at,
                           ScheduleCancel cancel)
    : _host(host), _adapters(std::make_unique<Adapters>(host, settingsPage, webhookRoute, std::move(every),
                                                        std::move(at), std::move(cancel))),
      _services(std::make_unique<host::Services>(
          host::Services{_adapters->findings, _adapters->directory, _adapters->ownership, _adapters->alerts,
                         _adapters->clock, _adapters->keys, _adapters->audit, _adapters->scheduler,
                         _adapters->log, _adapters->metrics, _adapters->config, _adapters->urls})) {}

HostServices::~HostServices() = default;

void HostServices::runJob(const std::string& job) {
    _adapters->scheduler.run(job);
}

std::string HostServices::dataDirectory() const {
    const aspm::OwnCall call = _host.beginCall();
    return _host.service<aspm::Storage>().dataDirectory(call);
}

} // namespace jira_plugin::entry
