#include "jira/pooled_transport.hpp"

#include "eventually.hpp"
#include "scripted_server.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <thread>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;
using Kind = TransportError::Kind;
using Socket = Poco::Net::StreamSocket;

namespace {

TransportOptions options(std::chrono::milliseconds timeout = std::chrono::seconds(20)) {
    TransportOptions result;
    result.allowHttp = true;
    result.timeout = timeout;
    return result;
}

HttpRequest get(const std::string& url) {
    HttpRequest request;
    request.url = url;
    request.operatorAddress = true;
    return request;
}

HttpRequest post(const std::string& url) {
    HttpRequest request = get(url);
    request.method = "POST";
    request.contentType = "application/json";
    request.body = "{}";
    return request;
}

std::optional<TransportError> failureOf(Transport& transport, const HttpRequest& request) {
    try {
        transport.send(request);
    } catch (const TransportError& error) {
        return error;
    }
    return std::nullopt;
}

} // namespace

TEST_CASE("a request carries what the server must know and nothing else", "[jira]") {
    std::string received;
    {
        ScriptedServer server({[&received](Socket& socket) {
            received = ScriptedServer::readRequest(socket);
            ScriptedServer::write(socket, httpAnswer("{\"a\":1}", "X-One: 1\r\n"));
        }});
        PooledTransport transport(options());
        HttpRequest request = post(server.url() + "/rest/x?a=b%20c");
        request.headers.emplace_back("Authorization", "Bearer t");
        const HttpResponse response = transport.send(request);
        CHECK(response.status == 200);
        CHECK(response.body == "{\"a\":1}");
        CHECK(response.header("x-one") == "1");
        CHECK(response.mediaType() == "application/json");
    }
    CHECK_THAT(received,
               Catch::StartsWith("POST /rest/x?a=b%20c HTTP/1.1\r\n") && Catch::EndsWith("\r\n\r\n{}"));
    CHECK_THAT(received, Contains("Host: 127.0.0.1:") && Contains("Authorization: Bearer t") &&
                             Contains("Accept: application/json") &&
                             Contains("Content-Type: application/json") &&
                             Contains("User-Agent: mayo-aspm-jira/"));
    CHECK_THAT(received, !Contains("Accept-Encoding") && !Contains("Mozilla"));
}

TEST_CASE("one connection carries request after request", "[jira]") {
    ScriptedServer server({ScriptedServer::serve(httpAnswer("{}"))});
    PooledTransport transport(options());
    for (int i = 0; i < 5; ++i) {
        CHECK(transport.send(i % 2 == 0 ? get(server.url()) : post(server.url())).status == 200);
    }
    CHECK(server.connections() == 1);
}

TEST_CASE("a connection that the server ends is not used again", "[jira]") {
    ScriptedServer server({ScriptedServer::serve(httpAnswer("{}", "Connection: close\r\n"))});
    PooledTransport transport(options());
    transport.send(post(server.url()));
    transport.send(post(server.url()));
    CHECK(server.connections() == 2);
}

TEST_CASE("a kept connection that died in its sleep is noticed before a write is risked on it", "[jira]") {
    std::atomic<bool> closed{false};
    const auto once = [&closed](Socket& socket) {
        ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, httpAnswer("{}"));
        socket.shutdown();
        closed = true;
    };
    ScriptedServer server({once, ScriptedServer::serve(httpAnswer("{}"))});
    PooledTransport transport(options());
    transport.send(post(server.url()));
    REQUIRE(test_support::eventually([&] { return closed.load(); }));
    CHECK(transport.send(post(server.url())).status == 200);
    CHECK(server.connections() == 2);
}

TEST_CASE("a kept connection cut before its answer leaves a write open and repeats a read", "[jira]") {
    const auto answerThenCut = [](Socket& socket) {
        ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, httpAnswer("{}"));
        ScriptedServer::readRequest(socket);
    };
    ScriptedServer server({answerThenCut, ScriptedServer::serve(httpAnswer("{}"))});
    PooledTransport transport(options());
    transport.send(get(server.url()));
    SECTION("a write") {
        const auto failure = failureOf(transport, post(server.url()));
        REQUIRE(failure);
        CHECK(failure->requestLeft());
        CHECK(failure->kind() == Kind::Cut);
        CHECK(server.connections() == 1);
    }
    SECTION("a read") {
        CHECK(transport.send(get(server.url())).status == 200);
        CHECK(server.connections() == 2);
    }
}

TEST_CASE("a refused connection says that nothing was sent", "[jira]") {
    std::string url;
    {
        ScriptedServer server({ScriptedServer::serve("")});
        url = server.url();
    }
    PooledTransport transport(options());
    const auto failure = failureOf(transport, post(url));
    REQUIRE(failure);
    CHECK(failure->kind() == Kind::Connect);
    CHECK_FALSE(failure->requestLeft());
    CHECK_THAT(failure->what(), Contains("127.0.0.1:") && Contains("refused"));
}

TEST_CASE("an unknown name says that nothing was sent", "[jira]") {
    PooledTransport transport(options());
    const auto failure = failureOf(transport, post("https://no-such-host.invalid/x"));
    REQUIRE(failure);
    CHECK(failure->kind() == Kind::Dns);
    CHECK_FALSE(failure->requestLeft());
    CHECK_THAT(failure->what(), Contains("no-such-host.invalid"));
}

TEST_CASE("a server that does not answer costs no more than the time allowed", "[jira]") {
    ScriptedServer server({[](Socket& socket) {
        ScriptedServer::readRequest(socket);
        ScriptedServer::readRequest(socket); // until the client gives up
    }});
    PooledTransport transport(options(std::chrono::milliseconds(300)));
    const auto failure = failureOf(transport, post(server.url()));
    REQUIRE(failure);
    CHECK(failure->kind() == Kind::Timeout);
    CHECK(failure->requestLeft());
}

