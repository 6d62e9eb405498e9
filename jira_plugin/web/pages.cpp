#include "pages.hpp"

#include "embedded.hpp"

#include <Poco/DigestEngine.h>
#include <Poco/Exception.h>
#include <Poco/SHA1Engine.h>
#include <Poco/URI.h>

#include <map>
#include <set>

namespace jira_plugin::web {
namespace {

using settings::Request;
using settings::Response;

constexpr const char* policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

Response make(int status, const char* contentType, const std::string& cacheControl, std::string body) {
    return {status,
            {{"Content-Type", contentType},
             {"Cache-Control", cacheControl},
             {"Content-Security-Policy", policy},
             {"X-Content-Type-Options", "nosniff"},
             {"Referrer-Policy", "same-origin"}},
            std::move(body)};
}

std::string digestOf(const std::string& text) {
    Poco::SHA1Engine engine;
    engine.update(text);
    return Poco::DigestEngine::digestToHex(engine.digest());
}

/// The browser asks again each time and gets 304 while the library is the same.
Response asset(const Request& request, const char* contentType, const std::string& text) {
    const std::string etag = "\"" + digestOf(text).substr(0, 20) + "\"";
    const bool unchanged = request.header("If-None-Match").find(etag) != std::string::npos;
    Response response =
        make(unchanged ? 304 : 200, contentType, "no-cache", unchanged ? std::string{} : text);
    response.headers.emplace_back("ETag", etag);
    return response;
}

const std::string assetsPrefix = "/assets/";

const char* contentTypeOf(const std::string& name) {
    const std::string ending = name.substr(name.rfind('.') + 1);
    if (ending == "css")
        return "text/css; charset=utf-8";
    if (ending == "svg")
        return "image/svg+xml";
    return "text/javascript; charset=utf-8";
}

/// The addresses that the browser's own router serves: all of them are the one page.
bool isPageAddress(const std::string& path) {
    static const std::set<std::string> pages{"",      "/",     "/connect",  "/projects",       "/fields",
                                             "/sync", "/test", "/activity", "/troubleshooting"};
    if (pages.count(path) != 0)
        return true;
    for (const std::string above : {"/authorize/", "/finding/"})
        if (path.size() > above.size() && path.compare(0, above.size(), above) == 0)
            return path.find('/', above.size()) == std::string::npos;
    return false;
}

/// Somebody followed a link that leads nowhere: the pages say so better than JSON does.
bool isBrowsing(const Request& request) {
    return request.path.compare(0, 5, "/api/") != 0 &&
           request.header("Accept").find("text/html") != std::string::npos;
}

void replaceAll(std::string& text, const std::string& what, const std::string& with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

/// Pages name their assets from the mount, whether or not the address ends in '/'.
std::string mountPath(const Request& request) {
    try {
        return Poco::URI(request.mountUrl).getPath();
    } catch (const Poco::Exception&) {
        return {};
    }
}

Response htmlPage(const Request& request, int status, std::string html) {
    replaceAll(html, "{{mount}}", escapeHtml(mountPath(request)));
    return make(status, "text/html; charset=utf-8", "no-store", std::move(html));
}

constexpr const char* callbackHtml = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{title}}</title>
<link rel="stylesheet" href="{{mount}}/assets/style.css">
<script type="module" src="{{mount}}/assets/callback.js"></script>
</head>
<body data-result="{{result}}" data-message="{{message}}" data-remedy="{{remedy}}" data-next="{{next}}">
<main>
<section class="card">
<h1>{{title}}</h1>
<p class="notice">{{message}}</p>
<p>{{remedy}}</p>
<p><a class="button" href="{{next}}">Back to the Jira settings</a></p>
</section>
</main>
</body>
</html>
)";

/// Fills the {{names}} in one go: nothing is looked for in what was filled in, which is other people's words.
std::string filled(const std::string& html, const std::map<std::string, std::string>& values) {
    std::string out;
    std::size_t at = 0;
    for (std::size_t open = html.find("{{"); open != std::string::npos; open = html.find("{{", at)) {
        const std::size_t close = html.find("}}", open);
        out += html.substr(at, open - at) + escapeHtml(values.at(html.substr(open + 2, close - open - 2)));
        at = close + 2;
    }
    return out + html.substr(at);
}

std::string callbackTitle(int status, const std::string& result) {
    if (status >= 400)
        return "Jira was not connected";
    return result == "choose_site" || result == "confirm_other_site" ? "One more step" : "Jira is connected";
}

} // namespace

std::string escapeHtml(const std::string& text) {
    std::string out;
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
            out.push_back(c);
        }
    }
    return out;
}

std::optional<Response> page(const Request& request) {
    if (request.method != "GET")
        return std::nullopt;
    if (isPageAddress(request.path))
        return htmlPage(request, 200, embedded::indexHtml());
    if (request.path.compare(0, assetsPrefix.size(), assetsPrefix) != 0)
        return isBrowsing(request) ? std::optional<Response>(htmlPage(request, 404, embedded::indexHtml()))
                                   : std::nullopt;
    const auto found = embedded::assets().find(request.path.substr(assetsPrefix.size()));
    if (found == embedded::assets().end())
        return std::nullopt;
    return asset(request, contentTypeOf(found->first), found->second);
}

Response callbackPage(const Request& request, int status, const std::string& result,
                      const std::string& message, const std::string& remedy, const std::string& next) {
    return make(status, "text/html; charset=utf-8", "no-store",
                filled(callbackHtml, {{"title", callbackTitle(status, result)},
                                      {"mount", mountPath(request)},
                                      {"result", result},
                                      {"message", message},
                                      {"remedy", remedy},
                                      {"next", next}}));
}

} // namespace jira_plugin::web
