#include "input.hpp"
#include "target.hpp"

#include <aspm_host/memory_services.hpp>
#include <aspm_host/plugin.hpp>

#include <algorithm>

/// The plugin as a host has it: loaded, started, connected to nothing, and called through its tables.
namespace {

using namespace aspm::host;

class World {
public:
    World() {
        _memory.config = {{"jira.cloud.client_id", "id"},
                          {"jira.cloud.client_secret", "a-secret"},
                          {"jira.cloud.auth_url", "http://127.0.0.1:1"},
                          {"jira.cloud.api_url", "http://127.0.0.1:1"},
                          {"jira.network.allow_http", "true"}};
        _memory.putFinding(finding("f1"));
        HostOptions options;
        options.runJobs = false;
        _plugin = Plugin::load(ASPM_JIRA_BUNDLE, _memory.services(), _misbehaviour, options);
        _plugin->start();
    }

    static Finding finding(const std::string& text) {
        Finding f;
        f.organisation = "acme";
        f.project = "p1";
        f.projectKey = "payments-api";
        f.id = "f1";
        f.title = f.description = f.ruleHelp = f.snippet = f.filePath = f.cwe = f.dueDate = text;
        f.labels = {text};
        f.line = static_cast<std::int64_t>(text.size());
        return f;
    }

    void request(const std::string& word, const std::string& target, const std::string& text) {
        HttpRequest request;
        const auto query = target.find('?');
        request.path = target.substr(0, query);
        request.query = query == std::string::npos ? "" : target.substr(query + 1);
        request.body = text;
        request.organisation = "acme";
        request.mountUrl = "https://aspm.example/settings/jira";
        request.headers = {{"Content-Type", "application/json"}, {"Authorization", text.substr(0, 200)}};
        if (word == "WEBHOOK") {
            request.method = "POST";
            check(_plugin->serveWebhook("jira", request));
            return;
        }
        request.method = word;
        request.principal = admin();
        check(_plugin->servePage("jira", request));
    }

    void push(const std::string& text) {
        PushRequest request;
        request.organisation = "acme";
        request.key = text.substr(0, 40);
        request.findings = {finding(text), finding(text)};
        _plugin->push("jira", request);
        _plugin->preview("jira", finding(text));
        _plugin->pushState("jira", text, text);
    }

    void change(const std::string& text) {
        FindingChange change;
        change.changes = static_cast<std::uint32_t>(text.size());
        change.finding = finding(text);
        change.oldDueDate = change.event = change.actor = change.actorName = change.reason = text;
        _plugin->changed("jira", change);
    }

private:
    static Principal admin() {
        Principal p;
        p.roles = ASPM_ROLE_ADMIN | ASPM_ROLE_MEMBER;
        p.organisation = "acme";
        p.user = "alice";
        p.userName = "Alice";
        return p;
    }

    void check(const HttpAnswer& answer) {
        fuzz::require(answer.result.status != ASPM_INTERNAL, "no request fails for a reason nobody knows");
        fuzz::require(answer.status != 500, "no request is answered with 500");
        fuzz::require(_misbehaviour.sentences().empty(), "the plugin keeps the contract");
    }

    MemoryServices _memory;
    Misbehaviour _misbehaviour;
    std::unique_ptr<Plugin> _plugin;
};

} // namespace

/// First line: a method and a path with its query, or WEBHOOK and a path, PUSH or CHANGED. Then the text.
FUZZ_TARGET(abi_surface) {
    static World world;
    const std::string line = fuzz::takeLine(input);
    const auto blank = std::min(line.find(' '), line.size());
    const std::string word = line.substr(0, blank);
    const std::string text(input);
    if (word == "PUSH")
        world.push(text);
    else if (word == "CHANGED")
        world.change(text);
    else
        world.request(word, line.substr(std::min(blank + 1, line.size())), text);
}
