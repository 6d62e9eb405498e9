#include "loaded.hpp"

namespace contract {

using namespace aspm::host;

std::filesystem::path bundle(const std::string& name) {
    return std::filesystem::path(PLUGINS_DIR) / name;
}

std::filesystem::path libraryOf(const std::filesystem::path& bundle) {
    return Manifest::read(bundle).library();
}

HostOptions impatient() {
    HostOptions options;
    options.pageMs = 300;
    options.webhookMs = 300;
    options.stopMs = 5'000;
    return options;
}

Finding finding(const std::string& id) {
    Finding f;
    f.organisation = "acme";
    f.project = "p1";
    f.projectKey = "payments-api";
    f.id = id;
    f.title = "Buffer overflow in parse()";
    f.severity = ASPM_SEVERITY_HIGH;
    f.labels = {"memory", "c"};
    f.revision = 1;
    return f;
}

Principal alice() {
    Principal p;
    p.roles = ASPM_ROLE_ADMIN | ASPM_ROLE_MEMBER;
    p.organisation = "acme";
    p.organisationName = "Acme";
    p.user = "alice";
    p.userName = "Alice";
    p.administeredProjects = {"p1"};
    return p;
}

HttpRequest pageRequest(const std::string& path) {
    HttpRequest request;
    request.path = path;
    request.organisation = "acme";
    request.principal = alice();
    return request;
}

Loaded::Loaded(const std::filesystem::path& bundle, HostOptions options) {
    memory.putFinding(finding());
    memory.config["hello.token"] = "let-me-in";
    _plugin = Plugin::load(bundle, memory.services(), misbehaviour, options);
}

std::unique_ptr<Loaded> Loaded::started(const std::string& name, HostOptions options) {
    auto loaded = std::make_unique<Loaded>(bundle(name), options);
    loaded->_plugin->start();
    return loaded;
}

std::string refusalOf(const std::string& name) {
    try {
        Loaded::started(name);
        return {};
    } catch (const Problem& problem) {
        return problem.text();
    }
}

} // namespace contract
