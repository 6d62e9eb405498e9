#include "server_authorization.hpp"

#include "context.hpp"
#include "server_handshake.hpp"
#include "server_problem.hpp"
#include "server_tokens.hpp"

#include "jira/address_policy.hpp"
#include "jira/errors.hpp"
#include "jira/json.hpp"
#include "jira/server_client.hpp"
#include "kill_point.hpp"
#include "oauth1/handshake.hpp"

namespace jira_plugin::connection {
namespace {

constexpr const char* startAgain = "Start again with Verify Connection.";

std::string parameter(const std::map<std::string, std::string>& query, const std::string& name) {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

AuthResult result(AuthOutcome outcome, const std::string& message, const std::string& remedy) {
    AuthResult made;
    made.outcome = outcome;
    made.message = message;
    made.remedy = remedy;
    return made;
}

AuthResult returnedIncomplete() {
    return result(AuthOutcome::StateMissing, "The way back from Jira was incomplete.", startAgain);
}

/// Of a way back that leads nowhere.
AuthResult refusedReturn(StateCheck check) {
    switch (check) {
    case StateCheck::Expired:
        return result(AuthOutcome::StateExpired, "The authorisation took longer than ten minutes.",
                      startAgain);
    case StateCheck::Used:
        return authResult(AuthOutcome::StateUsed);
    case StateCheck::OtherUser:
        return authResult(AuthOutcome::StateOfAnother);
    case StateCheck::Unknown:
    case StateCheck::Valid:
        break;
    }
    return result(AuthOutcome::StateUnknown,
                  "This authorisation was not started here, or the key pair was regenerated meanwhile; "
                  "nothing was changed.",
                  startAgain);
}

AuthResult failed(const ServerProblem& problem) {
    const auto& first = problem.causes().front();
    const bool unreachable = problem.kind() == ServerProblem::Kind::Unreachable;
    return result(unreachable ? AuthOutcome::Unreachable : AuthOutcome::JiraRefused,
                  std::string(problem.what()) + " " + first.cause, first.fix);
}

std::string hostOf(const std::string& url) {
    const jira::Endpoint endpoint = jira::parseUrl(url);
    return endpoint.authority() + endpoint.path;
}

std::string versionOf(const ConnectionRecord& record) {
    const auto dialect = jira::dialectFromText(record.dialect);
    return dialect ? dialect->version : std::string();
}

/// What was seen before the connection is stored.
class SeenDialect : public jira::DialectMemory {
public:
    explicit SeenDialect(const std::string& text) : _dialect(jira::dialectFromText(text)) {}
    std::optional<jira::ServerDialect> load() override { return _dialect; }
    void save(const jira::ServerDialect& dialect) override { _dialect = dialect; }

private:
    std::optional<jira::ServerDialect> _dialect;
};

std::string auditDetail(const ConnectionRecord& record) {
    Poco::JSON::Object detail;
    detail.set("deployment", record.deployment);
    detail.set("site", record.siteUrl);
    detail.set("version", versionOf(record));
    detail.set("account", record.accountName);
    return jira::json::write(detail);
}

} // namespace

void ServerAuthorization::requireNoOther(const std::string& organisation, const ServerFacts& facts) {
    const auto record = _context.connections.load(organisation);
    if (!record || record->state == RecordState::Disconnected || record->siteId == facts.siteUrl) {
        return;
    }
    throw ServerProblem(ServerProblem::Kind::State, "other_connected", "Another Jira is connected.",
                        {{"This organisation is connected to " + record->siteName + " (" + record->siteUrl +
                              "), and an organisation has one Jira.",
                          "Disconnect that one first; mappings and links to tickets stay."}});
}

oauth1::Token ServerAuthorization::requestToken(const std::string& organisation, const ServerFacts& facts) {
    oauth1::Circumstances known;
    known.baseUrl = facts.baseUrl;
    known.jiraBaseUrl = facts.siteUrl;
    const std::string callback = _context.services.urls.settingsPage() + serverCallbackPath;
    return _keys.handshake(organisation, oauth1::requestTokenRequest(facts.baseUrl, callback), known);
}

VerifiedServer ServerAuthorization::verify(const std::string& organisation, const std::string& user,
                                           const std::string& address) {
    const ServerFacts facts = probeServer(*_context.transport, serverAddress(address), _context.nowMs());
    requireNoOther(organisation, facts);
    const oauth1::Token token = requestToken(organisation, facts);
    ServerKey key = _keys.pair(organisation);
    const auto present = _context.connections.load(organisation);
    RequestToken pending;
    pending.token = token.token.reveal();
    pending.secret = token.secret;
    pending.baseUrl = facts.baseUrl;
    pending.siteUrl = facts.siteUrl;
    pending.dialect = jira::toText(facts.dialect);
    pending.seenConnectedAtMs = present ? present->connectedAtMs : 0;
    _context.requestTokens.save(organisation, user, pending, _context.nowMs());
    key.baseUrl = facts.baseUrl;
    key.jiraVersion = facts.dialect.version;
    key.verifiedAtMs = _context.nowMs();
    _context.serverKeys.verified(key);
    return {oauth1::authorizeUrl(facts.baseUrl, pending.token), facts.dialect.version};
}

AuthResult ServerAuthorization::finish(const std::string& organisation, const std::string& user,
                                       const std::map<std::string, std::string>& query) {
    const std::string token = parameter(query, "oauth_token");
    if (token.empty()) {
        return returnedIncomplete();
    }
    const auto redeemed = _context.requestTokens.redeem(token, organisation, user, _context.nowMs());
    if (redeemed.check != StateCheck::Valid) {
        return refusedReturn(redeemed.check);
    }
    const std::string verifier = parameter(query, "oauth_verifier");
    if (verifier == "denied" || parameter(query, "oauth_problem") == "permission_denied") {
        return result(AuthOutcome::Denied, "The access was declined on Jira's page; nothing was changed.",
                      "To connect, start again and click Allow on Jira's page.");
    }
    if (verifier.empty()) {
        return returnedIncomplete();
    }
    return exchange(organisation, user, redeemed.pending, verifier);
}

AuthResult ServerAuthorization::exchange(const std::string& organisation, const std::string& user,
                                         const RequestToken& pending, const std::string& verifier) {
    if (!_context.serverKeys.load(organisation)) {
        return refusedReturn(StateCheck::Unknown);
    }
    oauth1::Circumstances known;
    known.baseUrl = pending.baseUrl;
    known.jiraBaseUrl = pending.siteUrl;
    try {
        const oauth1::Token token = _keys.handshake(
            organisation, oauth1::accessTokenRequest(pending.baseUrl, pending.token, verifier), known);
        killPoint("connect.granted");
        return connect(organisation, user, pending, _keys.identity(_keys.pair(organisation)), token);
    } catch (const ServerProblem& problem) {
        return failed(problem);
    } catch (const jira::NotConfigured& error) {
        return result(AuthOutcome::JiraRefused, error.what(), error.remedy());
    }
}

AuthResult ServerAuthorization::connect(const std::string& organisation, const std::string& user,
                                        const RequestToken& pending, const Identity& identity,
                                        const oauth1::Token& token) {
    ConnectionRecord record;
    bool hasProjects = false;
    try {
        jira::ServerClient client(
            _context.transport, std::make_shared<GrantedAccess>(_context, identity, token.token),
            {pending.baseUrl, pending.siteUrl}, [this] { return _context.nowMs(); },
            std::make_shared<SeenDialect>(pending.dialect));
        const jira::User account = client.myself();
        record.accountId = account.accountId;
        record.accountName = account.displayName;
        hasProjects = !client.projects("", 0, 1).values.empty();
    } catch (const jira::ReconnectNeeded& error) {
        return result(AuthOutcome::AccountRefused, error.what(), error.remedy());
    } catch (const jira::Refusal& error) {
        return result(AuthOutcome::AccountRefused, error.what(), error.remedy());
    } catch (const jira::Error& error) {
        return result(AuthOutcome::Unreachable, error.what(), error.remedy());
    }
    record.organisation = organisation;
    record.deployment = serverDeployment;
    record.state = RecordState::Connected;
    record.siteId = pending.siteUrl;
    record.siteUrl = pending.siteUrl;
    record.siteName = hostOf(pending.siteUrl);
    record.baseUrl = pending.baseUrl;
    record.dialect = pending.dialect;
    record.connectedAtMs = _context.nowMs();
    record.connectedBy = user;
    sealToken(_context, record, token);
    return store(std::move(record), pending, hasProjects);
}

AuthResult ServerAuthorization::store(ConnectionRecord record, const RequestToken& pending,
                                      bool hasProjects) {
    killPoint("connect.store");
    const auto stored = _context.connections.connect(record, pending.seenConnectedAtMs, {});
    killPoint("connect.stored");
    if (stored != ConnectionStore::Connecting::Stored) {
        const auto present = _context.connections.load(record.organisation);
        return authResult(AuthOutcome::AlreadyConnected,
                          present ? present->siteName + ", by " +
                                        _context.nameOf(record.organisation, present->connectedBy)
                                  : "");
    }
    announce(record);
    _context.changed(record.organisation);
    return authResult(hasProjects ? AuthOutcome::Connected : AuthOutcome::ConnectedWithoutProjects,
                      record.siteName + ", version " + versionOf(record) + ", as " + record.accountName);
}

void ServerAuthorization::announce(const ConnectionRecord& record) {
    _context.services.audit.record(record.organisation, record.connectedBy, "jira.connected", record.siteName,
                                   auditDetail(record));
    for (const char* alert : {connectionAlert, appAlert}) {
        _context.services.alerts.clear(record.organisation, alert);
    }
    _context.services.log.info("Jira is connected",
                               {{"organisation", record.organisation}, {"site", record.siteUrl}});
}

} // namespace jira_plugin::connection
