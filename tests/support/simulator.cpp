#include "simulator.hpp"

#include "paths.hpp"

#include <Poco/URI.h>

#include <sstream>
#include <stdexcept>

namespace test_support {

namespace {

const std::string readyLine = "jira_sim listening on ";

std::string asObject(const std::map<std::string, std::string>& members) {
    std::string text;
    for (const auto& [name, value] : members) {
        text += (text.empty() ? "" : ",") + quoted(name) + ":" + quoted(value);
    }
    return "{" + text + "}";
}

std::string encoded(const std::string& text) {
    std::string out;
    Poco::URI::encode(text, "&=+#?", out);
    return out;
}

} // namespace

Simulator::Simulator(SimulatorOptions options) {
    std::vector<std::string> arguments{"--port", "0", "--ca-out", caFile().string()};
    if (options.withTrace) {
        _traceFile = options.traceName.empty() ? _directory / "trace.jsonl"
                                               : traceDirectory() / (options.traceName + ".jsonl");
        arguments.insert(arguments.end(), {"--trace", _traceFile.string()});
    }
    arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
    _process = std::make_unique<Process>(ProcessOptions{
        simulatorProgram(), std::move(arguments), {}, _directory / "output", _directory / "errors"});
    _url = _process->waitForLine(readyLine).substr(readyLine.size());
}

Json Simulator::control(const std::string& method, const std::string& path, const std::string& body) const {
    const auto answer = browser().send(method, path, body, body.empty() ? "" : "application/json");
    if (answer.status / 100 != 2) {
        throw std::runtime_error("jira_sim answers " + std::to_string(answer.status) + " to " + method + " " +
                                 path + " " + body + ": " + answer.body);
    }
    return Json::parse(answer.body.empty() ? "null" : answer.body);
}

void Simulator::fault(const std::string& spec) const {
    control("POST", "/_sim/faults", asObject({{"fault", spec}}));
}
void Simulator::clearFaults() const {
    control("DELETE", "/_sim/faults");
}
long long Simulator::fired() const {
    return control("GET", "/_sim/faults")["faults"].items().back()["fired"].number();
}
void Simulator::change(const std::map<std::string, std::string>& order) const {
    control("POST", "/_sim/world", asObject(order));
}

std::vector<Json> Simulator::issues(const std::string& label) const {
    return control("GET", "/_sim/issues?label=" + encoded(label))["issues"].items();
}
Json Simulator::issue(const std::string& key) const {
    return control("GET", "/_sim/issues/" + key);
}

std::size_t Simulator::issueCount() const {
    std::size_t count = 0;
    for (const auto& site : control("GET", "/_sim/state")["sites"].items()) {
        count += static_cast<std::size_t>(site["issues"].number());
    }
    return count;
}

long long Simulator::requests(const std::string& route) const {
    const auto counts = control("GET", "/_sim/requests");
    if (route.empty()) {
        return counts["total"].number();
    }
    return counts["byRoute"].has(route) ? counts["byRoute"][route].number() : 0;
}

std::vector<Json> Simulator::traced(const std::string& part) const {
    std::vector<Json> found;
    std::istringstream lines(readFile(_traceFile));
    for (std::string line; std::getline(lines, line);) {
        const auto exchange = Json::parse(line);
        if (exchange["path"].text().find(part) != std::string::npos) {
            found.push_back(exchange);
        }
    }
    return found;
}

} // namespace test_support
