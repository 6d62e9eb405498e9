#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <aspm_host/http.hpp>
#include <aspm_host/problem.hpp>

namespace aspm::host {

/// A request that is answered with an error page or a JSON error.
class HttpError : public Problem {
public:
    HttpError(int status, std::string message, std::string remedy = {})
        : Problem(std::move(message), std::move(remedy)), _status(status) {}
    int status() const { return _status; }

private:
    int _status;
};

/// A signed-in browser.
struct Session {
    std::string organisation;
    std::string user;
    std::string csrf;
};

/// One request of a browser or another system and its answer. Used by one thread.
class Exchange {
public:
    Exchange(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response);

    const std::string& method() const { return _method; }
    bool isSafe() const { return _method == "GET" || _method == "HEAD"; }
    /// As sent, without the query.
    const std::string& path() const { return _path; }
    const std::string& query() const { return _query; }
    /// The path's parts, decoded; no empty ones.
    const std::vector<std::string>& segments() const { return _segments; }
    /// The path from this part on, as sent, beginning with '/'.
    std::string rest(std::size_t segment) const;
    /// The decoded value of a query parameter, or empty. The last one counts.
    std::string parameter(const std::string& name) const;

    std::string header(const std::string& name) const;
    std::string cookie(const std::string& name) const;
    std::vector<HttpHeader> headers() const;
    std::string peer() const;
    bool wantsJson() const;

    /// Reads the body, once. Throws HttpError 413 when it is larger.
    const std::string& body(std::size_t most = std::size_t{1024} * 1024);
    /// Fields of a form, decoded, in their order.
    const std::vector<std::pair<std::string, std::string>>& form();
    std::string field(const std::string& name);

    std::optional<Session> session;

    // The answer. Headers first, then exactly one of these.
    void setHeader(const std::string& name, const std::string& value);
    void setCookie(const std::string& name, const std::string& value, bool secure);
    void send(int status, const std::string& type, const std::string& body);
    void redirect(const std::string& location);
    /// For answers that grow: head, then pieces. False once the client is gone.
    bool begin(int status, const std::string& type);
    bool write(std::string_view bytes);

    bool isSent() const { return _sent; }
    Poco::Net::HTTPServerResponse& raw() { return _response; }

private:
    void discardBody();
    void addDefaultHeaders();

    Poco::Net::HTTPServerRequest& _request;
    Poco::Net::HTTPServerResponse& _response;
    std::string _method;
    std::string _path;
    std::string _query;
    std::vector<std::string> _segments;
    std::vector<std::size_t> _segmentStarts;
    std::map<std::string, std::string> _parameters;
    std::optional<std::string> _body;
    std::optional<std::vector<std::pair<std::string, std::string>>> _form;
    std::ostream* _stream = nullptr;
    bool _sent = false;
};

/// Percent-decoding; plusAsSpace for forms and queries.
std::string urlDecode(const std::string& text, bool plusAsSpace);
std::string urlEncode(const std::string& text);

} // namespace aspm::host
