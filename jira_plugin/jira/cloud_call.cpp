#include "cloud_call.hpp"

namespace jira_plugin::jira {

CloudCall::CloudCall(std::shared_ptr<Transport> transport, std::shared_ptr<TokenSource> tokens,
                     CloudSite site, std::function<std::int64_t()> nowMs)
    : RestCall(std::move(transport), site.siteUrl, std::move(nowMs)), _tokens(std::move(tokens)),
      _site(std::move(site)) {}

HttpResponse CloudCall::sendWith(const std::string& token, const CallRequest& request) const {
    HttpRequest http;
    http.method = request.method;
    http.url = _site.apiUrl + "/ex/jira/" + segment(_site.cloudId) +
               (request.root.empty() ? "/rest/api/3" : request.root) + request.path;
    http.headers.emplace_back("Authorization", "Bearer " + token);
    http.operatorAddress = true;
    if (!request.body.empty()) {
        http.contentType = "application/json";
        http.body = request.body;
    }
    return transmit(http, request);
}

HttpResponse CloudCall::send(const CallRequest& request) {
    const std::string token = _tokens->token();
    HttpResponse response = sendWith(token, request);
    Verdict verdict = judge(response, request);
    if (verdict.kind == Verdict::Kind::TokenRefused) {
        // A refused token did nothing, so even a call that creates may be made again. Once: no loop.
        response = sendWith(_tokens->tokenAfter(token), request);
        verdict = judge(response, request);
    }
    if (verdict.kind == Verdict::Kind::TokenRefused) {
        _tokens->checkGrant(verdict.message, verdict.remedy);
    }
    if (verdict.kind == Verdict::Kind::ScopeMissing) {
        _tokens->giveUp(verdict.message, verdict.remedy);
    }
    throwUnlessSuccess(verdict);
    return response;
}

} // namespace jira_plugin::jira
