#include "stub_host.hpp"

#include <stdexcept>

namespace test_support {

namespace {

const std::string readyLine = "Ready: ";

std::string jsonObject(const std::map<std::string, std::string>& members) {
    std::string text;
    for (const auto& [name, value] : members) {
        text += (text.empty() ? "" : ",\n ") + quoted(name) + ": " + quoted(value);
    }
    return "{" + text + "}\n";
}

std::string jsonArray(const std::vector<std::string>& texts) {
    std::string list;
    for (const auto& text : texts) {
        list += (list.empty() ? "" : ",") + quoted(text);
    }
    return "[" + list + "]";
}

std::string asJson(const NewFinding& finding) {
    return R"({"title":)" + quoted(finding.title) + R"(,"severity":)" + quoted(finding.severity) +
           R"(,"filePath":)" + quoted(finding.filePath) + R"(,"line":)" + std::to_string(finding.line) +
           R"(,"ruleId":"demo/rule","ruleName":"A rule","ruleHelp":"How to mend it.","scanner":"demo"})";
}

std::string below(const std::string& organisation, const std::string& path) {
    return "/organisations/" + organisation + path;
}

} // namespace

std::map<std::string, std::string> configFor(const Simulator& jira, const std::string& url) {
    const auto& address = url.empty() ? jira.url() : url;
    return {{"jira.cloud.auth_url", address},
            {"jira.cloud.api_url", address},
            {"jira.cloud.client_id", "sim-client"},
            {"jira.cloud.client_secret", "sim-secret"},
            {"jira.tls.ca_file", jira.caFile().string()},
            // The simulator's index lags only when a test asks for it, and then by less than this.
            {"jira.push.settle_seconds", "2"}};
}

StubHost::StubHost(HostOptions options) : _options(std::move(options)) {
    if (!_options.keys.empty() || !_options.platform.empty()) {
        std::filesystem::create_directories(data());
        std::filesystem::permissions(data(), std::filesystem::perms::owner_all);
    }
    if (!_options.keys.empty()) {
        std::filesystem::copy_file(_options.keys, data() / "keys.json");
    }
    if (!_options.platform.empty()) {
        std::filesystem::create_symlink(_options.platform, data() / "host.db"); // SQLite follows it
    }
    if (_options.startsAtOnce) {
        start();
    }
}

void StubHost::start() {
    _directory.write("host.json", jsonObject(_options.config));
    _process = std::make_unique<Process>(
        ProcessOptions{hostProgram(),
                       {"serve", "--plugin", _options.plugin.string(), "--data", data().string(), "--port",
                        _port, "--config", configFile().string()},
                       _options.environment,
                       _directory / ("output-" + std::to_string(++_starts)),
                       _directory / "log"});
    _url = _process->waitForLine(readyLine).substr(readyLine.size());
    _token = Json::parse(readFile(data() / "host.json"))["token"].text();
}

void StubHost::restart() {
    kill();
    start();
}

void StubHost::restartInPlace() {
    kill();
    startInPlace();
}

void StubHost::startInPlace() {
    _port = _url.empty() ? "0" : _url.substr(_url.rfind(':') + 1);
    start();
    _port = "0";
}

std::string StubHost::log() const {
    std::string text = readFile(_directory / "log");
    for (int number = 1; number <= _starts; ++number) {
        text += readFile(_directory / ("output-" + std::to_string(number)));
    }
    return text;
}

HttpResponse StubHost::ask(const std::string& method, const std::string& path,
                           const std::string& body) const {
    HttpClient client(_url);
    client.setHeader("X-Stub-Token", _token);
    return client.send(method, "/stub/api" + path, body, body.empty() ? "" : "application/json");
}

Json StubHost::control(const std::string& method, const std::string& path, const std::string& body) const {
    const auto answer = ask(method, path, body);
    if (answer.status / 100 != 2) {
        throw std::runtime_error("host_stub answers " + std::to_string(answer.status) + " to " + method +
                                 " " + path + " " + body + ": " + answer.body);
    }
    return Json::parse(answer.body.empty() ? "null" : answer.body);
}

HttpClient StubHost::signedIn(const std::string& user, const std::string& organisation) const {
    const auto session =
        control("POST", "/sessions",
                R"({"organisation":)" + quoted(organisation) + R"(,"user":)" + quoted(user) + "}");
    HttpClient browser(_url);
    const auto cookie = session["cookie"].text();
    const auto equals = cookie.find('=');
    browser.setCookie(cookie.substr(0, equals), cookie.substr(equals + 1));
    browser.setHeader(session["csrfHeader"].text(), session["csrfToken"].text());
    return browser;
}

std::string StubHost::project(const std::string& key, const std::string& organisation) const {
    return control("POST", below(organisation, "/projects"),
                   R"({"key":)" + quoted(key) + R"(,"name":)" + quoted(key) + "}")["id"]
        .text();
}

std::vector<std::string> StubHost::addFindings(const std::string& project,
                                               const std::vector<NewFinding>& findings,
                                               const std::string& organisation) const {
    std::string list;
    for (const auto& finding : findings) {
        list += (list.empty() ? "" : ",") + asJson(finding);
    }
    return control("POST", below(organisation, "/findings"),
                   R"({"project":)" + quoted(project) + R"(,"findings":[)" + list + "]}")["ids"]
        .texts();
}

std::vector<std::string> StubHost::addFindings(const std::string& project, int count,
                                               const std::string& organisation) const {
    std::vector<NewFinding> findings;
    for (int number = 1; number <= count; ++number) {
        NewFinding finding;
        finding.title = "Finding " + std::to_string(number);
        finding.line = number;
        findings.push_back(finding);
    }
    return addFindings(project, findings, organisation);
}

Json StubHost::pushAll(const std::string& project, long long waitMs, const std::string& organisation) const {
    return control("POST", below(organisation, "/push"),
                   R"({"user":"alice","all":true,"project":)" + quoted(project) + R"(,"waitMs":)" +
                       std::to_string(waitMs) + "}");
}

Json StubHost::push(const std::string& project, const std::vector<std::string>& findings, long long waitMs,
                    const std::string& organisation) const {
    return control("POST", below(organisation, "/push"),
                   R"({"user":"alice","findings":)" + jsonArray(findings) + R"(,"project":)" +
                       quoted(project) + R"(,"waitMs":)" + std::to_string(waitMs) + "}");
}

Json StubHost::finding(const std::string& id, const std::string& organisation) const {
    return control("GET", below(organisation, "/findings/" + id));
}

std::string StubHost::pushState(const std::string& id, const std::string& organisation) const {
    return finding(id, organisation)["push"]["state"].text();
}

long long StubHost::count(const std::string& state, const std::string& organisation) const {
    const auto states = control("GET", below(organisation, "/push"))["states"];
    return states.has(state) ? states[state].number() : 0;
}

std::string StubHost::timeline(const std::string& id, const std::string& organisation) const {
    std::string text;
    for (const auto& entry :
         control("GET", below(organisation, "/findings/" + id + "/timeline"))["timeline"].items()) {
        text += entry["text"].text() + " " + entry["remedy"].text() + "\n";
    }
    return text;
}

std::vector<Json> StubHost::alerts(const std::string& organisation) const {
    return control("GET", below(organisation, "/alerts"))["alerts"].items();
}

void StubHost::advanceClock(std::chrono::milliseconds by) const {
    const char* direction = by.count() < 0 ? "setBackMs" : "advanceMs";
    control("POST", "/clock",
            R"({")" + std::string(direction) + R"(":)" + std::to_string(std::abs(by.count())) + "}");
}

} // namespace test_support
