#include "http/data_center.hpp"

#include <sstream>

#include <Poco/Base64Decoder.h>
#include <Poco/StreamCopier.h>
#include <Poco/String.h>

#include "http/dc_replies.hpp"
#include "http/signature_base.hpp"

namespace jira_sim {

namespace {

constexpr int loginsBeforeCaptcha = 3;

bool hasScheme(const Request& request, const std::string& scheme) {
    return Poco::icompare(request.header("Authorization").substr(0, scheme.size()), scheme) == 0;
}

/// Jira refuses writes that look like a browser's, against cross-site request forgery.
bool isForgerySuspect(const Request& request) {
    return request.method != "GET" && request.header("User-Agent").find("Mozilla/") != std::string::npos;
}

void readJson(Request& request) {
    if (request.mediaType() != "application/json")
        throw Refusal{reply::dc::tomcat(415, "Unsupported Media Type")};
    if (request.body.empty())
        throw Refusal{reply::bodyProblem("No content to map to Object due to end of input")};
    try {
        if (!json::isUtf8(request.body))
            throw json::ParseError("no UTF-8");
        request.json = json::parse(request.body);
        request.hasJson = true;
    } catch (const json::ParseError&) {
        throw Refusal{reply::bodyProblem("Unexpected character: the request body is not valid JSON")};
    }
}

Response unmatched(const Config& config, const Request& request, const Match& match) {
    const auto& path = request.segments;
    if (path.size() > 2 && path[1] == "api" && path[2] != "2")
        return reply::dc::toLogin(config.contextPath, request);
    if (match.allowed.empty())
        return reply::dc::notFound(config.publicUrl, request);
    return reply::dc::framework(405, "HTTP 405 Method Not Allowed").with("Allow", match.allowed);
}

/// Empty when the text is no base64.
std::string fromBase64(const std::string& text) {
    std::istringstream in(text);
    Poco::Base64Decoder decoder(in);
    decoder.exceptions(std::ios::goodbit);
    std::string decoded;
    Poco::StreamCopier::copyToString(decoder, decoded);
    return decoded;
}

const User& nobody() {
    static const User user = [] {
        User made;
        made.active = false;
        return made;
    }();
    return user;
}

} // namespace

Response DataCenter::rest(Request& request, const Match& match, const FaultPlan& plan) {
    const std::lock_guard<std::mutex> lock(_services.world.mutex());
    try {
        const User* user = identify(request, plan);
        return user == nullptr ? answer(request, match, plan, nullptr) : limited(request, match, plan, *user);
    } catch (const OAuth1Problem& problem) {
        return reply::dc::oauthProblem(_services.config.baseUrl(), problem);
    }
}

Response DataCenter::servlet(Request& request, const Match& match, const FaultPlan& plan) {
    if (match.route == nullptr)
        return reply::dc::tomcat(404, "The requested resource [" + request.path + "] is not available");
    const std::lock_guard<std::mutex> lock(_services.world.mutex());
    Call call{_services, request, plan, match.params, _services.world.sites().front().get(),
              nullptr,   nullptr};
    try {
        return match.route->handler(call);
    } catch (const OAuth1Problem& problem) {
        return reply::dc::oauthProblem(_services.config.baseUrl(), problem);
    }
}

void DataCenter::addHeaders(Response& response) {
    const std::lock_guard<std::mutex> lock(_services.world.mutex());
    response.with("X-AREQUESTID", "956x" + std::to_string(_services.world.random().next() % 100000) + "x1");
    response.with("X-ANODEID", "node1").with("X-Content-Type-Options", "nosniff");
    response.with("Cache-Control", "no-cache, no-store, no-transform");
}

const User* DataCenter::identify(const Request& request, const FaultPlan& plan) {
    World& world = _services.world;
    if (oauth1::isPresent(request)) {
        const SignedMessage message = oauth1::read(request, world.sites().front()->url);
        if (plan.expireToken)
            world.oauth1().expireAccessToken(message.get("oauth_token"));
        world.oauth1().check(world.appLinks(), message, world.nowMs(), _services.config.echoBaseString);
        const User* user = world.user(world.oauth1().authenticate(message, world.nowMs()).accountId);
        if (user == nullptr || !user->active)
            throw OAuth1Problem{"permission_denied"};
        return user;
    }
    if (hasScheme(request, "Basic "))
        return byPassword(request.header("Authorization").substr(6));
    if (hasScheme(request, "Bearer "))
        throw Refusal{reply::dc::wrongCredentials(_services.config.baseUrl())};
    return nullptr;
}

const User* DataCenter::byPassword(const std::string& credentials) {
    const std::string pair = fromBase64(credentials);
    const std::string login = Poco::toLower(pair.substr(0, pair.find(':')));
    int& failures = _failedLogins[login];
    if (failures >= loginsBeforeCaptcha)
        throw Refusal{reply::dc::captcha(_services.config.baseUrl())};
    const User* user = _services.world.userByName(login);
    if (user == nullptr || !user->active || pair != login + ":" + _services.config.password) {
        ++failures;
        throw Refusal{reply::dc::wrongCredentials(_services.config.baseUrl())};
    }
    failures = 0;
    return user;
}

Response DataCenter::limited(Request& request, const Match& match, const FaultPlan& plan, const User& user) {
    RateLimits& limits = _services.world.rateLimits();
    const RateLimits::Outcome outcome = limits.take(user.accountId, _services.world.nowMs());
    Response response = outcome.allowed ? answer(request, match, plan, &user)
                                        : reply::dc::tomcat(429, "Rate limit exceeded.");
    const RateLimit& limit = limits.limit();
    return response.with("X-RateLimit-Limit", std::to_string(limit.capacity))
        .with("X-RateLimit-Remaining", std::to_string(outcome.remaining))
        .with("X-RateLimit-Interval-Seconds", std::to_string(limit.intervalSec))
        .with("X-RateLimit-FillRate", std::to_string(limit.fill))
        .with("Retry-After", std::to_string(outcome.retryAfterSec))
        .with("X-Seraph-LoginReason", "OK")
        .with("X-AUSERNAME", percentEncode(user.name));
}

Response DataCenter::answer(Request& request, const Match& match, const FaultPlan& plan, const User* user) {
    try {
        if (isForgerySuspect(request))
            return Response::html(403, "XSRF check failed");
        if (match.route == nullptr)
            return unmatched(_services.config, request, match);
        if (user == nullptr && !match.route->anonymous)
            return reply::dc::anonymous(_services.config.baseUrl());
        if (match.route->body == Body::Json)
            readJson(request);
        Call call{_services,
                  request,
                  plan,
                  match.params,
                  _services.world.sites().front().get(),
                  user == nullptr ? &nobody() : user,
                  nullptr};
        return match.route->handler(call);
    } catch (Refusal& refusal) {
        return std::move(refusal.response);
    }
}

} // namespace jira_sim