TEST_CASE("a server that sends byte by byte costs no more than the time allowed", "[jira]") {
    ScriptedServer server({[](Socket& socket) {
        ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, "HTTP/1.1 200 OK\r\nX-Slow: ");
        for (int i = 0; i < 3000; ++i) {
            ScriptedServer::write(socket, "x");
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }});
    PooledTransport transport(options(std::chrono::milliseconds(400)));
    const auto start = std::chrono::steady_clock::now();
    const auto failure = failureOf(transport, get(server.url()));
    REQUIRE(failure);
    CHECK(failure->kind() == Kind::Timeout);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("answers are bounded, whether they announce their size or not", "[jira]") {
    TransportOptions small = options();
    small.maxBodyBytes = 1000;
    PooledTransport transport(small);
    const std::string large(5000, 'x');
    SECTION("announced") {
        ScriptedServer server({ScriptedServer::serve(httpAnswer(large))});
        CHECK(failureOf(transport, get(server.url()))->kind() == Kind::TooLarge);
    }
    SECTION("chunked") {
        ScriptedServer server({ScriptedServer::serve(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n" + large + "\r\n0\r\n\r\n")});
        CHECK(failureOf(transport, get(server.url()))->kind() == Kind::TooLarge);
    }
    SECTION("until the end of the connection") {
        ScriptedServer server({[&large](Socket& socket) {
            ScriptedServer::readRequest(socket);
            ScriptedServer::write(socket, "HTTP/1.1 200 OK\r\n\r\n" + large);
        }});
        CHECK(failureOf(transport, get(server.url()))->kind() == Kind::TooLarge);
    }
}

TEST_CASE("a chunked answer is put together and the connection kept", "[jira]") {
    ScriptedServer server({ScriptedServer::serve(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")});
    PooledTransport transport(options());
    CHECK(transport.send(get(server.url())).body == "abcde");
    CHECK(transport.send(get(server.url())).body == "abcde");
    CHECK(server.connections() == 1);
}

TEST_CASE("an answer that ends too early is no answer", "[jira]") {
    ScriptedServer server({[](Socket& socket) {
        ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"id\":");
    }});
    PooledTransport transport(options());
    const auto failure = failureOf(transport, post(server.url()));
    REQUIRE(failure);
    CHECK(failure->requestLeft());
}

TEST_CASE("redirects come back as they are", "[jira]") {
    ScriptedServer server({ScriptedServer::serve(
        "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")});
    PooledTransport transport(options());
    CHECK(transport.send(get(server.url())).status == 302);
    CHECK(server.connections() == 1);
}

TEST_CASE("addresses that are not allowed are refused before anything is sent", "[jira]") {
    TransportOptions strict = options();
    strict.allowHttp = false;
    strict.allowPrivate = false;
    PooledTransport transport(strict);
    HttpRequest request;
    for (const char* url :
         {"https://169.254.169.254/latest", "https://[::ffff:169.254.169.254]/", "https://0/",
          "https://127.0.0.1/", "https://2130706433/", "http://example.com/", "nonsense"}) {
        CAPTURE(url);
        request.url = url;
        const auto failure = failureOf(transport, request);
        REQUIRE(failure);
        CHECK(failure->kind() == Kind::Policy);
        CHECK_FALSE(failure->requestLeft());
        CHECK_FALSE(failure->remedy().empty());
    }
    request.url = "https://169.254.169.254/latest";
    request.operatorAddress = true;
    CHECK(failureOf(transport, request)->kind() == Kind::Policy);
}

TEST_CASE("a header with a line break is refused", "[jira]") {
    PooledTransport transport(options());
    HttpRequest request = get("https://127.0.0.1/");
    request.headers.emplace_back("Authorization", "Bearer x\r\nX-Evil: 1");
    CHECK(failureOf(transport, request)->kind() == Kind::Policy);
}

TEST_CASE("stopping ends a request that waits and refuses later ones", "[jira]") {
    std::atomic<bool> waiting{false};
    ScriptedServer server({[&waiting](Socket& socket) {
        ScriptedServer::readRequest(socket);
        waiting = true;
        ScriptedServer::readRequest(socket);
    }});
    PooledTransport transport(options(std::chrono::minutes(5)));
    std::optional<TransportError> failure;
    std::thread caller([&] { failure = failureOf(transport, post(server.url())); });
    REQUIRE(test_support::eventually([&] { return waiting.load(); }));
    transport.stop();
    caller.join();
    REQUIRE(failure);
    CHECK(failure->kind() == Kind::Stopped);
    CHECK(failure->requestLeft());
    CHECK(failureOf(transport, post(server.url()))->kind() == Kind::Stopped);
}

TEST_CASE("a server that speaks no TLS is told from a broken network", "[jira]") {
    ScriptedServer server({[](Socket& socket) {
        char buffer[512];
        socket.receiveBytes(buffer, sizeof buffer);
        ScriptedServer::write(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    }});
    PooledTransport transport(options());
    const auto failure = failureOf(transport, post("https" + server.url().substr(4)));
    REQUIRE(failure);
    CHECK(failure->kind() == Kind::Tls);
    CHECK_FALSE(failure->requestLeft());
    CHECK_THAT(failure->what(), Contains("does not speak TLS"));
}

TEST_CASE("a CA file that cannot be used is named", "[jira]") {
    TransportOptions broken;
    broken.caFile = "/nonexistent/ca.pem";
    CHECK_THROWS_WITH(PooledTransport(broken),
                      Contains("/nonexistent/ca.pem") && Contains("jira.tls.ca_file"));
}
