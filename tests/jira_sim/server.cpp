#include "server.hpp"

#include <cstdio>
#include <fstream>
#include <stdexcept>

#include <Poco/File.h>
#include <Poco/TemporaryFile.h>

#include "handlers/webhook_events.hpp"
#include "http/certificates.hpp"
#include "http/dispatcher.hpp"
#include "http/faults.hpp"
#include "http/listener.hpp"
#include "http/trace.hpp"
#include "world/adf_schema.hpp"

namespace jira_sim {

namespace {

void writeFile(const std::string& path, const std::string& text, const std::string& flag) {
    std::ofstream out(path, std::ios::trunc);
    out << text << std::flush;
    if (!out)
        throw std::runtime_error("cannot write " + path + "; choose another place with " + flag);
}

/// The first site answers at the server's own address, so that links work in a browser; others below /sites.
void giveUrls(World& world, const Config& config) {
    const std::string own = config.siteUrl.empty() ? config.baseUrl() : config.siteUrl;
    bool first = true;
    for (const auto& site : world.sites()) {
        if (site->url.empty())
            site->url = first ? own : own + "/sites/" + site->name;
        first = false;
    }
}

/// As Jira's HTTP client names itself.
std::string userAgent(const Config& config) {
    const std::string release = config.isDataCenter() ? config.release.text() : "1001.0.0-SNAPSHOT";
    return "Atlassian HttpClient unknown / JIRA-" + release + " / Default";
}

} // namespace

struct Server::Parts {
    explicit Parts(Config from)
        : config(std::move(from)), world(config.world), faults(config.world.seed), trace(config.traceFile) {
        world.grants().setLifetimeSec(config.tokenLifetimeSec);
        world.grants().setResourceLevel(config.resourceLevelGrants);
        world.rateLimits().set(config.rateLimit);
        world.onEvent([this](const Event& event) { publish(services, event); });
    }

    Config config;
    World world;
    Faults faults;
    Trace trace;
    WebhookSender deliveries{world.clock(), faults, config.world.seed, userAgent(config)};
    Services services{config, world, faults, trace, deliveries};
    Dispatcher dispatcher{services};
    std::string caFile;
    bool ownsCaFile = false;
    std::unique_ptr<Listener> listener;
};

Server::Server(Config config) : _parts(std::make_unique<Parts>(std::move(config))) {
    for (const std::string& spec : _parts->config.faults)
        addFault(spec);
}

Server::~Server() {
    stop();
    if (_parts->ownsCaFile)
        std::remove(_parts->caFile.c_str());
}

void Server::start() {
    AdfSchema::instance(); // compiled before the first request has to wait for it
    const Certificates certificates = Certificates::make();
    Parts& parts = *_parts;
    parts.ownsCaFile = parts.config.caOut.empty();
    parts.caFile =
        parts.ownsCaFile ? Poco::TemporaryFile::tempName() + ".jira_sim_ca.pem" : parts.config.caOut;
    writeFile(parts.caFile, certificates.caPem, "--ca-out");
    try {
        parts.listener = std::make_unique<Listener>(certificates, parts.config.port,
                                                    parts.config.maxConnections, [&parts](Request& request) {
                                                        Response response = parts.dispatcher.handle(request);
                                                        if (!parts.config.isDataCenter())
                                                            response.with("Server", "AtlassianEdge");
                                                        return response;
                                                    });
    } catch (const Poco::Exception& e) {
        throw std::runtime_error("cannot listen on 127.0.0.1:" + std::to_string(parts.config.port) + ": " +
                                 e.displayText() + "; choose another port with --port, 0 takes any free one");
    }
    parts.config.publicUrl = "https://127.0.0.1:" + std::to_string(parts.listener->port());
    giveUrls(parts.world, parts.config); // nobody is served yet
    parts.deliveries.start();
    parts.listener->serve();
    if (!parts.config.portFile.empty())
        writeFile(parts.config.portFile, std::to_string(port()) + "\n", "--port-file");
}

void Server::stop() {
    _parts->dispatcher.stop();
    if (_parts->listener)
        _parts->listener->stop();
    _parts->deliveries.stop();
}

unsigned short Server::port() const {
    return _parts->listener ? _parts->listener->port() : 0;
}
const std::string& Server::url() const {
    return _parts->config.publicUrl;
}
std::string Server::baseUrl() const {
    return _parts->config.baseUrl();
}
const std::string& Server::caFile() const {
    return _parts->caFile;
}
const Config& Server::config() const {
    return _parts->config;
}
Faults& Server::faults() {
    return _parts->faults;
}
Trace& Server::trace() {
    return _parts->trace;
}
World& Server::world() {
    return _parts->world;
}

void Server::addFault(const std::string& spec) {
    const std::optional<std::int64_t> delay = Faults::indexDelay(spec);
    if (!delay) {
        _parts->faults.add(spec);
        return;
    }
    const std::lock_guard<std::mutex> lock(_parts->world.mutex());
    _parts->world.setIndexDelayMs(*delay);
}

} // namespace jira_sim
