#pragma once

#include "jira/transport.hpp"

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace jira_plugin::jira {

/// Answers requests from a script, in order, and keeps what was asked. Safe from any thread.
class ScriptedTransport : public Transport {
public:
    using Answer = std::function<HttpResponse(const HttpRequest&)>;

    void then(Answer answer) {
        const std::lock_guard lock(_mutex);
        _answers.push_back(std::move(answer));
    }
    void then(int status, const std::string& body, Headers headers = {}) {
        headers.emplace_back("Content-Type", "application/json;charset=UTF-8");
        then([=](const HttpRequest&) { return HttpResponse{status, headers, body}; });
    }
    void thenFail(TransportError::Kind kind, bool requestLeft) {
        then([=](const HttpRequest&) -> HttpResponse {
            throw TransportError(kind, requestLeft, "The wire broke.", "Mend the wire.");
        });
    }

    HttpResponse send(const HttpRequest& request) override {
        Answer answer;
        {
            const std::lock_guard lock(_mutex);
            _requests.push_back(request);
            if (_answers.empty()) {
                throw std::logic_error("The script has no answer for " + request.method + " " + request.url);
            }
            answer = _answers.front();
            _answers.pop_front();
        }
        return answer(request);
    }

    std::vector<HttpRequest> requests() const {
        const std::lock_guard lock(_mutex);
        return _requests;
    }

private:
    mutable std::mutex _mutex;
    std::deque<Answer> _answers;
    std::vector<HttpRequest> _requests;
};

} // namespace jira_plugin::jira
