#pragma once

#include "rest_call.hpp"
#include "token_source.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace jira_plugin::jira {

/// A Jira Cloud site as the gateway and people know it.
struct CloudSite {
    std::string apiUrl;  ///< base of the gateway, e.g. https://api.atlassian.com
    std::string cloudId; ///< the site's stable identity
    std::string siteUrl; ///< e.g. https://acme.atlassian.net: what people see
};

/// Makes calls to one Cloud site, REST v3: with a bearer token, one renewed token on 401.
class CloudCall : public RestCall {
public:
    CloudCall(std::shared_ptr<Transport> transport, std::shared_ptr<TokenSource> tokens, CloudSite site,
              std::function<std::int64_t()> nowMs);

    const CloudSite& site() const { return _site; }

    HttpResponse send(const CallRequest& request) override;

private:
    HttpResponse sendWith(const std::string& token, const CallRequest& request) const;

    std::shared_ptr<TokenSource> _tokens;
    CloudSite _site;
};

} // namespace jira_plugin::jira
