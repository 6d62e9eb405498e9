#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <Poco/Net/HTTPServer.h>

#include "http/json.hpp"

namespace sim_test {

/// A place on this machine that webhooks are sent to. It answers 200, or what it was told to.
class HookReceiver {
public:
    struct Hook {
        std::string path, text;
        std::map<std::string, std::string> headers; ///< names in lower case
        jira_sim::json::Value json;

        std::string event() const { return textAt("webhookEvent"); }
        std::string header(const std::string& name) const;
        /// The value at a path like `issue.fields.status.name`.
        std::string textAt(const std::string& where) const;
        bool has(const std::string& member) const;
    };

    HookReceiver();
    ~HookReceiver();

    /// `http://127.0.0.1:port/hooks/jira`
    std::string url() const;
    /// The next deliveries are answered with these, one each.
    void answerNext(const std::vector<int>& statuses);
    std::vector<Hook> hooks() const;
    /// Waits for that many and answers all there are.
    std::vector<Hook> waitFor(std::size_t count) const;

private:
    class Factory;
    int take(Hook hook);

    mutable std::mutex _mutex;
    std::vector<Hook> _hooks;
    std::deque<int> _answers;
    std::unique_ptr<Poco::Net::HTTPServer> _server;
};

} // namespace sim_test
