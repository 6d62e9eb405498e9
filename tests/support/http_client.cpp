#include "http_client.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPCookie.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/StreamCopier.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include <memory>

namespace test_support {

namespace {

std::unique_ptr<Poco::Net::HTTPClientSession> sessionTo(const std::string& baseUrl,
                                                        const std::filesystem::path& caFile) {
    const Poco::URI uri(baseUrl);
    std::unique_ptr<Poco::Net::HTTPClientSession> session;
    if (uri.getScheme() == "https") {
        // Else the last context to go has OpenSSL's configuration freed, while another thread sets it up.
        static const bool isKept = (Poco::Net::initializeSSL(), true);
        static_cast<void>(isKept);
        const Poco::Net::Context::Ptr context =
            new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "", "", caFile.string(),
                                   Poco::Net::Context::VERIFY_STRICT, 9, caFile.empty());
        session = std::make_unique<Poco::Net::HTTPSClientSession>(uri.getHost(), uri.getPort(), context);
    } else {
        session = std::make_unique<Poco::Net::HTTPClientSession>(uri.getHost(), uri.getPort());
    }
    session->setTimeout(Poco::Timespan(60, 0));
    return session;
}

std::string encoded(const std::string& text) {
    std::string out;
    Poco::URI::encode(text, "!*'();:@&=+$,/?#[]", out);
    return out;
}

} // namespace

std::string HttpResponse::header(const std::string& lowerCaseName) const {
    const auto found = headers.find(lowerCaseName);
    return found == headers.end() ? "" : found->second;
}

HttpClient::HttpClient(std::string baseUrl, std::filesystem::path caFile)
    : _baseUrl(std::move(baseUrl)), _caFile(std::move(caFile)) {}

HttpResponse HttpClient::get(const std::string& path) {
    return send("GET", path);
}
HttpResponse HttpClient::remove(const std::string& path) {
    return send("DELETE", path);
}

HttpResponse HttpClient::post(const std::string& path, const std::string& json) {
    return send("POST", path, json, "application/json");
}

HttpResponse HttpClient::put(const std::string& path, const std::string& json) {
    return send("PUT", path, json, "application/json");
}

HttpResponse HttpClient::submit(const std::string& path, const std::map<std::string, std::string>& fields) {
    std::string body;
    for (const auto& [name, value] : fields) {
        body += (body.empty() ? "" : "&") + encoded(name) + "=" + encoded(value);
    }
    return send("POST", path, body, "application/x-www-form-urlencoded");
}

HttpResponse HttpClient::send(const std::string& method, const std::string& path, const std::string& body,
                              const std::string& contentType) {
    const auto session = sessionTo(_baseUrl, _caFile);
    Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
    for (const auto& [name, value] : _headers) {
        request.set(name, value);
    }
    Poco::Net::NameValueCollection cookies;
    for (const auto& [name, value] : _cookies) {
        cookies.add(name, value);
    }
    if (!cookies.empty()) {
        request.setCookies(cookies);
    }
    request.setKeepAlive(false);
    if (!contentType.empty()) {
        request.setContentType(contentType);
    }
    if (!body.empty() || method == "POST" || method == "PUT") {
        request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    }
    session->sendRequest(request) << body << std::flush;

    Poco::Net::HTTPResponse answer;
    HttpResponse response;
    Poco::StreamCopier::copyToString(session->receiveResponse(answer), response.body);
    response.status = static_cast<int>(answer.getStatus());
    for (const auto& [name, value] : answer) {
        response.headers[Poco::toLower(name)] = value;
    }
    std::vector<Poco::Net::HTTPCookie> received;
    answer.getCookies(received);
    for (const auto& cookie : received) {
        _cookies[cookie.getName()] = cookie.getValue();
    }
    return response;
}

std::string pathOf(const std::string& url) {
    return Poco::URI(url).getPathAndQuery();
}

std::string originOf(const std::string& url) {
    const Poco::URI uri(url);
    return uri.getScheme() + "://" + uri.getAuthority();
}

std::string queryValue(const std::string& url, const std::string& name) {
    for (const auto& [key, value] : Poco::URI(url).getQueryParameters()) {
        if (key == name) {
            return value;
        }
    }
    return "";
}

} // namespace test_support
