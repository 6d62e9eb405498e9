#include "hook_receiver.hpp"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/StreamCopier.h>
#include <Poco/String.h>

#include "../../support/eventually.hpp"
#include "sim_client.hpp"

namespace sim_test {

namespace net = Poco::Net;

class HookReceiver::Factory : public net::HTTPRequestHandlerFactory {
public:
    explicit Factory(HookReceiver& receiver) : _receiver(receiver) {}
    net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
        return new Handler(_receiver);
    }

private:
    class Handler : public net::HTTPRequestHandler {
    public:
        explicit Handler(HookReceiver& receiver) : _receiver(receiver) {}
        void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
            Hook hook;
            hook.path = request.getURI();
            for (const auto& [name, value] : request)
                hook.headers[Poco::toLower(name)] = value;
            Poco::StreamCopier::copyToString(request.stream(), hook.text);
            if (!hook.text.empty())
                hook.json = json::parse(hook.text);
            response.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(_receiver.take(std::move(hook))));
            response.setContentLength(0);
            response.send();
        }

    private:
        HookReceiver& _receiver;
    };

    HookReceiver& _receiver;
};

std::string HookReceiver::Hook::header(const std::string& name) const {
    const auto found = headers.find(Poco::toLower(name));
    return found == headers.end() ? std::string() : found->second;
}

std::string HookReceiver::Hook::textAt(const std::string& where) const {
    Answer answer;
    answer.json = json;
    return answer.textAt(where);
}

bool HookReceiver::Hook::has(const std::string& member) const {
    const json::ObjectPtr object = json::asObject(json);
    return !object.isNull() && object->has(member);
}

HookReceiver::HookReceiver() {
    net::ServerSocket socket(net::SocketAddress("127.0.0.1", 0));
    _server = std::make_unique<net::HTTPServer>(new Factory(*this), socket, new net::HTTPServerParams);
    _server->start();
}

HookReceiver::~HookReceiver() {
    _server->stopAll(true);
}

std::string HookReceiver::url() const {
    return "http://127.0.0.1:" + std::to_string(_server->port()) + "/hooks/jira";
}

void HookReceiver::answerNext(const std::vector<int>& statuses) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _answers.assign(statuses.begin(), statuses.end());
}

std::vector<HookReceiver::Hook> HookReceiver::hooks() const {
    const std::lock_guard<std::mutex> lock(_mutex);
    return _hooks;
}

std::vector<HookReceiver::Hook> HookReceiver::waitFor(std::size_t count) const {
    test_support::eventually([&] { return hooks().size() >= count; });
    return hooks();
}

int HookReceiver::take(Hook hook) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _hooks.push_back(std::move(hook));
    if (_answers.empty())
        return 200;
    const int status = _answers.front();
    _answers.pop_front();
    return status;
}

} // namespace sim_test
