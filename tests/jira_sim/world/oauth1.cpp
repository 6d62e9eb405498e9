#include "world/oauth1.hpp"

#include <algorithm>

#include <Poco/NumberParser.h>

#include "world/public_key.hpp"

namespace jira_sim {

namespace {

[[noreturn]] void refuse(const std::string& problem,
                         std::vector<std::pair<std::string, std::string>> details = {}) {
    throw OAuth1Problem{problem, std::move(details)};
}

void requireAll(const SignedMessage& message, std::initializer_list<const char*> names) {
    std::string absent;
    for (const char* name : names)
        if (message.get(name).empty())
            absent += (absent.empty() ? "" : "&") + std::string(name);
    if (!absent.empty())
        refuse("parameter_absent", {{"oauth_parameters_absent", absent}});
}

/// Each parameter of the protocol may occur once.
void requireSingle(const SignedMessage& message) {
    std::set<std::string> seen;
    for (const auto& entry : message.parameters)
        if (entry.first.rfind("oauth_", 0) == 0 && !seen.insert(entry.first).second)
            refuse("parameter_rejected", {{"oauth_parameters_rejected", entry.first}});
}

void checkSignature(const AppLink& consumer, const SignedMessage& message, bool echoBaseString) {
    requireAll(message, {"oauth_signature_method", "oauth_signature"});
    if (message.get("oauth_signature_method") != "RSA-SHA1")
        refuse("signature_method_rejected", {{"oauth_acceptable_signature_methods", "RSA-SHA1"}});
    if (verifyRsaSha1(consumer.publicKey, message.baseString, message.get("oauth_signature")))
        return;
    if (echoBaseString)
        refuse("signature_invalid", {{"oauth_signature", message.get("oauth_signature")},
                                     {"oauth_signature_base_string", message.baseString},
                                     {"oauth_signature_method", "RSA-SHA1"}});
    refuse("signature_invalid");
}

} // namespace

std::string SignedMessage::get(const std::string& name) const {
    for (const auto& [key, value] : parameters)
        if (key == name)
            return value;
    return {};
}

bool SignedMessage::has(const std::string& name) const {
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](const auto& entry) { return entry.first == name; });
}

const AppLink& OAuth1::check(const AppLinks& links, const SignedMessage& message, std::int64_t nowMs,
                             bool echoBaseString) {
    requireAll(message, {"oauth_consumer_key"});
    requireSingle(message);
    const AppLink* consumer = links.byConsumerKey(message.get("oauth_consumer_key"));
    if (consumer == nullptr)
        refuse("consumer_key_unknown");
    if (message.has("oauth_version") && message.get("oauth_version") != "1.0")
        refuse("version_rejected", {{"oauth_acceptable_versions", "1.0-1.0"}});
    checkTimestampAndNonce(message, nowMs);
    checkSignature(*consumer, message, echoBaseString);
    return *consumer;
}

void OAuth1::checkTimestampAndNonce(const SignedMessage& message, std::int64_t nowMs) {
    requireAll(message, {"oauth_timestamp", "oauth_nonce"});
    const std::int64_t now = nowMs / 1000;
    Poco::Int64 stamp = 0;
    if (!Poco::NumberParser::tryParse64(message.get("oauth_timestamp"), stamp) || stamp <= 0)
        refuse("parameter_rejected", {{"oauth_parameters_rejected", "oauth_timestamp"}});
    if (stamp < now - windowSec || stamp > now + windowSec)
        refuse("timestamp_refused", {{"oauth_acceptable_timestamps", std::to_string(now - windowSec) + "-" +
                                                                         std::to_string(now + windowSec)}});
    _nonces.erase(_nonces.begin(), _nonces.lower_bound(now - windowSec));
    // As with Jira, a nonce belongs to its consumer and token.
    if (!_nonces[stamp]
             .insert(message.get("oauth_nonce") + "\n" + message.get("oauth_consumer_key") + "\n" +
                     message.get("oauth_token"))
             .second)
        refuse("nonce_used");
}

const OAuth1::RequestToken& OAuth1::requestToken(const AppLink& consumer, const std::string& callback,
                                                 std::int64_t nowMs) {
    RequestToken made;
    made.token = _random.token(32);
    made.secret = _random.token(32);
    made.consumerKey = consumer.consumerKey;
    made.callback = callback;
    made.expiresMs = nowMs + requestTokenSec * 1000;
    return _requests[made.token] = made;
}

OAuth1::RequestToken& OAuth1::pending(const std::string& token, std::int64_t nowMs) {
    const auto found = _requests.find(token);
    if (found == _requests.end())
        refuse(_used.count(token) != 0 ? "token_used" : "token_rejected");
    if (found->second.expiresMs <= nowMs)
        refuse("token_expired");
    if (found->second.approval != Approval::Pending)
        refuse("token_used");
    return found->second;
}

