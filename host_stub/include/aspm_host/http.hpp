#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <aspm_host/model.hpp>

namespace aspm::host {

struct HttpHeader {
    std::string name;
    std::string value;
};

/// A request to a settings page or a webhook route, see aspm_http_request.
struct HttpRequest {
    std::string method = "GET";
    std::string path = "/"; ///< below the mount, not decoded
    std::string query;
    std::string body;
    std::vector<HttpHeader> headers;
    std::string mountUrl;
    std::string organisation;
    std::string peer;
    std::optional<Principal> principal; ///< settings pages only
};

/// What a hook said about itself when it ended.
struct HookResult {
    aspm_status status = ASPM_OK;
    std::string message;
    std::string remedy;
    std::int64_t retryAfterMs = 0;

    bool ok() const { return status == ASPM_OK; }
};

/// A plugin's answer to a request.
struct HttpAnswer {
    HookResult result;
    int status = 200;
    std::vector<HttpHeader> headers;
    std::string body;      ///< what was not flushed to a sink
    bool streamed = false; ///< the head went to the sink already

    /// The first header of this name, compared without case, or empty.
    std::string header(std::string_view name) const;
};

/// Takes an answer while it grows. Called on the thread that waits for the answer.
class HttpSink {
public:
    virtual ~HttpSink() = default;
    /// Both answer false once the client is gone.
    virtual bool begin(int status, const std::vector<HttpHeader>& headers) = 0;
    virtual bool write(std::string_view bytes) = 0;
};

} // namespace aspm::host
