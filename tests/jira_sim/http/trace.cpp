#include "http/trace.hpp"

#include <algorithm>
#include <stdexcept>

#include "http/redact.hpp"
#include "world/clock.hpp"

namespace jira_sim {

namespace {

std::string quoted(const std::string& text) {
    return json::text(json::Value(text));
}

std::string headersJson(const NameValues& headers) {
    json::ObjectPtr object = json::object();
    for (const auto& [name, value] : headers)
        object->set(name, redact::header(name, value));
    return json::text(object);
}

/// Text that is no UTF-8 would make the whole line unreadable.
std::string readable(const std::string& text) {
    if (json::isUtf8(text))
        return text;
    std::string ascii = text;
    std::replace_if(
        ascii.begin(), ascii.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    return ascii;
}

/// Bodies with tokens, codes and secrets occur at the auth host and where webhooks are registered; all others
/// are kept as they came.
bool holdsSecrets(const Request& request) {
    return request.path.rfind("/oauth/token", 0) == 0 || request.path.rfind("/authorize", 0) == 0 ||
           request.path.find("/plugins/servlet/oauth/") != std::string::npos ||
           request.path.find("/rest/jira-webhook/") != std::string::npos;
}

/// The body as JSON value where it is JSON, else as a JSON string. `valid`: known to be JSON.
std::string bodyJson(const std::string& body, const std::string& mediaType, bool valid, bool secrets) {
    if (body.empty())
        return "null";
    if (mediaType == "application/x-www-form-urlencoded")
        return quoted(redact::target("?" + readable(body)).substr(1));
    if (mediaType.find("json") == std::string::npos || !json::isUtf8(body))
        return quoted(secrets ? "[withheld: may hold a secret]" : readable(body));
    if (valid && !secrets) {
        std::string line = body; // a line feed can only be white space in valid JSON
        std::replace_if(
            line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
        return line;
    }
    try {
        const json::Value parsed = json::parse(body);
        return json::text(secrets ? redact::document(parsed) : parsed);
    } catch (const json::ParseError&) {
        return quoted(secrets ? "[withheld: may hold a secret]" : readable(body));
    }
}

std::string mediaTypeOf(const std::string& contentType) {
    return contentType.substr(0, contentType.find(';'));
}

const char* deliveryName(Delivery delivery) {
    return delivery == Delivery::Cut ? "cut" : delivery == Delivery::Truncate ? "truncated" : "complete";
}

} // namespace

Trace::Trace(const std::string& path) : _path(path) {
    if (path.empty())
        return;
    _out.open(path, std::ios::trunc);
    if (!_out)
        throw std::runtime_error("cannot write " + path + "; choose another place with --trace");
}

void Trace::record(const Request& request, const Response& response, const std::string& route,
                   std::int64_t atMs, std::int64_t tookUs) {
    std::string line;
    if (!_path.empty()) {
        const bool secrets = holdsSecrets(request);
        const bool isPage = response.contentType.rfind("text/html", 0) == 0;
        NameValues headers = response.headers;
        if (!response.contentType.empty())
            headers.emplace(headers.begin(), "Content-Type", response.contentType);
        line = "{\"time\":\"" + jiraDateTime(atMs) + "\",\"tookUs\":" + std::to_string(tookUs) +
               ",\"method\":" + quoted(request.method) +
               ",\"path\":" + quoted(redact::target(readable(request.target))) +
               ",\"route\":" + quoted(route) + ",\"headers\":" + headersJson(request.headers) +
               ",\"requestBody\":" + bodyJson(request.body, request.mediaType(), request.hasJson, secrets) +
               ",\"status\":" + std::to_string(response.status) +
               ",\"responseHeaders\":" + headersJson(headers) + ",\"responseBody\":" +
               bodyJson(response.body, mediaTypeOf(response.contentType), true, secrets && !isPage) +
               ",\"delivery\":\"" + deliveryName(response.delivery) + "\"}\n";
    }
    const std::lock_guard<std::mutex> lock(_mutex);
    ++_counts[route];
    if (!line.empty())
        _out << line << std::flush;
}

void Trace::clear() {
    const std::lock_guard<std::mutex> lock(_mutex);
    _counts.clear();
    if (_path.empty())
        return;
    _out.close();
    _out.open(_path, std::ios::trunc);
}

std::map<std::string, std::int64_t> Trace::counts() const {
    const std::lock_guard<std::mutex> lock(_mutex);
    return _counts;
}

} // namespace jira_sim
