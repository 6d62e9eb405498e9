#pragma once

#include "classify.hpp"
#include "token_source.hpp"
#include "transport.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// A Jira Cloud site as the gateway and people know it.
struct CloudSite {
    std::string apiUrl;  ///< base of the gateway, e.g. https://api.atlassian.com
    std::string cloudId; ///< the site's stable identity
    std::string siteUrl; ///< e.g. https://acme.atlassian.net: what people see
};

/// One call to be made.
struct CallRequest {
    std::string method = "GET";
    std::string path; ///< below /rest/api/3, encoded, with query
    std::string body; ///< JSON; empty: none
    std::string what; ///< "list projects", for messages
    std::string scope = "read:jira-work";
    Effect effect = Effect::Read;
    /// Statuses beside 2xx that the caller reads itself.
    std::vector<int> expected = {};
};

/// Makes calls to one Cloud site: address, token, one renewed token on 401, judgement of the answer. Safe
/// from any thread.
class CloudCall {
public:
    CloudCall(std::shared_ptr<Transport> transport, std::shared_ptr<TokenSource> tokens, CloudSite site,
              std::function<std::int64_t()> nowMs);

    const CloudSite& site() const { return _site; }

    /// The answer of a success or of an expected status. Throws the types of errors.hpp.
    HttpResponse send(const CallRequest& request);
    /// The same for a call that answers a JSON object.
    Poco::JSON::Object::Ptr object(const CallRequest& request);

    /// Throws the error for an answer of an expected status that turned out not to be the expected one.
    void throwFor(const HttpResponse& response, const CallRequest& request) const;

    /// The error for an answer that is JSON but not what was asked for.
    [[noreturn]] void throwUnreadable(const CallRequest& request) const;

private:
    HttpResponse sendWith(const std::string& token, const CallRequest& request) const;
    Verdict judge(const HttpResponse& response, const CallRequest& request) const;
    CallContext contextOf(const CallRequest& request) const;

    std::shared_ptr<Transport> _transport;
    std::shared_ptr<TokenSource> _tokens;
    CloudSite _site;
    std::string _siteName;
    std::function<std::int64_t()> _nowMs;
};

/// "?a=1&b=x%20y" of the pairs whose value is not empty.
std::string queryString(const std::vector<std::pair<std::string, std::string>>& parameters);
/// One segment of a path, encoded.
std::string segment(const std::string& text);

} // namespace jira_plugin::jira
