#pragma once

#include "jira/request_signer.hpp"

#include <string>
#include <vector>

namespace jira_plugin::jira {

/// Signs with a number that counts up, and keeps what it was asked.
class ScriptedSigner : public RequestSigner {
public:
    oauth1::Signature sign(const HttpRequest& request, std::int64_t clockOffsetMs) override {
        urls.push_back(request.url);
        offsets.push_back(clockOffsetMs);
        return {"OAuth signature-" + std::to_string(urls.size()), "GET&base"};
    }
    std::string consumerKey() const override { return "mayo-aspm"; }
    bool renewAfter(const oauth1::Signature& refused) override {
        renewedAfter.push_back(refused.authorization);
        return canRenew;
    }
    void giveUp(const std::string& message, const std::string& remedy) override {
        givenUp = message;
        givenRemedy = remedy;
    }

    bool canRenew = false;
    std::vector<std::string> urls;
    std::vector<std::int64_t> offsets;
    std::vector<std::string> renewedAfter;
    std::string givenUp, givenRemedy;
};

} // namespace jira_plugin::jira
