#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <aspm/http.h>

#include <aspm_host/http.hpp>

namespace aspm::host {

class Invocation;

/// The answer of one request while the plugin writes it on its thread and the host takes it on another.
class Response {
public:
    /// streams: whether flushed parts are wanted before the end.
    explicit Response(bool streams);

    aspm_http_response* table() { return &_table; }

    /// Whom to wake when something was flushed. Set before the plugin is called.
    void setInvocation(std::weak_ptr<Invocation> invocation) { _invocation = std::move(invocation); }

    /// Host: hands what was flushed to the sink.
    void drainTo(HttpSink& sink);

    /// Host: moves what there is into the answer.
    void takeInto(HttpAnswer& answer);

    /// Host: from now on the plugin's writes go nowhere.
    void closeForClient();

private:
    aspm_status setStatus(std::int32_t status);
    aspm_status addHeader(aspm_str name, aspm_str value);
    aspm_status write(aspm_str bytes);
    aspm_status flush();

    bool _streams;
    aspm_http_response _table{};
    std::weak_ptr<Invocation> _invocation;
    std::mutex _mutex;
    std::condition_variable _drained;
    int _status = 200;
    std::vector<HttpHeader> _headers;
    std::string _body;
    std::string _flushed;
    bool _headSent = false; ///< flush was called
    bool _begun = false;    ///< the sink has the head
    bool _gone = false;
};

} // namespace aspm::host
