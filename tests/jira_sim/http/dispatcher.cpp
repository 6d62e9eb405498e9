#include "http/dispatcher.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Exception.h>
#include <Poco/String.h>

#include "http/dc_replies.hpp"
#include "http/replies.hpp"

namespace jira_sim {

namespace {

/// Jira refuses writes that look like a browser's, against cross-site request forgery.
bool isForgerySuspect(const Request& request) {
    const bool writes = request.method == "POST" || request.method == "PUT" || request.method == "DELETE";
    return writes && request.header("User-Agent").find("Mozilla/") != std::string::npos;
}

bool covers(const std::set<std::string>& granted, const char* wanted) {
    for (const std::string& scope : split(wanted, ' '))
        if (granted.count(scope) == 0)
            return false;
    return true;
}

bool isAllowed(const Route& route, const std::set<std::string>& granted) {
    if (*route.scopes == '\0' && *route.granular == '\0')
        return true;
    return (*route.scopes != '\0' && covers(granted, route.scopes)) ||
           (*route.granular != '\0' && covers(granted, route.granular));
}

/// Parses the body where the route wants JSON; throws Refusal with Jira's text otherwise.
void readJson(Request& request) {
    if (request.mediaType() != "application/json")
        throw Refusal{reply::problem(
            415, "Unsupported Media Type",
            "Content-Type '" + request.header("Content-Type") + "' is not supported.", request)};
    if (request.body.empty())
        throw Refusal{reply::bodyProblem("No content to map to Object due to end of input")};
    if (!json::isUtf8(request.body))
        throw Refusal{reply::invalidPayload()};
    try {
        request.json = json::parse(request.body);
        request.hasJson = true;
    } catch (const json::ParseError&) {
        throw Refusal{
            reply::bodyProblem("There was an error parsing JSON. Check that your request body is valid.")};
    }
}

void checkBody(const Route& route, Request& request) {
    if (route.body == Body::Json)
        readJson(request);
    else if (route.body == Body::TypeOnly && request.mediaType() != "application/json")
        throw Refusal{reply::problem(
            415, "Unsupported Media Type",
            "Content-Type '" + request.header("Content-Type") + "' is not supported.", request)};
}

Response unmatched(const Request& request, const Match& match) {
    const std::size_t rest = request.path.find("/rest/");
    const std::string path = rest == std::string::npos ? request.path : request.path.substr(rest);
    if (match.allowed.empty())
        return reply::problem(404, "Not Found", "No endpoint " + request.method + " " + path + ".", request);
    return reply::problem(405, "Method Not Allowed", "Method '" + request.method + "' is not supported.",
                          request)
        .with("Allow", match.allowed);
}

std::string bearer(const Request& request) {
    const std::string value = request.header("Authorization");
    return Poco::icompare(value.substr(0, 7), "Bearer ") == 0 ? Poco::trim(value.substr(7)) : std::string();
}

Response faultStatus(const FaultPlan& plan, std::int64_t nowMs) {
    Response response;
    if (plan.status == 429) {
        response = Response::json(
            429, json::object({{"errorMessages", json::array({"The request has been rate-limited. Please try "
                                                              "again later."})},
                               {"errors", json::object()},
                               {"status", 429}}));
        response.with("RateLimit-Reason", "jira-burst-based").with("X-RateLimit-Remaining", "0");
    } else {
        response = plan.status >= 500 ? Response::html(plan.status, "")
                                      : reply::message(plan.status, "Jira refuses this, as it was told to.");
    }
    const std::string retry = retryHeader(plan, nowMs, "");
    if (!retry.empty())
        response.with("Retry-After", retry);
    return response;
}

const char* ssoPage = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Single sign-on</h1>"
                      "<form method=\"post\" action=\"/saml\"><button>Continue</button></form></body></html>";

void addJiraHeaders(Response& response, World& world) {
    response.with("Atl-Traceid", world.random().hex(32));
    response.with("Cache-Control", "no-cache, no-store, no-transform");
    response.with("X-Content-Type-Options", "nosniff");
    if (response.status == 429)
        return;
    response.with("X-RateLimit-Limit", "350").with("X-RateLimit-Remaining", "348");
    response.with("RateLimit-Policy", "\"jira-burst-based\";q=100;w=1");
    response.with("RateLimit", "\"jira-burst-based\";r=348;t=1");
}

} // namespace

Response Dispatcher::handle(Request& request) {
    const Area area = areaOf(_services.config, request);
    const Match match = find(area, request);
    if (area != Area::Control && area != Area::Pages)
        return product(area, request, match);
    try {
        return process(area, request, match, FaultPlan());
    } catch (Refusal& refusal) {
        return std::move(refusal.response);
    } catch (const Poco::Exception& e) {
        return reply::message(400, e.displayText());
    } catch (const std::exception& e) {
        return reply::message(400, e.what());
    }
}

Response Dispatcher::product(Area area, Request& request, const Match& match) {
    using Steady = std::chrono::steady_clock;
    const std::int64_t at = _services.world.nowMs();
    const auto started = Steady::now();
    const FaultPlan plan = _services.faults.plan(request);
    wait(plan.latencyMs);
    Response response;
    try {
        response = withFaults(area, request, match, plan);
    } catch (Refusal& refusal) {
        response = std::move(refusal.response);
    } catch (const std::exception& e) {
        response = reply::message(500, std::string("jira_sim failed: ") + e.what());
    }
    if (_services.config.isDataCenter()) {
        _dataCenter.addHeaders(response);
    } else if (area == Area::Gateway) {
        const std::lock_guard<std::mutex> lock(_services.world.mutex());
        addJiraHeaders(response, _services.world);
    }
    // By this world's clock: a client that compares it with its own sees them agree, or not.
    response.with("Date", Poco::DateTimeFormatter::format(Poco::Timestamp(_services.world.nowMs() * 1000),
                                                          Poco::DateTimeFormat::HTTP_FORMAT));
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - started).count();
    const std::string route =
        match.route == nullptr ? "unknown" : std::string(match.route->method) + " " + match.route->pattern;
    _services.trace.record(request, response, route, at, took);
    return response;
}

