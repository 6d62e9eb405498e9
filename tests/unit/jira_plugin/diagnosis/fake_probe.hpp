#pragma once

#include "diagnosis/probe.hpp"

#include <functional>
#include <string>
#include <vector>

/// A way to Atlassian on which each step does what it is told.
namespace diagnosis_test {

class FakeProbe : public jira_plugin::diagnosis::Probe {
public:
    std::string host(const std::string& url) override { return url.substr(url.find("//") + 2); }
    std::vector<std::string> addresses(const std::string& url) override {
        return step("addresses " + url), std::vector<std::string>{"192.0.2.1"};
    }
    void connect(const std::string& url) override { step("connect " + url); }
    jira_plugin::diagnosis::TlsFacts tls(const std::string& url) override {
        step("tls " + url);
        auto answer = facts;
        answer.server = host(url);
        return answer;
    }
    std::int64_t serverTimeMs(const std::string& url) override {
        step("time " + url);
        return serverMs;
    }
    void stop() override { isStopped = true; }

    jira_plugin::diagnosis::TlsFacts facts{"", "CN=atlassian", "CN=authority", "", 4'000'000'000'000, "", "",
                                           ""};
    std::int64_t serverMs = 0;
    std::function<void(const std::string&)> onStep; ///< throws: the step fails
    std::vector<std::string> steps;
    bool isStopped = false;

private:
    void step(const std::string& name) {
        steps.push_back(name);
        if (onStep)
            onStep(name);
    }
};

} // namespace diagnosis_test
