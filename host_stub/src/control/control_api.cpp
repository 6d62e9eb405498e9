#include "control_api.hpp"

#include <aspm_host/problem.hpp>

#include "../runtime/stub_host.hpp"
#include "../web/json_answer.hpp"
#include "../web/random_token.hpp"
#include "routes.hpp"

namespace aspm::host {

namespace {

constexpr std::size_t segmentsBefore = 2; // stub, api

const std::vector<Route>& allRoutes() {
    static const std::vector<Route> all = [] {
        std::vector<Route> routes;
        for (const auto& subject : {platformRoutes(), directoryRoutes(), findingRoutes(), pushRoutes(),
                                    recordRoutes(), importRoutes()})
            routes.insert(routes.end(), subject.begin(), subject.end());
        return routes;
    }();
    return all;
}

int httpStatusOf(aspm_status status) {
    if (status == ASPM_NOT_FOUND)
        return 404;
    return status == ASPM_ARGUMENT ? 400 : 409;
}

void requireOrganisation(StubHost& host, const std::string& id) {
    if (!host.directory().organisation(id))
        throw HttpError(404, "There is no organisation " + id + ".",
                        "GET /stub/api/organisations lists those there are.");
}

void send(Exchange& exchange, const Reply& reply) {
    if (reply.json.isEmpty())
        return exchange.send(reply.status, "", "");
    sendJson(exchange, reply.status, reply.json);
}

} // namespace

void ControlApi::checkToken(const Exchange& exchange) const {
    if (!sameSecret(exchange.header("X-Stub-Token"), _host.address().token))
        throw HttpError(403, "The header X-Stub-Token does not carry this host's token.",
                        "Take the member \"token\" of host.json in the data directory; every start of the "
                        "host makes a new one.");
}

void ControlApi::answer(Exchange& exchange) {
    try {
        checkToken(exchange);
        const auto& segments = exchange.segments();
        Match match =
            findRoute(allRoutes(), exchange.method(), {segments.begin() + segmentsBefore, segments.end()});
        ControlCall call{_host, _sessions, exchange, std::move(match.names)};
        if (!call.names.empty())
            requireOrganisation(_host, call.organisation());
        send(exchange, match.route->answer(call));
    } catch (const HttpError& e) {
        sendJsonError(exchange, e.status(), e.message(), e.remedy());
    } catch (const ServiceError& e) {
        sendJsonError(exchange, httpStatusOf(e.status()), e.message(), e.remedy());
    } catch (const Problem& e) {
        sendJsonError(exchange, 400, e.message(), e.remedy());
    }
}

} // namespace aspm::host
