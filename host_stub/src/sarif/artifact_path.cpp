#include "artifact_path.hpp"

#include <algorithm>
#include <cctype>

#include <Poco/UTF8Encoding.h>

namespace aspm::host::sarif {

namespace {

/// Every path is compared with every base, so there must not be too many.
constexpr std::size_t maxBases = 1000;
constexpr std::size_t maxBaseDepth = 16;

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// The length of the sequence that a lead byte announces; 0 for a byte that cannot start one (RFC 3629).
std::size_t sequenceLength(unsigned char lead) {
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    return lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4);
}

bool isValidUtf8(const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto* bytes = reinterpret_cast<const unsigned char*>(text.data() + i);
        const std::size_t length = sequenceLength(*bytes);
        if (length == 0 || i + length > text.size() ||
            !Poco::UTF8Encoding::isLegal(bytes, static_cast<int>(length)))
            return false;
        i += length;
    }
    return true;
}

/// "file" for "file:///x"; empty for relative references and for "C:/x", whose "scheme" is one letter.
std::string schemeOf(const std::string& uri) {
    std::size_t end = 0;
    while (end < uri.size() && (std::isalnum(static_cast<unsigned char>(uri[end])) || uri[end] == '+' ||
                                uri[end] == '-' || uri[end] == '.'))
        ++end;
    if (end < 2 || end >= uri.size() || uri[end] != ':' || !std::isalpha(static_cast<unsigned char>(uri[0])))
        return {};
    std::string scheme = uri.substr(0, end);
    std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return scheme;
}

/// "file:///C:/a%20b" -> "C:/a b", "file:///a" -> "/a", "file://server/share" -> "//server/share".
std::string pathOfFileUri(const std::string& uri) {
    std::string rest = percentDecode(uri.substr(std::string("file:").size()));
    if (rest.compare(0, 3, "///") == 0)
        rest.erase(0, 2);
    else if (rest.compare(0, 12, "//localhost/") == 0)
        rest.erase(0, 11);
    if (rest.size() > 2 && rest[0] == '/' && std::isalpha(static_cast<unsigned char>(rest[1])) &&
        rest[2] == ':')
        rest.erase(0, 1);
    return normalisePath(rest);
}

std::string withoutCredentials(const std::string& uri) {
    const std::size_t authority = uri.find("://");
    if (authority == std::string::npos)
        return uri;
    const std::size_t end = uri.find_first_of("/?#", authority + 3);
    const std::size_t at = uri.substr(0, end).rfind('@');
    return at == std::string::npos ? uri : uri.substr(0, authority + 3) + uri.substr(at + 1);
}

bool isAbsolute(const std::string& path) {
    return !path.empty() && (path[0] == '/' || (path.size() > 2 && path[1] == ':' && path[2] == '/'));
}

std::string asFolder(const std::string& path) {
    return path.back() == '/' ? path : path + "/";
}

std::string plainPath(const std::string& uri) {
    return schemeOf(uri) == "file" ? pathOfFileUri(uri) : normalisePath(percentDecode(uri));
}

} // namespace

std::string percentDecode(const std::string& text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        const int code = high * 16 + low;
        if (high < 0 || low < 0 || code < 0x20 || code == 0x7F)
            return text;
        decoded += static_cast<char>(code);
        i += 2;
    }
    return isValidUtf8(decoded) ? decoded : text;
}

std::string normalisePath(const std::string& path) {
    std::string text = path;
    std::replace(text.begin(), text.end(), '\\', '/');
    const std::size_t lead = text.compare(0, 2, "//") == 0 ? 2 : (text.empty() || text[0] != '/' ? 0 : 1);
    std::vector<std::string> folders;
    for (std::size_t start = lead; start <= text.size();) {
        const std::size_t end = std::min(text.find('/', start), text.size());
        std::string folder = text.substr(start, end - start);
        start = end + 1;
        const bool goesUp = folder == "..";
        if (folder.empty() || folder == ".")
            continue;
        if (goesUp && !folders.empty() && folders.back() != "..")
            folders.pop_back();
        else if (!goesUp || lead == 0) // nothing lies above the root of an absolute path
            folders.push_back(std::move(folder));
    }
    std::string normal = text.substr(0, lead);
    for (std::size_t i = 0; i < folders.size(); ++i)
        normal += (i > 0 ? "/" : "") + folders[i];
    return normal;
}

UriBases::UriBases(const JsonView& originalUriBaseIds, const JsonView& invocations) {
    if (originalUriBaseIds.memberCount() > maxBases)
        originalUriBaseIds.fail("has more than " + std::to_string(maxBases) + " members");
    if (invocations.size() > maxBases)
        invocations.fail("has more than " + std::to_string(maxBases) + " entries");
    for (std::size_t i = 0; i < originalUriBaseIds.memberCount(); ++i) {
        const JsonView location = originalUriBaseIds.memberAt(i);
        Base base{location.member("uri").text(), location.member("uriBaseId").text()};
        if (!base.uri.empty() && isAbsolute(plainPath(base.uri)))
            _roots.push_back(asFolder(plainPath(base.uri)));
        _bases.emplace(originalUriBaseIds.memberName(i), std::move(base));
    }
    for (std::size_t i = 0; i < invocations.size(); ++i) {
        const std::string folder =
            plainPath(invocations.at(i).member("workingDirectory").member("uri").text());
        if (isAbsolute(folder))
            _roots.push_back(asFolder(folder));
    }
    std::stable_sort(_roots.begin(), _roots.end(),
                     [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::string UriBases::pathFor(const std::string& uri, const std::string& baseId) const {
    if (uri.empty())
        return {};
    const std::string scheme = schemeOf(uri);
    if (!scheme.empty() && scheme != "file")
        return withoutCredentials(uri);
    const std::string path = plainPath(uri);
    if (isAbsolute(path))
        return withoutRoot(path);
    return withoutRoot(normalisePath(relativePrefix(baseId) + path));
}

std::string UriBases::relativePrefix(const std::string& baseId) const {
    std::string prefix;
    std::string id = baseId;
    // Bases may be relative to other bases; where they go round in a circle, it ends at the second visit.
    std::vector<std::string> visited;
    while (!id.empty() && visited.size() < maxBaseDepth) {
        const auto base = _bases.find(id);
        const bool isVisited = std::find(visited.begin(), visited.end(), id) != visited.end();
        if (base == _bases.end() || base->second.uri.empty() || isVisited)
            break;
        visited.push_back(id);
        const std::string folder = plainPath(base->second.uri);
        if (isAbsolute(folder) ||
            !(schemeOf(base->second.uri).empty() || schemeOf(base->second.uri) == "file"))
            break;
        prefix = (folder.empty() ? "" : asFolder(folder)) + prefix;
        id = base->second.parent;
    }
    return prefix;
}

std::string UriBases::withoutRoot(const std::string& absolutePath) const {
    for (const std::string& root : _roots)
        if (absolutePath.size() > root.size() && absolutePath.compare(0, root.size(), root) == 0)
            return absolutePath.substr(root.size());
    return absolutePath;
}

} // namespace aspm::host::sarif
