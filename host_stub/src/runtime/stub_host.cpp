#include "stub_host.hpp"

#include <chrono>
#include <set>
#include <sstream>

#include <unistd.h>

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SocketAddress.h>

#include "../web/random_token.hpp"
#include "../web/web_server.hpp"

namespace aspm::host {

const char* const hostVersion = "1.0.0";

namespace {

const char* const lastPlugins = "serve.plugins";
const char* const lastConfig = "serve.config";
constexpr std::chrono::milliseconds flushPause{10};

std::string pathsToText(const std::vector<std::filesystem::path>& paths) {
    Poco::JSON::Array array;
    for (const auto& path : paths)
        array.add(std::filesystem::absolute(path).lexically_normal().string());
    std::ostringstream out;
    array.stringify(out);
    return out.str();
}

std::vector<std::filesystem::path> pathsFromText(const std::string& text) {
    std::vector<std::filesystem::path> paths;
    if (text.empty())
        return paths;
    auto array = Poco::JSON::Parser().parse(text).extract<Poco::JSON::Array::Ptr>();
    for (const auto& path : *array)
        paths.emplace_back(path.toString());
    return paths;
}

} // namespace

StubHost::StubHost(const ServeOptions& options)
    : _lock(std::make_unique<DataLock>(options.data)),
      _misbehaviour([this](const std::string& plugin, const std::string& sentence) {
          _log->write(plugin, ASPM_LOG_WARNING, "misbehaves: " + sentence, {});
      }) {
    openState(options);
    std::vector<std::filesystem::path> plugins;
    std::filesystem::path config;
    choosePlugins(options, plugins, config);
    if (!config.empty())
        _config.readFile(config);
    for (const char* key : {"host.public_url", "host.log_level"})
        _config.declare(key, false);
    _config.declare("database.url", true);
    std::vector<Manifest> manifests;
    for (const auto& directory : plugins)
        _config.declare(Manifest::read(directory));
    _log =
        std::make_unique<LineLog>(logLevelFromName(_config.get("host.log_level", "info")), options.logFile);
    _log->setSecrets(_config.secretValues());
    bindPort(options.port);
    loadPlugins(plugins);
    if (options.remember) {
        MetaStore meta(*_database);
        meta.set(lastPlugins, pathsToText(plugins));
        meta.set(lastConfig, config.empty() ? "" : std::filesystem::absolute(config).string());
    }
    _web = std::make_unique<WebServer>(*this, _socket);
    _lock->publish(_address);
}

StubHost::~StubHost() {
    requestStop(); // ends requests that wait
    _web.reset();
    std::vector<std::unique_ptr<ChangeTeller>> tellers;
    {
        // Joined outside the lock: what a teller is just telling may make the next change.
        std::lock_guard<std::mutex> lock(_tellersMutex);
        tellers.swap(_tellers);
    }
    tellers.clear();
    // The last one started is the first one stopped.
    while (!_plugins.empty())
        _plugins.pop_back();
}

void StubHost::openState(const ServeOptions& options) {
    std::filesystem::path data = std::filesystem::absolute(options.data);
    // Until the configuration is read, what happens goes to stderr.
    _log = std::make_unique<LineLog>(ASPM_LOG_INFO, options.logFile);
    _database = std::make_unique<Database>(data / "host.db");
    _keys = std::make_unique<KeyFile>(data / "keys.json");
    _storage = std::make_unique<PluginDirectories>(data / "plugins", _config);
    auto urlOf = [this](const std::string& organisation, const std::string& finding) {
        return _urls.finding(organisation, finding);
    };
    _directory = std::make_unique<DirectoryStore>(*_database);
    _findings = std::make_unique<FindingStore>(*_database, _clock, urlOf);
    _ownership = std::make_unique<OwnershipStore>(*_database, *_directory);
    _alerts = std::make_unique<AlertStore>(*_database, _clock);
    _audit = std::make_unique<AuditStore>(*_database, _clock);
    _jobRuns = std::make_unique<JobRunStore>(*_database);
    _events = std::make_unique<EventStore>(*_database, urlOf);
    _pusher = std::make_unique<Pusher>(*_findings);
    _findings->setOnChange([this](FindingStore::Changed what) {
        _findingsChanged.beat();
        if (what == FindingStore::Changed::Push)
            return; // a push of thousands would have them look for events as often
        std::lock_guard<std::mutex> lock(_tellersMutex);
        for (const auto& teller : _tellers)
            teller->wake();
    });
    _directory->seed();
    MetaStore meta(*_database);
    std::string offset = meta.get("clock.offset_ms");
    _clock.setOffsetMs(offset.empty() ? 0 : std::stoll(offset));
    _events->prune();
}

void StubHost::choosePlugins(const ServeOptions& options, std::vector<std::filesystem::path>& plugins,
                             std::filesystem::path& config) {
    MetaStore meta(*_database);
    plugins = options.plugins.empty() ? pathsFromText(meta.get(lastPlugins)) : options.plugins;
    config = options.config;
    if (config.empty() && options.plugins.empty())
        config = meta.get(lastConfig);
}

void StubHost::bindPort(int port) {
    try {
        // No SO_REUSEPORT: two hosts must not share a port by accident.
        _socket.bind(Poco::Net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(port)), true, false);
        _socket.listen(512);
    } catch (const Poco::Exception& e) {
        throw Problem("Port " + std::to_string(port) + " of 127.0.0.1 cannot be used: " + e.message() + ".",
                      "Another program listens there: choose another one with --port, or 0 for a free one.");
    }
    _address.pid = static_cast<int>(::getpid());
    _address.port = _socket.address().port();
    _address.url = "http://127.0.0.1:" + std::to_string(_address.port);
    _address.token = randomToken();
    _urls.setBase(_config.get("host.public_url", _address.url));
}

