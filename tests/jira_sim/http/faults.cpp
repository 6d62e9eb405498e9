#include "http/faults.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/NumberParser.h>
#include <Poco/String.h>
#include <Poco/Timestamp.h>

namespace jira_sim {

namespace {

const std::set<std::string> kinds = {
    "latency",           "status",          "cut",          "lost-answer",    "truncate", "html-200",
    "slow-token",        "expire-tokens",   "deny",         "refuse-refresh", "captcha",  "webhook-lose",
    "webhook-duplicate", "webhook-reorder", "webhook-delay"};

const std::string datePrefix = "date+", nonsense = "soon", noRetry = "none";

/// Faults of what Jira sends on its own, not of what it is asked.
bool isOfDeliveries(const Fault& fault) {
    return fault.kind.rfind("webhook-", 0) == 0;
}

[[noreturn]] void refuse(const std::string& spec, const std::string& why) {
    throw std::invalid_argument("fault '" + spec + "': " + why);
}

std::int64_t number(const std::string& spec, const std::string& name, const std::string& text) {
    Poco::Int64 value = 0;
    if (!Poco::NumberParser::tryParse64(text, value) || value < 0)
        refuse(spec, name + " must be a whole number, not '" + text + "'");
    return value;
}

void setFilter(Fault& fault, const std::string& name, const std::string& value) {
    double probability = 0;
    if (name == "path")
        fault.path = value;
    else if (name == "method")
        fault.method = Poco::toUpper(value);
    else if (name == "body")
        fault.body = value;
    else if (name == "times")
        fault.times = number(fault.spec, name, value);
    else if (name == "after")
        fault.after = number(fault.spec, name, value);
    else if (name != "probability")
        refuse(fault.spec,
               "no filter '" + name + "'; there are path, method, body, times, after, probability");
    else if (!Poco::NumberParser::tryParseFloat(value, probability) || probability < 0 || probability > 1)
        refuse(fault.spec, "probability must be between 0 and 1");
    else
        fault.probability = probability;
}

void checkRetry(const Fault& fault, const std::string& retry) {
    if (retry == nonsense || retry == noRetry)
        return;
    const bool isDate = retry.compare(0, datePrefix.size(), datePrefix) == 0;
    number(fault.spec, "the wait after ':'", isDate ? retry.substr(datePrefix.size()) : retry);
}

void checkValue(const Fault& fault) {
    if (fault.kind == "latency" || fault.kind == "slow-token" || fault.kind == "webhook-delay")
        number(fault.spec, fault.kind, fault.value);
    else if (fault.kind == "status") {
        const std::size_t colon = fault.value.find(':');
        const auto status = number(fault.spec, "status", fault.value.substr(0, colon));
        if (status < 400 || status > 599)
            refuse(fault.spec, "status must be between 400 and 599");
        if (colon != std::string::npos)
            checkRetry(fault, fault.value.substr(colon + 1));
    } else if (!fault.value.empty())
        refuse(fault.spec, fault.kind + " takes no value");
}

bool endsWith(const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// Operations of the simulated products only: tests must always get through the control door.
bool concerns(const Fault& fault, const Request& request) {
    if (!fault.method.empty() && fault.method != request.method)
        return false;
    if (!fault.path.empty() && request.target.find(fault.path) == std::string::npos)
        return false;
    if (!fault.body.empty() && request.body.find(fault.body) == std::string::npos)
        return false;
    const bool isToken = request.path == "/oauth/token" || endsWith(request.path, "/oauth/access-token");
    if (fault.kind == "slow-token")
        return isToken;
    if (fault.kind == "refuse-refresh")
        return isToken && (request.body.find("refresh_token") != std::string::npos ||
                           request.body.find("oauth_session_handle") != std::string::npos ||
                           request.header("Authorization").find("oauth_session_handle") != std::string::npos);
    if (fault.kind == "deny")
        return request.method == "POST" &&
               (request.path == "/authorize" || endsWith(request.path, "/servlet/oauth/authorize"));
    if (fault.kind == "expire-tokens")
        return request.path.rfind("/ex/", 0) == 0 || request.header("Authorization").rfind("OAuth ", 0) == 0;
    return true;
}

void apply(const Fault& fault, FaultPlan& plan) {
    if (fault.kind == "latency" || fault.kind == "slow-token")
        plan.latencyMs += std::stoll(fault.value);
    else if (fault.kind == "status") {
        const std::size_t colon = fault.value.find(':');
        plan.status = std::stoi(fault.value);
        if (colon != std::string::npos)
            plan.retryAfter = fault.value.substr(colon + 1);
    } else if (fault.kind == "cut")
        plan.cutBefore = true;
    else if (fault.kind == "lost-answer")
        plan.loseAnswer = true;
    else if (fault.kind == "truncate")
        plan.truncate = true;
    else if (fault.kind == "html-200")
        plan.html = true;
    else if (fault.kind == "captcha")
        plan.captcha = true;
    else if (fault.kind == "expire-tokens")
        plan.expireToken = true;
    else if (fault.kind == "deny")
        plan.deny = true;
    else
        plan.refuseRefresh = true;
}

} // namespace

std::string retryHeader(const FaultPlan& plan, std::int64_t nowMs, const std::string& otherwise) {
    if (!plan.retryAfter)
        return otherwise;
    if (*plan.retryAfter == noRetry)
        return {};
    if (plan.retryAfter->compare(0, datePrefix.size(), datePrefix) != 0)
        return *plan.retryAfter;
    const std::int64_t at = nowMs / 1000 + std::stoll(plan.retryAfter->substr(datePrefix.size()));
    return Poco::DateTimeFormatter::format(Poco::Timestamp(at * 1'000'000),
                                           Poco::DateTimeFormat::HTTP_FORMAT);
}

Fault Faults::parse(const std::string& spec) {
    Fault fault;
    fault.spec = spec;
    const std::vector<std::string> parts = split(spec, ',');
    if (parts.empty())
        refuse(spec, "is empty");
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::size_t eq = parts[i].find('=');
        const std::string name = Poco::trim(parts[i].substr(0, eq));
        const std::string value = eq == std::string::npos ? std::string() : parts[i].substr(eq + 1);
        if (i > 0)
            setFilter(fault, name, value);
        else if (kinds.count(name) == 0)
            refuse(spec,
                   "no kind '" + name +
                       "'; there are latency=MS, status=CODE[:RETRY], cut, lost-answer, truncate, html-200, "
                       "slow-token=MS, expire-tokens, deny, refuse-refresh, captcha, index-delay=MS, "
                       "webhook-lose, webhook-duplicate, webhook-reorder, "
                       "webhook-delay=MS");
        else
            fault.kind = name, fault.value = value;
    }
    checkValue(fault);
    return fault;
}

std::optional<std::int64_t> Faults::indexDelay(const std::string& spec) {
    static const std::string prefix = "index-delay=";
    if (spec.compare(0, prefix.size(), prefix) != 0)
        return std::nullopt;
    return number(spec, "index-delay", spec.substr(prefix.size()));
}

int Faults::add(const std::string& spec) {
    Fault fault = parse(spec);
    const std::lock_guard<std::mutex> lock(_mutex);
    fault.id = _nextId++;
    _faults.push_back(std::move(fault));
    return _faults.back().id;
}

void Faults::clear() {
    const std::lock_guard<std::mutex> lock(_mutex);
    _faults.clear();
}

bool Faults::remove(int id) {
    const std::lock_guard<std::mutex> lock(_mutex);
    const auto end =
        std::remove_if(_faults.begin(), _faults.end(), [&](const Fault& f) { return f.id == id; });
    const bool found = end != _faults.end();
    _faults.erase(end, _faults.end());
    return found;
}

std::vector<Fault> Faults::list() const {
    const std::lock_guard<std::mutex> lock(_mutex);
    return _faults;
}

FaultPlan Faults::plan(const Request& request) {
    FaultPlan plan;
    const std::lock_guard<std::mutex> lock(_mutex);
    for (Fault& fault : _faults)
        if (!isOfDeliveries(fault) && fires(fault, request))
            apply(fault, plan);
    return plan;
}

DeliveryPlan Faults::planDelivery(const std::string& url, const std::string& body) {
    Request request;
    request.method = "POST";
    request.target = url;
    request.body = body;
    DeliveryPlan plan;
    const std::lock_guard<std::mutex> lock(_mutex);
    for (Fault& fault : _faults) {
        if (!isOfDeliveries(fault) || !fires(fault, request))
            continue;
        if (fault.kind == "webhook-lose")
            plan.lose = true;
        else if (fault.kind == "webhook-duplicate")
            plan.duplicate = true;
        else if (fault.kind == "webhook-reorder")
            plan.reorder = true;
        else
            plan.delayMs += std::stoll(fault.value);
    }
    return plan;
}

bool Faults::fires(Fault& fault, const Request& request) {
    if (fault.times == 0 || !concerns(fault, request))
        return false;
    if (fault.after > 0) {
        --fault.after;
        return false;
    }
    if (fault.probability < 1 && _random.fraction() >= fault.probability)
        return false;
    if (fault.times > 0)
        --fault.times;
    ++fault.fired;
    return true;
}

} // namespace jira_sim
