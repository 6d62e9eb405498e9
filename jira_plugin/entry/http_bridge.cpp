#include "http_bridge.hpp"

namespace jira_plugin::entry {
namespace {

settings::Principal toPrincipal(const aspm::Principal& from) {
    settings::Principal principal;
    principal.user = from.user;
    principal.userName = from.userName;
    principal.organisation = from.organisation;
    principal.organisationName = from.organisationName;
    principal.isAdmin = from.isAdmin();
    principal.isProjectAdmin = (from.roles & ASPM_ROLE_PROJECT_ADMIN) != 0;
    principal.administeredProjects.insert(from.administeredProjects.begin(), from.administeredProjects.end());
    principal.timeZone = from.timeZone;
    principal.csrfToken = from.csrfToken;
    principal.csrfHeader = from.csrfHeader;
    return principal;
}

/// False once nobody waits for more: the client is gone, the deadline has passed or the plugin is stopping.
bool sendPiece(const std::string& piece, const aspm::Call& call, aspm::HttpResponse& out) {
    try {
        out.write(piece);
        return out.flush() && !call.isCancelled();
    } catch (const aspm::Error&) {
        return false;
    }
}

} // namespace

settings::Request toRequest(const aspm::HttpRequest& from) {
    const auto principal = from.principal();
    if (!principal)
        throw aspm::ArgumentError("A settings page was asked for without a signed-in user.");
    settings::Request request;
    request.method = from.method();
    request.path = from.path();
    request.query = from.query();
    for (const auto& [name, value] : from.headers())
        request.headers.emplace_back(name, value);
    request.body = from.body();
    request.mountUrl = from.mountUrl();
    request.principal = toPrincipal(*principal);
    return request;
}

sync::DeliveryRequest toDelivery(const aspm::HttpRequest& from) {
    sync::DeliveryRequest request;
    request.organisation = from.organisation();
    request.path = from.path();
    request.body = from.body();
    request.contentType = from.header("Content-Type").value_or("");
    request.authorization = from.header("Authorization").value_or("");
    request.signature = from.header("X-Hub-Signature").value_or("");
    request.identifier = from.header("X-Atlassian-Webhook-Identifier").value_or("");
    return request;
}

void send(const sync::DeliveryAnswer& answer, aspm::HttpResponse& out) {
    out.status(answer.status).header("Cache-Control", "no-store");
    if (!answer.text.empty())
        out.header("Content-Type", "text/plain; charset=utf-8").write(answer.text + "\n");
}

void send(const settings::Response& response, const aspm::Call& call, aspm::HttpResponse& out) {
    out.status(response.status);
    for (const auto& [name, value] : response.headers)
        out.header(name, value);
    out.write(response.body);
    if (!response.stream)
        return;
    out.flush();
    response.stream([&](const std::string& piece) { return sendPiece(piece, call, out); });
}

} // namespace jira_plugin::entry
