#include <catch2/catch.hpp>

#include "../settings/settings_world.hpp"

#include "diagnosis/support_bundle.hpp"

#include <set>
#include <sstream>

using namespace settings_test;
using namespace jira_plugin::diagnosis;
using Catch::Matchers::Contains;

namespace {

const std::string canary = "canary-of-no-bundle";

std::string text(const Poco::JSON::Object::Ptr& json) {
    std::ostringstream out;
    json->stringify(out);
    return out.str();
}

/// Puts the canary wherever the database holds a secret, or text of a finding or a ticket.
void poison(store::Database& database) {
    database.transaction([](Poco::Data::Session& session) {
        using namespace Poco::Data::Keywords;
        session << "INSERT INTO connection (organisation, deployment, state, version, site_id, site_url, "
                   "site_name, account_id, account_name, scopes, sealed_access_token, "
                   "sealed_refresh_token, access_expires_at_ms, refreshed_at_ms, connected_at_ms, "
                   "connected_by, attention, attention_remedy, refresh_owner, refresh_until_ms, "
                   "sealed_token_secret) VALUES ('acme', 'cloud', 'connected', 1, '', '', '', '', '', '', "
                   "$1, $2, 0, 0, 1, '', '', '', $3, 0, $4)",
            bind(canary), bind(canary), bind(canary), bind(canary), now;
        session << "INSERT INTO server_key VALUES ('acme', $1, $2, $3, 1, '', '', 0, '', '', 0)",
            bind(canary), bind(canary), bind(canary), now;
        session << "INSERT INTO request_token VALUES ($1, 'acme', $2, $3, '', '', '', 1, 2, 3, 4)",
            bind(canary), bind(canary), bind(canary), now;
        session << "INSERT INTO oauth_state (digest, organisation, user_id, created_at_ms, expires_at_ms, "
                   "used_at_ms, seen_connected_at_ms) VALUES ($1, 'acme', $2, 1, 2, 3, 4)",
            bind(canary), bind(canary), now;
        session << "INSERT INTO pending_grant (organisation, user_id, sealed_grant, sites, expires_at_ms, "
                   "seen_connected_at_ms) VALUES ('acme', $1, $2, $3, 1, 2)",
            bind(canary), bind(canary), bind(canary), now;
        session << "INSERT INTO handover VALUES ('acme', $1, $2, 1, 2, 3, $3, 0)", bind(canary), bind(canary),
            bind(canary), now;
        for (const char* column : {"title", "message", "remedy", "notes", "requested_by", "lease_owner"})
            session << "UPDATE outbox SET " << column << " = $1", bind(canary), now;
        session << "UPDATE outbox_snapshot SET snapshot = $1", bind(canary), now;
        session << "UPDATE project_mapping SET extra_fields = $1, assignee_id = $2, assignee_name = $3",
            bind("{\"customfield_1\":\"" + canary + "\"}"), bind(canary), bind(canary), now;
        session << "UPDATE test_ticket SET sent = $1, compared = $2", bind(canary), bind(canary), now;
    });
}

} // namespace

TEST_CASE_METHOD(World, "a secret in any stored place never appears in the bundle", "[diagnosis]") {
    mapPayments();
    enqueue("f-1");
    testTickets.send(acme, {"p1", "payments-api", "Payments API"}, "alice");
    poison(database);
    hosting.config["jira.cloud.client_id"] = canary;
    hosting.config["jira.cloud.client_secret"] = canary + "-secret";
    hosting.config["database.url"] = "postgres://user:" + canary + "@host/db";
    connectionDesk.state.message = "Refused for ann@example.com with " + canary + "-secret.";
    connectionDesk.state.accountName = "ann@example.com";
    network.facts.cause = "It said " + canary + "-secret";
    checks.run({acme, {}, std::nullopt}, [](const CheckResult&) { return true; });

    const std::string bundle = text(supportBundle(checks, acme, "1.2.3"));
    CHECK_THAT(bundle, !Contains("canary-of"));
    CHECK_THAT(bundle, !Contains("ann@"));
    CHECK_THAT(bundle, !Contains("buffer overflow")); // the finding's title
    // It is of use all the same.
    CHECK_THAT(bundle, Contains("\"plugin\":\"1.2.3\"") && Contains("\"jira.cloud.client_secret\":\"set\"") &&
                           Contains("\"project\":\"payments-api\"") && Contains("customfield_1") &&
                           Contains("\"lastChecks\":{") && Contains("[redacted]"));
}

TEST_CASE_METHOD(World, "the bundle is of one organisation", "[diagnosis]") {
    mapPayments();
    const std::string bundle = text(supportBundle(checks, "globex", "1.2.3"));
    CHECK_THAT(bundle, !Contains("payments-api"));
    CHECK_THAT(bundle, Contains("\"lastChecks\":null"));
}
