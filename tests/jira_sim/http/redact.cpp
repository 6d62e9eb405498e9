#include "http/redact.hpp"

#include <set>

#include <Poco/String.h>

namespace jira_sim::redact {

namespace {

const std::string hidden = "[redacted]";

bool isSecretName(const std::string& name) {
    static const std::set<std::string> names = {"access_token",   "refresh_token", "id_token",
                                                "client_secret",  "code",          "password",
                                                "secret",         "oauth_token",   "oauth_token_secret",
                                                "oauth_verifier", "code_verifier", "oauth_session_handle"};
    return names.count(Poco::toLower(name)) != 0;
}

} // namespace

std::string target(const std::string& text) {
    const std::size_t mark = text.find('?');
    if (mark == std::string::npos)
        return text;
    std::string result = text.substr(0, mark);
    char joint = '?';
    for (const std::string& pair : split(text.substr(mark + 1), '&')) {
        const std::size_t eq = pair.find('=');
        result += joint;
        result += isSecretName(pair.substr(0, eq)) ? pair.substr(0, eq) + "=" + hidden : pair;
        joint = '&';
    }
    return result;
}

std::string header(const std::string& name, const std::string& value) {
    static const std::set<std::string> secrets = {"authorization", "proxy-authorization", "cookie",
                                                  "set-cookie", "x-hub-signature"};
    if (secrets.count(Poco::toLower(name)) != 0)
        return hidden;
    return Poco::icompare(name, "Location") == 0 || Poco::icompare(name, "Referer") == 0 ? target(value)
                                                                                         : value;
}

json::Value document(const json::Value& value) {
    if (json::ObjectPtr object = json::asObject(value)) {
        json::ObjectPtr copy = json::object();
        for (const auto& [name, item] : *object) // a number named `code` is the gateway's status, no secret
            copy->set(name,
                      isSecretName(name) && json::isString(item) ? json::Value(hidden) : document(item));
        return copy;
    }
    if (json::ArrayPtr array = json::asArray(value)) {
        json::ArrayPtr copy = json::array();
        for (const json::Value& item : *array)
            copy->add(document(item));
        return copy;
    }
    const auto text = json::asString(value);
    const bool isAddress = text && text->rfind("http", 0) == 0 && text->find('?') != std::string::npos;
    return isAddress ? json::Value(target(*text)) : value;
}

} // namespace jira_sim::redact
