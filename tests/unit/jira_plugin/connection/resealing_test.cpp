#include "connection/resealing.hpp"

#include "connection/connection_store.hpp"
#include "connection/encoding.hpp"
#include "connection/sealed_fields.hpp"
#include "connection/server_key_store.hpp"
#include "connection_world.hpp"
#include "sync/webhook_store.hpp"

#include <functional>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include <Poco/Data/Session.h>

using namespace jira_plugin;
using namespace jira_plugin::connection;

namespace {

/// A host in which something else happens while a key is looked up.
struct BusyHost : RecordingHost {
    host::Key byId(const std::string& organisation, const std::string& id) override {
        if (id == "key-1" && meanwhile)
            std::exchange(meanwhile, {})();
        return RecordingHost::byId(organisation, id);
    }
    std::function<void()> meanwhile;
};

/// A store with everything that may be sealed in it for long: of one organisation on Cloud, one on Data
/// Center.
struct SealedWorld {
    SealedWorld() {
        ConnectionRecord cloud;
        cloud.organisation = "cloudy";
        cloud.state = RecordState::Connected;
        cloud.sealedAccessToken = seal("cloudy", accessTokenField);
        cloud.sealedRefreshToken = seal("cloudy", refreshTokenField);
        connections.connect(cloud, 0, "");

        ConnectionRecord server;
        server.organisation = "served";
        server.deployment = serverDeployment;
        server.state = RecordState::Connected;
        server.sealedAccessToken = seal("served", accessTokenField);
        server.sealedRefreshToken = seal("served", sessionHandleField);
        server.sealedTokenSecret = seal("served", tokenSecretField);
        connections.connect(server, 0, "");

        ServerKey key;
        key.organisation = "served";
        key.sealedPrivateKey = seal("served", privateKeyField);
        key.publicKey = "public";
        serverKeys.addIfMissing(key);
        key.sealedPrivateKey = seal("served", privateKeyField);
        key.publicKey = "next public";
        serverKeys.setNext(key);

        const std::string old = seal("served", webhookSecretField);
        webhooks.open("served", "system", "site", 0);
        webhooks.saveKeys("served", true,
                          {seal("served", webhookPathField), "digest", seal("served", webhookSecretField),
                           "old digest", old, 1});
    }

    std::string seal(const std::string& organisation, const char* field) {
        return sealer.seal(organisation, field, Secret(std::string("the ") + field));
    }
    bool holds(const std::string& keyId) const {
        return engine.contents().find("1." + base64Url(keyId) + ".") != std::string::npos;
    }

    EachEngine engine;
    store::Database database{engine.place()};
    BusyHost host;
    Sealer sealer{host};
    host::Services services = host.services();
    Resealing resealing{database, sealer, services.log};
    ConnectionStore connections{database};
    ServerKeyStore serverKeys{database};
    sync::WebhookStore webhooks{database};
};

} // namespace

TEST_CASE("what an earlier key sealed is sealed with the present one, and reads as before", "[connection]") {
    SealedWorld world;
    CHECK(world.resealing.run() == 0);
    world.host.currentKey = "key-2";
    CHECK(world.resealing.run() == 10);
    CHECK_FALSE(world.holds("key-1"));
    CHECK(world.host.log.find("the access_token") == std::string::npos);

    const auto opens = [&](const char* organisation, const char* field, const std::string& sealed) {
        return world.sealer.open(organisation, field, sealed).reveal() == std::string("the ") + field;
    };
    const auto cloud = *world.connections.load("cloudy");
    CHECK(opens("cloudy", accessTokenField, cloud.sealedAccessToken));
    CHECK(opens("cloudy", refreshTokenField, cloud.sealedRefreshToken));
    const auto server = *world.connections.load("served");
    CHECK(opens("served", accessTokenField, server.sealedAccessToken));
    CHECK(opens("served", sessionHandleField, server.sealedRefreshToken));
    CHECK(opens("served", tokenSecretField, server.sealedTokenSecret));
    CHECK(server.version == 1); // the token is the same: nobody needs to read it anew
    const auto key = *world.serverKeys.load("served");
    CHECK(opens("served", privateKeyField, key.sealedPrivateKey));
    CHECK(opens("served", privateKeyField, key.nextSealedPrivateKey));
    const auto keys = world.webhooks.load("served")->keys;
    CHECK(opens("served", webhookPathField, keys.sealedPath));
    CHECK(opens("served", webhookSecretField, keys.sealedSecret));
    CHECK(opens("served", webhookSecretField, keys.sealedOldSecret));
    CHECK(world.resealing.run() == 0);
}

TEST_CASE("a secret that does not open is told and left as it is, and the others are sealed",
          "[connection]") {
    SealedWorld world;
    auto record = *world.connections.load("cloudy");
    record.sealedAccessToken = "1." + base64Url("key-1") + ".damaged";
    world.connections.connect(record, record.connectedAtMs, "");
    world.host.currentKey = "key-2";
    CHECK(world.resealing.run() == 9);
    CHECK(world.connections.load("cloudy")->sealedAccessToken == record.sealedAccessToken);
    CHECK_THAT(world.host.log, Catch::Contains("organisation=cloudy"));
    CHECK_THAT(world.host.log, Catch::Contains("what=access_token"));
}

TEST_CASE("a token that is renewed while the earlier one is sealed again stays", "[connection]") {
    SealedWorld world;
    world.host.currentKey = "key-2";
    const std::string renewed = world.seal("cloudy", accessTokenField);
    world.host.meanwhile = [&] {
        world.connections.storeTokens("cloudy", 1, {renewed, world.seal("cloudy", refreshTokenField), 1, 1});
    };
    CHECK(world.resealing.run() == 8); // neither of this connection's two
    CHECK(world.connections.load("cloudy")->sealedAccessToken == renewed);
}

TEST_CASE("no table keeps sealed texts that nothing seals again", "[connection]") {
    const test_support::TempDir directory;
    store::Database database((directory / "plugin.db").string());
    using namespace Poco::Data::Keywords;
    const auto columns = database.read([&](Poco::Data::Session& session) {
        std::vector<std::string> names;
        session << "SELECT m.name || '.' || p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE "
                   "m.type = 'table' AND p.name LIKE '%sealed%' ORDER BY 1",
            into(names), now;
        return names;
    });
    CHECK(columns == std::vector<std::string>{
                         "connection.sealed_access_token", "connection.sealed_refresh_token",
                         "connection.sealed_token_secret",
                         "pending_grant.sealed_grant",  // ends within minutes
                         "request_token.sealed_secret", // so does this
                         "server_key.next_sealed_private_key", "server_key.sealed_private_key",
                         "webhook.sealed_old_secret", "webhook.sealed_path", "webhook.sealed_secret"});
}