HostServices StubHost::services() {
    HostServices all;
    all.log = _log.get();
    all.config = &_config;
    all.secrets = _keys.get();
    all.storage = _storage.get();
    all.directory = _directory.get();
    all.ownership = _ownership.get();
    all.findings = _findings.get();
    all.alerts = _alerts.get();
    all.schedule = _jobRuns.get();
    all.clock = &_clock;
    all.audit = _audit.get();
    all.metrics = &_metrics;
    all.urls = &_urls;
    return all;
}

void StubHost::loadPlugins(const std::vector<std::filesystem::path>& directories) {
    HostOptions options;
    options.name = "host_stub";
    options.version = hostVersion;
    std::set<std::string> shortNames;
    try {
        for (const auto& directory : directories) {
            Manifest manifest = Manifest::read(directory);
            if (!shortNames.insert(Addresses::shortName(manifest.id)).second)
                throw Problem("Two plugins are called \"" + Addresses::shortName(manifest.id) +
                                  "\" in the addresses of their webhooks.",
                              "Serve them with separate data directories.");
            _plugins.push_back(Plugin::load(manifest, services(), _misbehaviour, options, &_claims));
            _plugins.back()->start();
            _log->info("The plugin " + manifest.id + " " + manifest.version + " runs.");
        }
    } catch (...) {
        while (!_plugins.empty())
            _plugins.pop_back();
        throw;
    }
    std::lock_guard<std::mutex> lock(_tellersMutex);
    for (const auto& plugin : _plugins)
        for (const FindingStatusInfo& hook : plugin->findingStatusHooks())
            _tellers.push_back(std::make_unique<ChangeTeller>(*_events, _clock, *_log, *plugin, hook));
}

StubHost::PushHook StubHost::pushHook() const {
    for (const auto& plugin : _plugins)
        for (const TicketPushInfo& info : plugin->ticketPushes())
            return {plugin.get(), info};
    return {};
}

void StubHost::moveClock(std::int64_t ms) {
    _clock.advanceMs(ms);
    MetaStore(*_database).set("clock.offset_ms", std::to_string(_clock.offsetMs()));
    for (const auto& plugin : _plugins)
        plugin->clockChanged();
    std::lock_guard<std::mutex> lock(_tellersMutex);
    for (const auto& teller : _tellers)
        teller->wake();
}

bool StubHost::waitForPushes(const std::string& organisation, const std::string& project,
                             std::int64_t timeoutMs) {
    auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
    return _findingsChanged.waitUntil(
        until, [&] { return outstandingIn(_findings->pushStates(organisation, project)) == 0; });
}

std::int64_t StubHost::flushChanges(std::int64_t timeoutMs) {
    auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
    for (;;) {
        std::int64_t pending = 0;
        {
            std::lock_guard<std::mutex> lock(_tellersMutex);
            for (const auto& teller : _tellers)
                pending += teller->pending();
        }
        std::unique_lock<std::mutex> lock(_stopMutex);
        bool isEnding = _stopChanged.wait_for(lock, pending == 0 ? std::chrono::milliseconds(0) : flushPause,
                                              [&] { return _stopRequested; });
        if (pending == 0 || isEnding || std::chrono::steady_clock::now() >= until)
            return pending;
    }
}

void StubHost::waitForStop() {
    std::unique_lock<std::mutex> lock(_stopMutex);
    _stopChanged.wait(lock, [&] { return _stopRequested; });
}

void StubHost::requestStop() {
    std::lock_guard<std::mutex> lock(_stopMutex);
    _stopRequested = true;
    _stopChanged.notify_all();
    _findingsChanged.end();
}

} // namespace aspm::host
