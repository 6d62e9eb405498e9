#include "web_server.hpp"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/URI.h>

#include "../control/control_api.hpp"
#include "../runtime/stub_host.hpp"
#include "json_answer.hpp"
#include "pages.hpp"
#include "plugin_mounts.hpp"
#include "sessions.hpp"
#include "static_files.hpp"

namespace aspm::host {

namespace {

constexpr int leastThreads = 4;
// One for each connection, also while it only waits: Jira keeps many, and pages need some.
constexpr int mostThreads = 512;

std::string hostOfUrl(const std::string& url) {
    Poco::URI uri(url);
    return uri.getHost();
}

} // namespace

/// Finds who answers a request, after what holds for all of them: name of the host, session, CSRF.
class WebServer::Router {
public:
    explicit Router(StubHost& host)
        : _host(host), _sessions(host.database(), host.directory()), _control(host, _sessions),
          _mounts(host, _sessions), _pages(host, _sessions) {}

    void answer(Exchange& exchange) {
        try {
            route(exchange);
        } catch (const HttpError& e) {
            if (!exchange.isSent())
                fail(exchange, e);
        }
    }

private:
    void route(Exchange& exchange) {
        checkName(exchange);
        const auto& segments = exchange.segments();
        std::string first = segments.empty() ? "" : segments[0];
        if (first == "stub" && segments.size() > 1 && segments[1] == "api")
            return _control.answer(exchange);
        if (first == "static")
            return sendStaticFile(exchange);
        if (first == "metrics")
            return exchange.send(200, "text/plain; version=0.0.4; charset=utf-8", _host.metrics().text());
        if (first == "hooks")
            return _mounts.answerWebhook(exchange);
        exchange.session = _sessions.find(exchange.cookie(sessionCookie));
        if (exchange.session && !_sessions.principal(*exchange.session))
            exchange.session.reset(); // the user was removed
        if (first == "sign-in")
            return _pages.signIn(exchange);
        if (!exchange.session) {
            if (!exchange.isSafe() || exchange.wantsJson())
                throw HttpError(401, "You are not signed in, or your session is over.", "Open /sign-in.");
            return exchange.redirect(
                "/sign-in?next=" +
                urlEncode(exchange.path() + (exchange.query().empty() ? "" : "?" + exchange.query())));
        }
        if (first == "settings" && segments.size() > 2 && segments[1] == "integrations")
            return _mounts.answerPage(exchange);
        if (!exchange.isSafe())
            Sessions::checkCsrf(exchange);
        _pages.answer(exchange);
    }

    /// A page elsewhere whose name was made to resolve to this machine must not be served as ours.
    void checkName(const Exchange& exchange) const {
        std::string name = exchange.header("Host");
        auto colon = name.rfind(':');
        if (colon != std::string::npos && name.find(']', colon) == std::string::npos)
            name.resize(colon);
        if (name != "127.0.0.1" && name != "localhost" && name != "[::1]" &&
            name != hostOfUrl(_host.urls().base()))
            throw HttpError(421, "This host does not answer for the name \"" + name + "\".",
                            "Use the address that host_stub serve printed, or set host.public_url.");
    }

    void fail(Exchange& exchange, const HttpError& error) {
        if (exchange.wantsJson() || exchange.path().rfind("/stub/", 0) == 0)
            return sendJsonError(exchange, error.status(), error.message(), error.remedy());
        _pages.error(exchange, error.status(), error.message(), error.remedy());
    }

    StubHost& _host;
    Sessions _sessions;
    ControlApi _control;
    PluginMounts _mounts;
    Pages _pages;
};

namespace {

/// Lets Poco call a function for each request.
class Handler : public Poco::Net::HTTPRequestHandler {
public:
    using Answer = std::function<void(Poco::Net::HTTPServerRequest&, Poco::Net::HTTPServerResponse&)>;
    explicit Handler(const Answer& answer) : _answer(answer) {}

    void handleRequest(Poco::Net::HTTPServerRequest& request,
                       Poco::Net::HTTPServerResponse& response) override {
        _answer(request, response);
    }

private:
    const Answer& _answer;
};

class Factory : public Poco::Net::HTTPRequestHandlerFactory {
public:
    explicit Factory(Handler::Answer answer) : _answer(std::move(answer)) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
        return new Handler(_answer);
    }

private:
    Handler::Answer _answer;
};

/// The last resort: an answer to what could not even be read, or to a failure of the host itself.
void sendPlain(Poco::Net::HTTPServerResponse& response, int status, const std::string& text) {
    if (response.sent())
        return;
    response.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status));
    response.setContentType("text/plain; charset=utf-8");
    response.setKeepAlive(false);
    response.setContentLength64(static_cast<Poco::Int64>(text.size()));
    response.send() << text;
}

} // namespace

WebServer::WebServer(StubHost& host, const Poco::Net::ServerSocket& socket)
    : _router(std::make_unique<Router>(host)), _threads("aspm-http", leastThreads, mostThreads) {
    auto answer = [this, &host](Poco::Net::HTTPServerRequest& request,
                                Poco::Net::HTTPServerResponse& response) {
        try {
            Exchange exchange(request, response);
            _router->answer(exchange);
        } catch (const HttpError& e) {
            sendPlain(response, e.status(), e.text() + "\n");
        } catch (const Poco::Exception& e) {
            host.log().error("The request " + request.getMethod() + " " + request.getURI().substr(0, 100) +
                             " failed: " + e.displayText());
            sendPlain(response, 500, "The host failed; its log says why.\n");
        } catch (const std::exception& e) {
            host.log().error("The request " + request.getMethod() + " " + request.getURI().substr(0, 100) +
                             " failed: " + e.what());
            sendPlain(response, 500, "The host failed; its log says why.\n");
        }
    };
    Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
    params->setMaxThreads(mostThreads);
    params->setMaxQueued(mostThreads);
    params->setTimeout(Poco::Timespan(60, 0));
    params->setKeepAliveTimeout(Poco::Timespan(15, 0));
    params->setServerName("host_stub");
    _server = std::make_unique<Poco::Net::HTTPServer>(new Factory(answer), _threads, socket, params);
    _server->start();
}

WebServer::~WebServer() {
    _server->stopAll(false);
    _threads.joinAll();
}

} // namespace aspm::host
