#include <aspm_host/memory_services.hpp>

#include <algorithm>
#include <random>

#include <stdlib.h> // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

namespace aspm::host {

namespace {

ServiceError noFinding(const std::string& id) {
    return ServiceError(ASPM_NOT_FOUND, "There is no finding " + id + " in this organisation.");
}

std::string randomBytes(std::size_t size) {
    std::random_device random;
    std::string out;
    for (std::size_t i = 0; i < size; ++i)
        out += static_cast<char>(random() & 0xFF);
    return out;
}

} // namespace

/// One object behind all interfaces. Listings copy first: a plugin may call back while it is listed to.
class MemoryServices::Parts : public LogService,
                              public ConfigService,
                              public SecretsService,
                              public StorageService,
                              public DirectoryService,
                              public OwnershipService,
                              public FindingsService,
                              public AlertsService,
                              public ScheduleStore,
                              public ClockService,
                              public AuditService,
                              public MetricsService,
                              public UrlsService {
public:
    explicit Parts(MemoryServices& owner) : _owner(owner) {}

    ~Parts() override {
        std::error_code ignored;
        for (const auto& [plugin, directory] : _directories)
            std::filesystem::remove_all(directory, ignored);
    }

    bool enabled(aspm_log_level) const override { return true; }
    void write(const std::string&, aspm_log_level level, const std::string& message,
               const Fields& fields) override {
        std::lock_guard<std::mutex> lock(mutex);
        lines.push_back({level, message, fields});
    }

    std::optional<std::string> value(const std::string& key) const override {
        auto found = _owner.config.find(key);
        return found == _owner.config.end() ? std::nullopt : std::optional<std::string>(found->second);
    }

    EncryptionKey currentKey(const std::string& organisation) override {
        std::lock_guard<std::mutex> lock(mutex);
        auto& key = _keys[organisation];
        if (key.id.empty())
            key = {"key-1", randomBytes(32)};
        return key;
    }
    std::optional<EncryptionKey> key(const std::string& organisation, const std::string& id) override {
        std::lock_guard<std::mutex> lock(mutex);
        auto found = _keys.find(organisation);
        if (found == _keys.end() || found->second.id != id)
            return std::nullopt;
        return found->second;
    }

    std::string dataDirectory(const std::string& plugin) override {
        std::lock_guard<std::mutex> lock(mutex);
        std::string& directory = _directories[plugin];
        if (directory.empty()) {
            directory = (std::filesystem::temp_directory_path() / "aspm-memory-XXXXXX").string();
            if (::mkdtemp(directory.data()) == nullptr)
                throw ServiceError(ASPM_CONFIG, "No temporary directory can be made.", "Check TMPDIR.");
        }
        return directory;
    }
    std::optional<std::string> databaseUrl(const std::string&) override {
        return _owner.databaseUrl.empty() ? std::nullopt : std::optional<std::string>(_owner.databaseUrl);
    }

    void organisations(const std::function<bool(const Organisation&)>& fn) override {
        for (const Organisation& organisation : _owner.organisations)
            if (!fn(organisation))
                return;
    }
    void projects(const std::string& organisation, const std::string& after,
                  const std::function<bool(const Project&)>& fn) override {
        auto sorted = _owner.projects;
        std::sort(sorted.begin(), sorted.end(),
                  [](const Project& a, const Project& b) { return a.key < b.key; });
        for (const Project& project : sorted)
            if (project.organisation == organisation && project.key > after && !fn(project))
                return;
    }
    std::optional<Project> project(const std::string& organisation, const std::string& id) override {
        for (const Project& project : _owner.projects)
            if (project.organisation == organisation && project.id == id)
                return project;
        return std::nullopt;
    }
    void members(const std::string& organisation, aspm_roles roles,
                 const std::function<bool(const Member&)>& fn) override {
        for (const Member& member : _owner.members)
            if (member.organisation == organisation && (roles == 0 || (member.roles & roles) != 0) &&
                !fn(member))
                return;
    }
    std::optional<Member> member(const std::string& organisation, const std::string& user) override {
        for (const Member& member : _owner.members)
            if (member.organisation == organisation && member.user == user)
                return member;
        return std::nullopt;
    }

    std::optional<Member> owner(const std::string& organisation, const std::string& finding) override {
        auto found = _owner.owners.find(finding);
        return found == _owner.owners.end() ? std::nullopt : member(organisation, found->second);
    }

    Finding get(const std::string& organisation, const std::string& id) override {
        std::lock_guard<std::mutex> lock(mutex);
        return at(organisation, id);
    }
    void list(const std::string& organisation, const std::string& project, const std::string& after,
              const std::function<bool(const Finding&)>& fn) override {
        std::map<std::pair<std::string, std::string>, Finding> copy;
        {
            std::lock_guard<std::mutex> lock(mutex);
            copy = findings;
        }
        for (const auto& [key, finding] : copy)
            if (key.first == organisation && key.second > after &&
                (project.empty() || finding.project == project) && !fn(finding))
                return;
    }
    void setStatus(const std::string&, const std::string& organisation, const std::string& id,
                   aspm_finding_status status, const std::string&, std::int64_t basedOn) override {
        std::lock_guard<std::mutex> lock(mutex);
        Finding& finding = at(organisation, id);
        if (basedOn != 0 && finding.revision != basedOn)
            throw ServiceError(ASPM_STATE, "The finding has changed since.", "Read it again.");
        if (finding.status != status)
            ++finding.revision;
        finding.status = status;
    }
    void appendTimeline(const std::string&, const std::string& organisation, const std::string& id,
                        const TimelineEntry& entry) override {
        std::lock_guard<std::mutex> lock(mutex);
        at(organisation, id);
        auto& entries = timelines[id];
        auto same = std::find_if(entries.begin(), entries.end(), [&](const TimelineEntry& other) {
            return !entry.key.empty() && other.key == entry.key;
        });
        if (same == entries.end())
            entries.push_back(entry);
        else
            *same = entry;
    }
    void removeTimeline(const std::string&, const std::string& organisation, const std::string& id,
                        const std::string& key) override {
        std::lock_guard<std::mutex> lock(mutex);
        at(organisation, id);
        auto& entries = timelines[id];
        entries.erase(
            std::remove_if(entries.begin(), entries.end(), [&](const auto& e) { return e.key == key; }),
            entries.end());
    }
    void attachTicket(const std::string&, const std::string& organisation, const std::string& id,
                      const TicketRef& ticket) override {
        std::lock_guard<std::mutex> lock(mutex);
        at(organisation, id);
        tickets[id] = ticket;
    }
    void detachTicket(const std::string&, const std::string& organisation, const std::string& id) override {
        std::lock_guard<std::mutex> lock(mutex);
        at(organisation, id);
        tickets.erase(id);
    }
    void reportPush(const std::string&, const std::string& organisation, const std::string& id,
                    aspm_push_state state, const std::string& message, const std::string& remedy,
                    const TicketRef* ticket) override {
        std::lock_guard<std::mutex> lock(mutex);
        at(organisation, id);
        pushes.push_back({id, state, message, remedy, ticket == nullptr ? "" : ticket->key});
        if (ticket != nullptr)
            tickets[id] = *ticket;
    }

    void raise(const std::string&, const std::string& organisation, const Alert& alert) override {
        std::lock_guard<std::mutex> lock(mutex);
        alerts[{organisation, alert.key}] = alert;
    }
    void clear(const std::string&, const std::string& organisation, const std::string& key) override {
        std::lock_guard<std::mutex> lock(mutex);
        alerts.erase({organisation, key});
    }

    std::optional<std::int64_t> lastRunMs(const std::string&, const std::string& job) override {
        std::lock_guard<std::mutex> lock(mutex);
        auto found = _runs.find(job);
        return found == _runs.end() ? std::nullopt : std::optional<std::int64_t>(found->second);
    }
    void noteRun(const std::string&, const std::string& job, std::int64_t atMs) override {
        std::lock_guard<std::mutex> lock(mutex);
        _runs[job] = atMs;
    }

    std::int64_t nowMs() const override {
        using namespace std::chrono;
        return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count() + offsetMs;
    }

    void record(const std::string&, const AuditEvent& event) override {
        std::lock_guard<std::mutex> lock(mutex);
        audits.push_back(event);
    }

    void add(const std::string& name, double by, const Fields&) override {
        std::lock_guard<std::mutex> lock(mutex);
        metrics[name] += by;
    }
    void set(const std::string& name, double value, const Fields&) override {
        std::lock_guard<std::mutex> lock(mutex);
        metrics[name] = value;
    }
    void observe(const std::string& name, double value, const Fields&) override {
        std::lock_guard<std::mutex> lock(mutex);
        metrics[name] += value;
    }

    std::string base() const override { return _owner.baseUrl; }
    std::string settingsPage(const std::string& page) const override {
        return _owner.baseUrl + "/settings/integrations/" + page;
    }
    std::string webhookRoute(const std::string& plugin, const std::string& organisation,
                             const std::string& route) const override {
        return _owner.baseUrl + "/hooks/" + (organisation.empty() ? "-" : organisation) + "/" +
               plugin.substr(plugin.rfind('.') + 1) + "/" + route;
    }
    std::string finding(const std::string& organisation, const std::string& id) const override {
        return _owner.baseUrl + "/" + organisation + "/findings/" + id;
    }

    Finding& at(const std::string& organisation, const std::string& id) {
        auto found = findings.find({organisation, id});
        if (found == findings.end())
            throw noFinding(id);
        return found->second;
    }

    mutable std::mutex mutex;
    std::atomic<std::int64_t> offsetMs{0};
    std::map<std::pair<std::string, std::string>, Finding> findings;
    std::vector<LogLine> lines;
    std::vector<ReportedPush> pushes;
    std::map<std::string, std::vector<TimelineEntry>> timelines;
    std::map<std::string, TicketRef> tickets;
    std::map<std::pair<std::string, std::string>, Alert> alerts;
    std::vector<AuditEvent> audits;
    std::map<std::string, double> metrics;

private:
    MemoryServices& _owner;
    std::map<std::string, EncryptionKey> _keys;
    std::map<std::string, std::string> _directories;
    std::map<std::string, std::int64_t> _runs;
};

MemoryServices::MemoryServices() : _parts(std::make_unique<Parts>(*this)) {}
MemoryServices::~MemoryServices() = default;

HostServices MemoryServices::services() {
    HostServices all;
    Parts* p = _parts.get();
    all.log = p;
    all.config = p;
    all.secrets = p;
    all.storage = p;
    all.directory = p;
    all.ownership = p;
    all.findings = p;
    all.alerts = p;
    all.schedule = p;
    all.clock = p;
    all.audit = p;
    all.metrics = p;
    all.urls = p;
    return all;
}

void MemoryServices::putFinding(Finding finding) {
    std::lock_guard<std::mutex> lock(_parts->mutex);
    if (finding.revision == 0)
        finding.revision = 1;
    auto key = std::make_pair(finding.organisation, finding.id);
    _parts->findings[key] = std::move(finding);
}

Finding MemoryServices::finding(const std::string& organisation, const std::string& id) const {
    return _parts->get(organisation, id);
}

void MemoryServices::advanceMs(std::int64_t ms) {
    _parts->offsetMs += ms;
}

std::vector<MemoryServices::LogLine> MemoryServices::logLines() const {
    std::lock_guard<std::mutex> lock(_parts->mutex);
    return _parts->lines;
}
std::vector<MemoryServices::ReportedPush> MemoryServices::reportedPushes() const {
    std::lock_guard<std::mutex> lock(_parts->mutex);
    return _parts->pushes;
}
std::vector<TimelineEntry> MemoryServices::timeline(const std::string& finding) const {
    std::lock_guard<std::mutex> lock(_parts->mutex);
    auto found = _parts->timelines.find(finding);
    return found == _parts->timelines.end() ? std::vector<TimelineEntry>{} : found->second;
}
std::map<std::string, TicketRef> MemoryServices::tickets() const {
    std::lock_guard<std::mutex> lock(_parts->mutex);
    return _parts->tickets;
}
std::vector<Alert> MemoryServices::alerts() const {
    std::lock_guard<std::mutex> lock(_parts->mutex);
    std::vector<Alert> out;
    for (const auto& [key, alert] : _parts->alerts)
        out.push_back(alert);
    return out;
}
std::vector<AuditEvent> MemoryServices::auditEvents() const {
    std::lock_guard<std::mutex> lock(_parts->mutex);
    return _parts->audits;
}
double MemoryServices::metric(const std::string& name) const {
    std::lock_guard<std::mutex> lock(_parts->mutex);
    auto found = _parts->metrics.find(name);
    return found == _parts->metrics.end() ? 0 : found->second;
}

} // namespace aspm::host