Response Dispatcher::withFaults(Area area, Request& request, const Match& match, const FaultPlan& plan) {
    Response response;
    if (plan.cutBefore) {
        response = Response::empty(0);
        response.delivery = Delivery::Cut;
        return response;
    }
    if (plan.html)
        return Response::html(200, ssoPage);
    if (plan.captcha)
        return reply::dc::captcha(_services.config.baseUrl());
    if (plan.status != 0) {
        const std::int64_t nowMs = _services.world.nowMs();
        return _services.config.isDataCenter() ? reply::dc::fault(plan, nowMs) : faultStatus(plan, nowMs);
    }
    try {
        response = process(area, request, match, plan);
    } catch (Refusal& refusal) {
        response = std::move(refusal.response);
    }
    if (plan.loseAnswer)
        response.delivery = Delivery::Cut;
    else if (plan.truncate)
        response.delivery = Delivery::Truncate;
    return response;
}

Response Dispatcher::process(Area area, Request& request, const Match& match, const FaultPlan& plan) {
    if (area == Area::Gateway)
        return gateway(request, match, plan);
    if (area == Area::Rest)
        return _dataCenter.rest(request, match, plan);
    if (area == Area::Servlet)
        return _dataCenter.servlet(request, match, plan);
    if (area == Area::Outside)
        return reply::dc::tomcat(404, "The requested resource [" + request.path + "] is not available");
    if (area == Area::SiteHost) {
        if (!bearer(request).empty()) {
            Response response =
                Response::json(403, json::object({{"error", "Failed to parse Connect Session Auth Token"}}));
            response.contentType = "application/json";
            return response;
        }
        return Response::html(401, "Client must be authenticated to access this resource.")
            .with("WWW-Authenticate", "OAuth realm=\"" + percentEncode(_services.config.publicUrl) + "\"");
    }
    if (match.route == nullptr)
        return area == Area::Pages && match.allowed.empty() ? Response::html(404, "<h1>Not found</h1>")
                                                            : unmatched(request, match);
    checkBody(*match.route, request);
    const std::lock_guard<std::mutex> lock(_services.world.mutex());
    Call call{_services, request, plan, match.params, nullptr, nullptr, nullptr};
    return match.route->handler(call);
}

Response Dispatcher::gateway(Request& request, const Match& match, const FaultPlan& plan) {
    World& world = _services.world;
    Call call{_services, request, plan, match.params, nullptr, nullptr, nullptr};
    bool allowed = false; // decided under the lock: a consent may be changing the grant's scopes
    {
        const std::lock_guard<std::mutex> lock(world.mutex());
        const std::string token = bearer(request);
        if (plan.expireToken)
            world.grants().expireAccessToken(token);
        call.grant = token.empty() ? nullptr : world.grants().authenticate(token, world.nowMs());
        allowed = call.grant && (match.route == nullptr || isAllowed(*match.route, call.grant->scopes));
    }
    if (!call.grant)
        return reply::gateway(401, "Unauthorized");
    if (!allowed)
        return reply::gateway(401, "Unauthorized; scope does not match");
    if (isForgerySuspect(request))
        return Response::html(403, "XSRF check failed");
    if (match.route == nullptr)
        return unmatched(request, match);
    checkBody(*match.route, request);

    const std::lock_guard<std::mutex> lock(world.mutex());
    call.site = request.segments.size() > 2 ? world.site(request.segments[2]) : nullptr;
    if (call.site == nullptr)
        return reply::gateway(404, "No site with this cloud id");
    call.user = world.user(call.grant->accountId);
    if (call.grant->cloudIds.count(call.site->cloudId) == 0 || call.user == nullptr || !call.user->active)
        return reply::gateway(401, "Unauthorized");
    return match.route->handler(call);
}

void Dispatcher::wait(std::int64_t ms) {
    if (ms <= 0)
        return;
    std::unique_lock<std::mutex> lock(_mutex);
    _stopped.wait_for(lock, std::chrono::milliseconds(ms), [&] { return _stop; });
}

void Dispatcher::stop() {
    const std::lock_guard<std::mutex> lock(_mutex);
    _stop = true;
    _stopped.notify_all();
}

} // namespace jira_sim
