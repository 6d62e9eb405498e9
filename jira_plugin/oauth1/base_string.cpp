#include "base_string.hpp"

#include <algorithm>
#include <stdexcept>

#include <Poco/String.h>

namespace jira_plugin::oauth1 {
namespace {

/// "host", "host:8443" or "[::1]:8443" in lower case, without a user name and without the scheme's own port.
std::string authorityOf(const std::string& scheme, std::string authority) {
    authority = Poco::toLower(authority.substr(authority.rfind('@') + 1));
    const std::size_t colon = authority.rfind(':');
    const bool hasPort = colon != std::string::npos && authority.find(']', colon) == std::string::npos;
    const std::string port = hasPort ? authority.substr(colon + 1) : "";
    const std::string host = hasPort ? authority.substr(0, colon) : authority;
    if (host.empty() || port.find_first_not_of("0123456789") != std::string::npos)
        throw std::invalid_argument("An address without a valid host and port cannot be signed.");
    return port.empty() || port == (scheme == "https" ? "443" : "80") ? host : host + ":" + port;
}

std::string queryOf(const std::string& url) {
    const std::string beforeFragment = url.substr(0, url.find('#'));
    const std::size_t mark = beforeFragment.find('?');
    return mark == std::string::npos ? std::string{} : beforeFragment.substr(mark + 1);
}

bool isForm(const std::string& contentType) {
    return Poco::icompare(Poco::trim(contentType.substr(0, contentType.find(';'))),
                          "application/x-www-form-urlencoded") == 0;
}

} // namespace

std::string baseStringUri(const std::string& url) {
    const std::size_t mark = url.find("://");
    const std::string scheme = Poco::toLower(url.substr(0, mark));
    if (mark == std::string::npos || (scheme != "http" && scheme != "https"))
        throw std::invalid_argument("Only requests to an http or https address can be signed.");
    const std::size_t host = mark + 3;
    const std::size_t path = std::min(url.find_first_of("/?#", host), url.size());
    const std::size_t end = std::min(url.find_first_of("?#", path), url.size());
    return scheme + "://" + authorityOf(scheme, url.substr(host, path - host)) +
           (end == path ? "/" : url.substr(path, end - path));
}

std::string normalisedParameters(const Parameters& parameters) {
    Parameters encoded;
    encoded.reserve(parameters.size());
    for (const auto& [name, value] : parameters)
        if (name != "oauth_signature")
            encoded.emplace_back(percentEncoded(name), percentEncoded(value));
    std::sort(encoded.begin(), encoded.end());
    std::string text;
    for (const auto& [name, value] : encoded)
        text += (text.empty() ? "" : "&") + name + "=" + value;
    return text;
}

Parameters requestParameters(const jira::HttpRequest& request) {
    Parameters parameters = parseForm(queryOf(request.url));
    if (isForm(request.contentType))
        for (auto& parameter : parseForm(request.body))
            parameters.push_back(std::move(parameter));
    return parameters;
}

std::string signatureBaseString(const jira::HttpRequest& request, const Parameters& protocolParameters) {
    Parameters all = requestParameters(request);
    all.insert(all.end(), protocolParameters.begin(), protocolParameters.end());
    return percentEncoded(Poco::toUpper(request.method)) + "&" + percentEncoded(baseStringUri(request.url)) +
           "&" + percentEncoded(normalisedParameters(all));
}

} // namespace jira_plugin::oauth1
