#include "host_client.hpp"

#include <chrono>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <thread>

#include <Poco/JSON/Array.h>
#include <Poco/JSON/ParseHandler.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Stringifier.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/Timespan.h>
#include <Poco/URI.h>

#include <aspm_host/problem.hpp>

#include "../runtime/stub_host.hpp"

namespace aspm::host::cli {

namespace {

constexpr long long patienceMs = 60'000;       ///< for an answer that is not waited for on purpose
constexpr std::chrono::seconds startUp{60};    ///< for a host that has just been started
constexpr std::chrono::milliseconds pause{50}; ///< between two looks

struct HttpReply {
    int status = 0;
    std::string body;
};

HttpReply exchange(const HostAddress& address, const std::string& method, const std::string& path,
                   const std::string& body, long long timeoutMs) {
    Poco::Net::HTTPClientSession session("127.0.0.1", static_cast<Poco::UInt16>(address.port));
    session.setTimeout(Poco::Timespan(timeoutMs * 1000));
    Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
    request.set("X-Stub-Token", address.token);
    if (!body.empty()) {
        request.setContentType("application/json");
        request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    }
    session.sendRequest(request) << body;
    Poco::Net::HTTPResponse response;
    HttpReply reply;
    Poco::StreamCopier::copyToString(session.receiveResponse(response), reply.body);
    reply.status = response.getStatus();
    return reply;
}

/// Members keep their order, so that --json prints what the host said.
Json parsed(const HttpReply& reply) {
    try {
        Poco::JSON::Parser parser(new Poco::JSON::ParseHandler(true));
        return reply.body.empty() ? new Poco::JSON::Object : parser.parse(reply.body).extract<Json>();
    } catch (const Poco::Exception&) {
        throw Problem("The host answered with status " + std::to_string(reply.status) +
                          " and something that is not JSON.",
                      "Its log may tell more.");
    }
}

std::string withQuery(std::string path, const HostClient::Query& query) {
    Poco::URI uri;
    for (const auto& [name, value] : query)
        if (!value.empty())
            uri.addQueryParameter(name, value);
    return uri.getRawQuery().empty() ? path : path + "?" + uri.getRawQuery();
}

} // namespace

ServeOptions serveOptions(const Arguments& arguments) {
    ServeOptions options;
    for (const std::string& directory : arguments.all("plugin"))
        options.plugins.emplace_back(directory);
    options.data = std::filesystem::absolute(arguments.one("data")).lexically_normal();
    if (!options.data.has_filename())
        options.data = options.data.parent_path();
    options.config = arguments.one("config");
    options.logFile = arguments.one("log");
    return options;
}

HostClient::HostClient(const Arguments& arguments) : _organisation(arguments.one("org", "acme")) {
    if (!findRunning(arguments.one("data")))
        startOwn(arguments);
}

HostClient::~HostClient() = default;

/// Who holds the directory may still be starting, and host.json may still be that of a killed host.
bool HostClient::findRunning(const std::string& data) {
    auto until = std::chrono::steady_clock::now() + startUp;
    while (DataLock::isHeld(data)) {
        if (auto address = DataLock::read(data)) {
            _address = *address;
            if (answers())
                return true;
        }
        if (std::chrono::steady_clock::now() >= until)
            throw Problem("The host that serves " + data + " does not answer.",
                          "Look at its log; end it and start it again if it hangs.");
        std::this_thread::sleep_for(pause);
    }
    return false;
}

bool HostClient::answers() {
    try {
        return exchange(_address, "GET", "/stub/api/status", "", patienceMs).status == 200;
    } catch (const Poco::Exception&) {
        return false;
    }
}

void HostClient::startOwn(const Arguments& arguments) {
    std::filesystem::path data = arguments.one("data");
    if (!std::filesystem::exists(data / "host.db") && !arguments.has("plugin"))
        throw Problem("There is no host's data in " + data.string() + ".",
                      "Name the directory that host_stub serve was given, or a plugin with --plugin to begin "
                      "a new one.");
    ServeOptions options = serveOptions(arguments);
    if (options.logFile.empty())
        options.logFile = (options.data / "command.log").string();
    options.remember = false;
    _own = std::make_unique<StubHost>(options);
    _address = _own->address();
}

Json HostClient::send(const std::string& method, const std::string& path, const std::string& body,
                      long long timeoutMs) {
    HttpReply reply;
    try {
        reply = exchange(_address, method, "/stub/api/organisations/" + escaped(_organisation) + "/" + path,
                         body, timeoutMs);
    } catch (const Poco::Exception& e) {
        throw Problem("The host at " + _address.url + " did not answer: " + e.displayText() + ".",
                      "Look whether it still runs and what its log says, then try again.");
    }
    Json json = parsed(reply);
    if (reply.status / 100 == 2)
        return json;
    Json error = object(json, "error");
    std::string message = text(error, "message");
    throw Problem(message.empty() ? "The host answered with status " + std::to_string(reply.status) + "."
                                  : message,
                  text(error, "remedy"));
}

Json HostClient::get(const std::string& path, const Query& query) {
    return send("GET", withQuery(path, query), "", patienceMs);
}

Json HostClient::post(const std::string& path, const Json& body, long long timeoutMs) {
    std::ostringstream out;
    body->stringify(out);
    return send("POST", path, out.str(), timeoutMs);
}

Json HostClient::findings(const Query& query) {
    Poco::JSON::Array::Ptr all = new Poco::JSON::Array;
    std::string after;
    do {
        Query page = query;
        page.emplace_back("after", after);
        page.emplace_back("limit", "1000");
        Json answer = get("findings", page);
        for (const Json& finding : objects(answer, "findings"))
            all->add(finding);
        after = text(answer, "next");
    } while (!after.empty());
    Json joined = new Poco::JSON::Object(Poco::JSON_PRESERVE_KEY_ORDER);
    joined->set("findings", all);
    return joined;
}

std::string escaped(const std::string& segment) {
    std::string out;
    Poco::URI::encode(segment, "/?#&%+;=", out);
    return out;
}

std::string text(const Json& json, const std::string& member) {
    Poco::Dynamic::Var value = json->get(member);
    return value.isEmpty() ? "" : value.toString();
}

long long number(const Json& json, const std::string& member) {
    Poco::Dynamic::Var value = json->get(member);
    return value.isEmpty() ? 0 : value.convert<Poco::Int64>();
}

Json object(const Json& json, const std::string& member) {
    Json found = json->getObject(member);
    return found.isNull() ? Json(new Poco::JSON::Object) : found;
}

std::vector<Json> objects(const Json& json, const std::string& member) {
    std::vector<Json> all;
    if (Poco::JSON::Array::Ptr array = json->getArray(member))
        for (const auto& element : *array)
            all.push_back(element.extract<Json>());
    return all;
}

void printJson(const Json& json) {
    Poco::JSON::Stringifier::stringify(json, std::cout, 2);
    std::cout << "\n";
}

} // namespace aspm::host::cli
