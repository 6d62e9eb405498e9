#include "world/app_links.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include <Poco/Exception.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include "world/public_key.hpp"

namespace jira_sim {

namespace {

bool isHttpUrl(const std::string& text) {
    try {
        const Poco::URI uri(text);
        return (uri.getScheme() == "http" || uri.getScheme() == "https") && !uri.getHost().empty();
    } catch (const Poco::Exception&) {
        return false;
    }
}

void checkConsumerKey(const std::string& key) {
    if (key.empty())
        throw std::invalid_argument("Consumer Key is required.");
    if (std::any_of(key.begin(), key.end(),
                    [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }))
        throw std::invalid_argument("Consumer Key must be one word without spaces.");
    if (key.size() > 200)
        throw std::invalid_argument("Consumer Key must be at most 200 characters long.");
}

} // namespace

void AppLinks::checkUrl(const std::string& url, const std::string& what) {
    if (!isHttpUrl(url))
        throw std::invalid_argument(what +
                                    " must be an absolute address that begins with http:// or https://.");
}

const AppLink& AppLinks::add(AppLink link) {
    for (std::string* text : {&link.name, &link.url, &link.consumerKey, &link.consumerName, &link.callback})
        Poco::trimInPlace(*text);
    checkUrl(link.url, "Application URL");
    checkConsumerKey(link.consumerKey);
    if (link.consumerName.empty())
        throw std::invalid_argument("Consumer Name is required.");
    if (!link.callback.empty())
        checkUrl(link.callback, "Consumer Callback URL");
    if (byConsumerKey(link.consumerKey) != nullptr)
        throw std::invalid_argument("A consumer with the key '" + link.consumerKey +
                                    "' already exists. Delete its application link first.");
    link.publicKey = readPublicKey(link.publicKey);
    if (link.name.empty())
        link.name = link.consumerName;
    return store(std::move(link));
}

const AppLink& AppLinks::addOutgoing(AppLink link) {
    checkUrl(link.url, "Application URL");
    link.consumerKey.clear();
    return store(std::move(link));
}

const AppLink& AppLinks::store(AppLink link) {
    link.id = _nextId++;
    _links.push_back(std::move(link));
    return _links.back();
}

bool AppLinks::setPublicKey(int id, const std::string& pasted) {
    const auto found =
        std::find_if(_links.begin(), _links.end(), [id](const AppLink& link) { return link.id == id; });
    if (found == _links.end())
        return false;
    found->publicKey = readPublicKey(pasted);
    return true;
}

bool AppLinks::remove(int id) {
    const auto found =
        std::find_if(_links.begin(), _links.end(), [id](const AppLink& link) { return link.id == id; });
    if (found == _links.end())
        return false;
    _links.erase(found);
    return true;
}

const AppLink* AppLinks::byConsumerKey(const std::string& key) const {
    for (const AppLink& link : _links)
        if (link.consumerKey == key)
            return &link;
    return nullptr;
}

} // namespace jira_sim
