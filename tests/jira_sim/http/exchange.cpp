#include "http/exchange.hpp"

#include <algorithm>

#include <Poco/String.h>
#include <Poco/URI.h>

namespace jira_sim {

namespace {

std::string decode(std::string text, bool plusIsSpace) {
    std::string result;
    if (plusIsSpace)
        std::replace(text.begin(), text.end(), '+', ' ');
    try {
        Poco::URI::decode(text, result);
    } catch (const Poco::Exception&) {
        return text; // a stray percent sign is taken literally
    }
    return result;
}

} // namespace

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        if (end > start)
            parts.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

NameValues parseForm(const std::string& text) {
    NameValues values;
    for (const std::string& pair : split(text, '&')) {
        const std::size_t eq = pair.find('=');
        values.emplace_back(decode(pair.substr(0, eq), true),
                            eq == std::string::npos ? std::string() : decode(pair.substr(eq + 1), true));
    }
    return values;
}

void parseTarget(Request& request, const std::string& target) {
    request.target = target;
    const std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    request.segments.clear();
    for (const std::string& segment : split(request.path, '/'))
        request.segments.push_back(decode(segment, false));
    request.query = mark == std::string::npos ? NameValues() : parseForm(target.substr(mark + 1));
}

std::string Request::header(const std::string& name) const {
    for (const auto& [key, value] : headers)
        if (Poco::icompare(key, name) == 0)
            return value;
    return {};
}

std::optional<std::string> Request::param(const std::string& name) const {
    for (const auto& [key, value] : query)
        if (key == name)
            return value;
    return std::nullopt;
}

std::vector<std::string> Request::params(const std::string& name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : query)
        if (key == name)
            for (const std::string& part : split(value, ','))
                values.push_back(Poco::trim(part));
    return values;
}

std::string Request::mediaType() const {
    const std::string type = header("Content-Type");
    return Poco::toLower(Poco::trim(type.substr(0, type.find(';'))));
}

Response Response::json(int status, const json::Value& body) {
    Response response;
    response.status = status;
    response.body = jira_sim::json::text(body);
    return response;
}

Response Response::empty(int status) {
    Response response;
    response.status = status;
    response.contentType.clear();
    return response;
}

Response Response::html(int status, std::string page) {
    Response response;
    response.status = status;
    response.contentType = "text/html;charset=UTF-8";
    response.body = std::move(page);
    return response;
}

Response Response::redirect(const std::string& location) {
    return Response::empty(302).with("Location", location);
}

Response& Response::with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

std::string percentEncode(const std::string& text) {
    std::string result;
    Poco::URI::encode(text, "!?#/'\",;:$&()[]*+=@%|\\^`{}<>", result);
    return result;
}

std::string htmlEscape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

} // namespace jira_sim