std::string OAuth1::decide(RequestToken& token, const std::string& accountId, bool accepted) {
    token.approval = accepted ? Approval::Accepted : Approval::Denied;
    token.accountId = accountId;
    token.verifier = accepted ? _random.hex(6) : "denied";
    return token.verifier;
}

bool OAuth1::isRequestToken(const std::string& token) const {
    return _requests.count(token) != 0 || _used.count(token) != 0;
}

void OAuth1::checkExchange(const SignedMessage& message, std::int64_t nowMs) const {
    const std::string token = message.get("oauth_token");
    if (_used.count(token) != 0)
        refuse("token_used");
    const RequestToken& known = _requests.at(token);
    if (known.expiresMs <= nowMs)
        refuse("token_expired");
    if (known.approval == Approval::Pending)
        refuse("permission_unknown");
    if (known.approval == Approval::Denied)
        refuse("permission_denied");
    if (known.consumerKey != message.get("oauth_consumer_key"))
        refuse("token_rejected");
    requireAll(message, {"oauth_verifier"});
    if (known.verifier != message.get("oauth_verifier"))
        refuse("token_rejected");
}

const OAuth1::AccessToken& OAuth1::exchange(const std::string& requestToken, std::int64_t nowMs) {
    const RequestToken known = _requests.at(requestToken);
    _requests.erase(requestToken);
    _used.insert(requestToken);
    return issue(known.consumerKey, known.accountId, nowMs);
}

void OAuth1::checkRenewal(const SignedMessage& message, std::int64_t nowMs) const {
    requireAll(message, {"oauth_session_handle"});
    const auto found = _access.find(message.get("oauth_token"));
    if (found == _access.end() || found->second.consumerKey != message.get("oauth_consumer_key"))
        refuse("token_rejected");
    if (found->second.revoked)
        refuse("token_revoked");
    if (found->second.sessionHandle != message.get("oauth_session_handle"))
        refuse("token_rejected");
    if (found->second.sessionExpiresMs <= nowMs)
        refuse("permission_denied");
}

const OAuth1::AccessToken& OAuth1::renew(const std::string& accessToken, std::int64_t nowMs) {
    const AccessToken old = _access.at(accessToken);
    _access.erase(accessToken);
    return issue(old.consumerKey, old.accountId, nowMs);
}

const OAuth1::AccessToken& OAuth1::issue(const std::string& consumerKey, const std::string& accountId,
                                         std::int64_t nowMs) {
    AccessToken made;
    made.token = _random.token(32);
    made.secret = _random.token(32);
    made.consumerKey = consumerKey;
    made.accountId = accountId;
    made.sessionHandle = _random.token(32);
    made.createdMs = nowMs;
    made.expiresMs = nowMs + accessTokenSec * 1000;
    made.sessionExpiresMs = nowMs + sessionSec * 1000;
    return _access[made.token] = made;
}

const OAuth1::AccessToken& OAuth1::authenticate(const SignedMessage& message, std::int64_t nowMs) const {
    const std::string token = message.get("oauth_token");
    if (token.empty())
        refuse("permission_denied"); // without a token it is two-legged OAuth, which no link here allows
    const auto found = _access.find(token);
    if (found == _access.end() || found->second.consumerKey != message.get("oauth_consumer_key"))
        refuse("token_rejected");
    if (found->second.revoked)
        refuse("token_revoked");
    if (found->second.expiresMs <= nowMs)
        refuse("token_expired");
    return found->second;
}

void OAuth1::expireAccessTokens() {
    for (auto& entry : _access)
        entry.second.expiresMs = 0;
}

void OAuth1::expireAccessToken(const std::string& token) {
    const auto found = _access.find(token);
    if (found != _access.end())
        found->second.expiresMs = 0;
}

int OAuth1::revoke(const std::string& accountId) {
    int count = 0;
    for (auto& [token, access] : _access)
        if (!access.revoked && (accountId.empty() || access.accountId == accountId)) {
            access.revoked = true;
            ++count;
        }
    return count;
}

bool OAuth1::revokeToken(const std::string& token) {
    const auto found = _access.find(token);
    const bool known = found != _access.end() && !found->second.revoked;
    if (known)
        found->second.revoked = true;
    return known;
}

void OAuth1::forgetConsumer(const std::string& consumerKey) {
    for (auto entry = _access.begin(); entry != _access.end();)
        entry = entry->second.consumerKey == consumerKey ? _access.erase(entry) : std::next(entry);
    for (auto entry = _requests.begin(); entry != _requests.end();)
        entry = entry->second.consumerKey == consumerKey ? _requests.erase(entry) : std::next(entry);
}

} // namespace jira_sim
