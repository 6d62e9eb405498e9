#pragma once

#include <mutex>
#include <string>

#include "http/exchange.hpp"

namespace jira_sim {

/// Posts one delivery after the other: http or https, five seconds to connect, twenty for the answer, no
/// redirect followed. post() from one thread; abort() from any.
class WebhookClient {
public:
    struct Outcome {
        int status = 0;    ///< 0: there was no answer
        std::string error; ///< why
    };

    Outcome post(const std::string& url, const NameValues& headers, const std::string& body);
    /// Ends a post that runs, and all to come.
    void abort();

private:
    /// The descriptor of the connection in use, duplicated: the session may close its own at any time.
    class Watched;

    std::mutex _mutex;
    int _socket = -1;
    bool _aborted = false;
};

} // namespace jira_sim
