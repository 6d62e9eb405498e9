#include "exchange.hpp"

#include <istream>

#include <Poco/Net/HTTPCookie.h>
#include <Poco/Net/NameValueCollection.h>
#include <Poco/String.h>

namespace aspm::host {

namespace {

constexpr std::size_t mostUriBytes = 8192;
// Of a body that is refused; a client that sends more has its connection cut.
constexpr std::size_t mostDiscarded = std::size_t{16} * 1024 * 1024;

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::vector<std::pair<std::string, std::string>> pairs(const std::string& text) {
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(text.find('&', at), text.size());
        std::string part = text.substr(at, end - at);
        std::size_t equals = part.find('=');
        if (!part.empty())
            out.emplace_back(urlDecode(part.substr(0, equals), true),
                             equals == std::string::npos ? "" : urlDecode(part.substr(equals + 1), true));
        at = end + 1;
    }
    return out;
}

} // namespace

std::string urlDecode(const std::string& text, bool plusAsSpace) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += plusAsSpace && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::string urlEncode(const std::string& text) {
    static const char digits[] = "0123456789ABCDEF";
    std::string out;
    for (unsigned char c : text) {
        if (std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_' || c == '~') {
            out += static_cast<char>(c);
        } else {
            out += '%';
            out += digits[c >> 4];
            out += digits[c & 15];
        }
    }
    return out;
}

Exchange::Exchange(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response)
    : _request(request), _response(response), _method(request.getMethod()) {
    const std::string& uri = request.getURI();
    if (uri.size() > mostUriBytes)
        throw HttpError(414, "The address of this request is too long.");
    if (uri.empty() || uri.front() != '/')
        throw HttpError(400, "The address of this request does not begin with '/'.");
    std::size_t mark = uri.find('?');
    _path = uri.substr(0, mark);
    _query = mark == std::string::npos ? "" : uri.substr(mark + 1);
    for (const auto& [name, value] : pairs(_query))
        _parameters[name] = value;
    for (std::size_t at = 1; at < _path.size();) {
        std::size_t end = std::min(_path.find('/', at), _path.size());
        if (end > at) {
            _segments.push_back(urlDecode(_path.substr(at, end - at), false));
            _segmentStarts.push_back(at);
        }
        at = end + 1;
    }
}

std::string Exchange::rest(std::size_t segment) const {
    if (segment < _segmentStarts.size())
        return _path.substr(_segmentStarts[segment] - 1);
    return "/";
}

std::string Exchange::parameter(const std::string& name) const {
    auto found = _parameters.find(name);
    return found == _parameters.end() ? std::string() : found->second;
}

std::string Exchange::header(const std::string& name) const {
    return _request.get(name, "");
}

std::string Exchange::cookie(const std::string& name) const {
    Poco::Net::NameValueCollection cookies;
    _request.getCookies(cookies);
    return cookies.get(name, "");
}

std::vector<HttpHeader> Exchange::headers() const {
    std::vector<HttpHeader> out;
    for (const auto& [name, value] : _request)
        out.push_back({name, value});
    return out;
}

std::string Exchange::peer() const {
    return _request.clientAddress().host().toString();
}

bool Exchange::wantsJson() const {
    return header("Accept").find("application/json") != std::string::npos ||
           header("Content-Type").find("application/json") != std::string::npos;
}

const std::string& Exchange::body(std::size_t most) {
    auto tooLarge = [&] {
        return HttpError(413, "The request is larger than " + std::to_string(most) + " bytes.",
                         "Send less at a time.");
    };
    if (_body) {
        if (_body->size() > most)
            throw tooLarge();
        return *_body;
    }
    if (_request.hasContentLength() && _request.getContentLength64() > static_cast<Poco::Int64>(most)) {
        throw tooLarge();
    }
    std::string bytes;
    std::istream& in = _request.stream();
    char buffer[16384];
    while (in.read(buffer, sizeof(buffer)), in.gcount() > 0) {
        if (bytes.size() + static_cast<std::size_t>(in.gcount()) > most)
            throw tooLarge();
        bytes.append(buffer, static_cast<std::size_t>(in.gcount()));
    }
    _body = std::move(bytes);
    return *_body;
}

const std::vector<std::pair<std::string, std::string>>& Exchange::form() {
    if (!_form) {
        bool isForm = Poco::icompare(header("Content-Type"), 0, 33, "application/x-www-form-urlencoded") == 0;
        _form = isForm ? pairs(body()) : std::vector<std::pair<std::string, std::string>>{};
    }
    return *_form;
}

std::string Exchange::field(const std::string& name) {
    for (const auto& [key, value] : form())
        if (key == name)
            return value;
    return {};
}

void Exchange::setHeader(const std::string& name, const std::string& value) {
    _response.set(name, value);
}

void Exchange::setCookie(const std::string& name, const std::string& value, bool secure) {
    _response.add("Set-Cookie",
                  name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : ""));
}

// What is left of a body that nobody wanted would be taken for the next request on this connection; and a
// connection that is closed over bytes that were not read is reset, which takes the answer from a client that
// is still sending.
void Exchange::discardBody() {
    _response.setKeepAlive(false);
    std::istream& in = _request.stream();
    char buffer[16384];
    std::size_t discarded = 0;
    while (discarded < mostDiscarded && (in.read(buffer, sizeof(buffer)), in.gcount() > 0))
        discarded += static_cast<std::size_t>(in.gcount());
}

void Exchange::addDefaultHeaders() {
    const bool hasBody = _request.getChunkedTransferEncoding() || _request.getContentLength64() > 0;
    if (!_body && hasBody)
        discardBody();
    const std::pair<const char*, const char*> defaults[] = {
        {"Content-Security-Policy",
         "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
         "frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "same-origin"},
        {"Cache-Control", "no-store"},
    };
    for (const auto& [name, value] : defaults)
        if (!_response.has(name))
            _response.set(name, value);
}

void Exchange::send(int status, const std::string& type, const std::string& content) {
    addDefaultHeaders();
    _response.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status));
    if (status != 204 && status != 304) {
        if (!_response.has("Content-Type") && !type.empty())
            _response.setContentType(type);
        _response.setContentLength64(static_cast<Poco::Int64>(content.size()));
    }
    _sent = true;
    std::ostream& out = _response.send();
    if (_method != "HEAD" && status != 204 && status != 304)
        out << content;
    out.flush();
}

void Exchange::redirect(const std::string& location) {
    _response.set("Location", location);
    send(303, "", "");
}

bool Exchange::begin(int status, const std::string& type) {
    addDefaultHeaders();
    _response.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status));
    if (!_response.has("Content-Type") && !type.empty())
        _response.setContentType(type);
    _response.setChunkedTransferEncoding(true);
    _response.setKeepAlive(false);
    _sent = true;
    _stream = &_response.send();
    return _stream->good();
}

bool Exchange::write(std::string_view bytes) {
    if (_method == "HEAD")
        return true;
    try {
        _stream->write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        _stream->flush();
        return _stream->good();
    } catch (const std::exception&) {
        return false;
    }
}

} // namespace aspm::host
