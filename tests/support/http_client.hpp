#pragma once

#include "json.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace test_support {

/// An HTTP answer. Header names are in lower case; of a repeated header the last stays.
struct HttpResponse {
    int status = 0;
    std::map<std::string, std::string> headers;
    std::string body;

    Json json() const { return Json::parse(body); }
    /// The header's value, empty when it is not there.
    std::string header(const std::string& lowerCaseName) const;
};

/// A small browser without pages: keeps cookies, sends what it is told, never follows a redirect by itself.
/// One connection per request. Not safe for use by several threads.
class HttpClient {
public:
    /// `baseUrl` is http or https with host and port. `caFile` holds the only authorities that are trusted
    /// for https; the server's name is verified.
    explicit HttpClient(std::string baseUrl, std::filesystem::path caFile = {});

    const std::string& baseUrl() const { return _baseUrl; }

    /// Sent with every request from now on.
    void setHeader(const std::string& name, const std::string& value) { _headers[name] = value; }
    const std::map<std::string, std::string>& cookies() const { return _cookies; }
    void setCookie(const std::string& name, const std::string& value) { _cookies[name] = value; }

    HttpResponse get(const std::string& path);
    /// A JSON body.
    HttpResponse post(const std::string& path, const std::string& json = "{}");
    HttpResponse put(const std::string& path, const std::string& json);
    HttpResponse remove(const std::string& path);
    /// What a page's form sends: the fields, percent-encoded.
    HttpResponse submit(const std::string& path, const std::map<std::string, std::string>& fields);

    /// Throws Poco::Exception when there is no answer: refused, cut, not trusted, or silent for a minute.
    HttpResponse send(const std::string& method, const std::string& path, const std::string& body = "",
                      const std::string& contentType = "");

private:
    std::string _baseUrl;
    std::filesystem::path _caFile;
    std::map<std::string, std::string> _headers;
    std::map<std::string, std::string> _cookies;
};

/// The path and query of a URL.
std::string pathOf(const std::string& url);

/// The part of a URL that a client is made with: scheme, host and port.
std::string originOf(const std::string& url);

/// The decoded value of a query parameter of a URL, empty when it is not there.
std::string queryValue(const std::string& url, const std::string& name);

} // namespace test_support
