#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace jira_plugin::jira {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// One HTTP request with all that decides how it may travel.
struct HttpRequest {
    std::string method = "GET";
    std::string url; ///< absolute, https (http only where the operator allows it)
    Headers headers; ///< beside Host, User-Agent, Accept and Content-Length, which the transport sets
    std::string contentType;
    std::string body;
    /// The operator configured this address, so it may be a private or loopback one whatever the policy says
    /// about addresses that admins type. Link-local and metadata addresses stay refused.
    bool operatorAddress = false;
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;

    /// The first header of that name whatever its case; empty when there is none.
    std::string header(const std::string& name) const;
    /// The media type in lower case and without parameters, e.g. "application/json".
    std::string mediaType() const;
};

/// There is no complete answer. The message is a sentence that names the server and the cause.
class TransportError : public std::runtime_error {
public:
    enum class Kind {
        Policy,
        Dns,
        Connect,
        Tls,
        TlsTime, ///< the certificate is not valid at the time of this machine
        Timeout,
        Cut,
        TooLarge,
        Malformed,
        Stopped
    };

    TransportError(Kind kind, bool requestLeft, const std::string& message, std::string remedy)
        : std::runtime_error(message), _kind(kind), _requestLeft(requestLeft), _remedy(std::move(remedy)) {}

    Kind kind() const { return _kind; }
    /// False: not one byte of the request was sent, so the server cannot have acted on it.
    bool requestLeft() const { return _requestLeft; }
    const std::string& remedy() const { return _remedy; }

private:
    Kind _kind;
    bool _requestLeft;
    std::string _remedy;
};

/// Carries requests to Jira and Atlassian. Safe from any thread.
class Transport {
public:
    virtual ~Transport() = default;

    /// Sends once and reads the whole answer, whatever its status; redirects come back as they are. Throws
    /// TransportError.
    virtual HttpResponse send(const HttpRequest& request) = 0;

    /// Ends requests under way, which throw Kind::Stopped, and refuses later ones.
    virtual void stop() {}
};

} // namespace jira_plugin::jira
