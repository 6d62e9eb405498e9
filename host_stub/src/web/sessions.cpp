#include "sessions.hpp"

#include <chrono>

#include "random_token.hpp"

namespace aspm::host {

const char* const sessionCookie = "aspm_session";
const char* const csrfHeader = "X-CSRF-Token";
const char* const csrfField = "csrf";

namespace {

constexpr std::int64_t lifetimeMs = std::int64_t{7} * 24 * 3600 * 1000;

/// The machine's clock: tests that set the host's clock forward by weeks stay signed in.
std::int64_t machineMs() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace

Sessions::Opened Sessions::open(const std::string& organisation, const std::string& user) {
    if (!_directory.member(organisation, user))
        throw Problem("There is no user " + user + " in the organisation " + organisation + ".",
                      "Choose another one.");
    Opened opened{randomToken(), {organisation, user, randomToken()}};
    _database.write(Durability::Process, [&](Connection& c) {
        c.run("DELETE FROM sessions WHERE seen_ms < $1", machineMs() - lifetimeMs);
        c.run(
            "INSERT INTO sessions (digest, organisation, user_id, csrf, seen_ms) VALUES ($1, $2, $3, $4, $5)",
            digestOf(opened.cookie), organisation, user, opened.session.csrf, machineMs());
    });
    return opened;
}

std::optional<Session> Sessions::find(const std::string& cookie) {
    if (cookie.empty())
        return std::nullopt;
    return _database.read([&](Connection& c) -> std::optional<Session> {
        Rows rows =
            c.select("SELECT organisation, user_id, csrf FROM sessions WHERE digest = $1 AND seen_ms >= $2",
                     digestOf(cookie), machineMs() - lifetimeMs);
        if (!rows.next())
            return std::nullopt;
        return Session{rows.text(0), rows.text(1), rows.text(2)};
    });
}

void Sessions::close(const std::string& cookie) {
    _database.write(Durability::Process, [&](Connection& c) {
        c.run("DELETE FROM sessions WHERE digest = $1", digestOf(cookie));
    });
}

void Sessions::checkCsrf(Exchange& exchange) {
    std::string token = exchange.header(csrfHeader);
    if (token.empty())
        token = exchange.field(csrfField);
    if (!exchange.session || !sameSecret(token, exchange.session->csrf))
        throw HttpError(403, "This request does not come from a page of this host, or the page is too old.",
                        "Load the page again and repeat what you did.");
}

std::optional<Principal> Sessions::principal(const Session& session) {
    auto user = _directory.user(session.organisation, session.user);
    auto organisation = _directory.organisation(session.organisation);
    if (!user || !organisation)
        return std::nullopt;
    Principal p;
    p.roles = user->member.roles;
    p.organisation = organisation->id;
    p.organisationName = organisation->name;
    p.user = user->member.user;
    p.userName = user->member.name;
    p.email = user->member.email;
    p.locale = "en-GB";
    p.timeZone = "UTC";
    for (const std::string& key : user->administers)
        if (auto project = _directory.projectByKey(session.organisation, key))
            p.administeredProjects.push_back(project->id);
    p.csrfToken = session.csrf;
    p.csrfHeader = csrfHeader;
    return p;
}

} // namespace aspm::host
