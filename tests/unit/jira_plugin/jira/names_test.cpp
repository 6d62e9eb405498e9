#include "jira/pooled_transport.hpp"

#include "name_service.hpp"
#include "scripted_server.hpp"

#include <optional>
#include <string>

#include <catch2/catch.hpp>

/// What a name or an odd spelling of an address leads to.
using namespace jira_plugin::jira;
using Kind = TransportError::Kind;

namespace {

const std::string anAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

TransportOptions withHttp() {
    TransportOptions options;
    options.allowHttp = true;
    return options;
}

/// To the server by another name.
HttpRequest to(const std::string& name, const ScriptedServer& server) {
    HttpRequest request;
    request.url = "http://" + name + server.url().substr(server.url().rfind(':'));
    request.operatorAddress = true;
    return request;
}

std::optional<Kind> refusalOf(Transport& transport, const HttpRequest& request) {
    try {
        transport.send(request);
    } catch (const TransportError& error) {
        return error.kind();
    }
    return std::nullopt;
}

} // namespace

TEST_CASE("a name that changes its answer between check and use gains nothing", "[jira][address]") {
    ScriptedServer server({ScriptedServer::serve(anAnswer)});
    const NameService names("changes.test", {{"127.0.0.1"}, {"169.254.169.254"}});
    PooledTransport transport(withHttp());
    CHECK(transport.send(to("changes.test", server)).status == 200);
    CHECK(names.lookups() == 1); // the address that was checked is the one that is connected to
    CHECK(refusalOf(transport, to("changes.test", server)) == Kind::Policy);
    CHECK(names.lookups() == 2);
    CHECK(server.connections() == 1);
}

TEST_CASE("a name with one forbidden address among its answers is refused", "[jira][address]") {
    ScriptedServer server({ScriptedServer::serve(anAnswer)});
    const NameService names("both.test", {{"127.0.0.1", "169.254.169.254"}});
    PooledTransport transport(withHttp());
    CHECK(refusalOf(transport, to("both.test", server)) == Kind::Policy);
    CHECK(server.connections() == 0);
}

TEST_CASE("odd spellings of an address lead nowhere that the plain one does not", "[jira][address]") {
    TransportOptions strict;
    strict.allowPrivate = false;
    PooledTransport transport(strict);
    for (const char* host : {"127.1",
                             "127.0.1",
                             "0177.0.0.1",
                             "0x7f.0.0.1",
                             "0x7f.1",
                             "0x7f000001",
                             "2130706433",
                             "017700000001",
                             "0xa9fea9fe",
                             "2852039166",
                             "169.254.43518",
                             "0251.0376.0251.0376",
                             "0xA9.0xFE.0xA9.0xFE",
                             "[::127.0.0.1]",
                             "[::ffff:7f00:1]",
                             "[0:0:0:0:0:ffff:a9fe:a9fe]",
                             "[64:ff9b::a9fe:a9fe]",
                             "[2002:7f00:1::]",
                             "[fe80::1%25lo]",
                             "localhost",
                             "LOCALHOST",
                             "localhost.",
                             "127.0.0.1.",
                             "%31%32%37.0.0.1",
                             "①②⑦.0.0.1",
                             "127。0。0。1",
                             "0",
                             "0.0.0.0",
                             "[::]"}) {
        CAPTURE(host);
        HttpRequest request;
        request.url = "https://" + std::string(host) + ":9/";
        const auto refusal = refusalOf(transport, request);
        REQUIRE(refusal);
        CHECK((*refusal == Kind::Policy || *refusal == Kind::Dns)); // no such name is as good
    }
}
