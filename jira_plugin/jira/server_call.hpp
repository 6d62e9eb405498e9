#pragma once

#include "request_signer.hpp"
#include "rest_call.hpp"

#include "oauth1/explanation.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace jira_plugin::jira {

/// A Jira Data Center as it and people know it.
struct ServerSite {
    std::string baseUrl; ///< where this platform calls it, with its context path and without '/' at the end
    std::string siteUrl; ///< Jira's own base URL, which people see; the identity of the installation
};

/// Makes calls to one Data Center, REST v2: signs them, and once more where Jira refused only the time, the
/// nonce or an expired token. Data Center tells more by headers than Cloud: a CAPTCHA, or whose login it did
/// not accept.
class ServerCall : public RestCall {
public:
    /// signer: null for calls without a signature, as the first look at a server makes them.
    ServerCall(std::shared_ptr<Transport> transport, std::shared_ptr<RequestSigner> signer, ServerSite site,
               std::function<std::int64_t()> nowMs);

    const ServerSite& site() const { return _site; }

    HttpResponse send(const CallRequest& request) override;
    void throwFor(const HttpResponse& response, const CallRequest& request) const override;

private:
    /// An answer, and why Jira did not accept the signature if it says that.
    struct Attempt {
        oauth1::Signature signature;
        HttpResponse response;
        std::optional<oauth1::Explanation> refused;
    };
    Attempt attempt(const CallRequest& request, RequestSigner* signer) const;
    Attempt attemptAgain(const CallRequest& request, Attempt made);
    Attempt attemptWithOther(const CallRequest& request, Attempt made) const;
    /// Whether the same may be asked again with another signature.
    bool canSignAgain(const Attempt& made);
    std::optional<oauth1::Explanation> refusalOf(const HttpResponse& response,
                                                 const oauth1::Signature& signature) const;

    void requireNoCaptcha(const HttpResponse& response, const CallRequest& request) const;
    void requireJira(const HttpResponse& response, const CallRequest& request) const;
    bool isRefusedInGeneral(const oauth1::Cause& cause) const;
    [[noreturn]] void throwRefused(const oauth1::Cause& cause, const CallRequest& request) const;
    [[noreturn]] void throwUnauthorized(const HttpResponse& response, const CallRequest& request) const;
    [[noreturn]] void giveUp(const std::string& message, const std::string& remedy) const;
    std::string about(const CallRequest& request, const std::string& result) const;

    std::shared_ptr<RequestSigner> _signer;
    ServerSite _site;
    std::atomic<std::int64_t> _clockOffsetMs{0}; ///< learnt when Jira refuses our time
};

} // namespace jira_plugin::jira
