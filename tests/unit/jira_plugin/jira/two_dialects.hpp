#pragma once

#include "jira/cloud_client.hpp"
#include "jira/json.hpp"
#include "jira/server_client.hpp"
#include "scripted_signer.hpp"
#include "scripted_transport.hpp"

#include <memory>
#include <string>

namespace jira_plugin::jira {

class FixedToken : public TokenSource {
public:
    std::string token() override { return "token"; }
    std::string tokenAfter(const std::string& /*refused*/) override { return "token"; }
    void giveUp(const std::string& message, const std::string& /*remedy*/) override { givenUp = message; }

    std::string givenUp;
};

/// A scripted Jira of one kind, and what was asked of it.
template <class Jira> struct Scripted : Jira {
    /// "POST /issue/1/comment": below the root of the REST API.
    std::string asked(std::size_t index = 0) const {
        const HttpRequest request = sent(index);
        const std::string root = this->root();
        const bool below = request.url.compare(0, root.size(), root) == 0;
        return request.method + " " + (below ? request.url.substr(root.size()) : request.url);
    }
    std::string body(std::size_t index = 0) const { return sent(index).body; }
    std::size_t requestCount() const { return this->wire->requests().size() - this->skipped; }

private:
    HttpRequest sent(std::size_t index) const { return this->wire->requests().at(index + this->skipped); }
};

struct CloudWire {
    std::shared_ptr<ScriptedTransport> wire = std::make_shared<ScriptedTransport>();
    std::shared_ptr<FixedToken> tokens = std::make_shared<FixedToken>();
    CloudClient client{wire, tokens, {"https://api.example", "cloud-1", "https://acme.atlassian.net"}, [] {
                           return std::int64_t{0};
                       }};
    std::size_t skipped = 0;
    std::string root() const { return "https://api.example/ex/jira/cloud-1/rest/api/3"; }
};

struct ServerWire {
    std::shared_ptr<ScriptedTransport> wire = std::make_shared<ScriptedTransport>();
    std::shared_ptr<ScriptedSigner> signer = std::make_shared<ScriptedSigner>();
    ServerClient client{wire, signer, {"https://10.0.0.1/jira", "https://jira.acme.example/jira"}, [] {
                            return std::int64_t{1000};
                        }};
    std::size_t skipped = 0;
    std::string root() const { return "https://10.0.0.1/jira/rest/api/2"; }

    /// From now on it is known to be of this version.
    void know(const std::string& version) {
        wire->then(200, R"({"baseUrl":"https://jira.acme.example","version":")" + version +
                            R"(","deploymentType":"Server"})");
        client.serverInfo();
        skipped = wire->requests().size();
    }
};

using ScriptedCloud = Scripted<CloudWire>;

struct ScriptedServer10 : Scripted<ServerWire> {
    ScriptedServer10() { know("10.3.5"); }
};
struct ScriptedServer9 : Scripted<ServerWire> {
    ScriptedServer9() { know("9.12.4"); }
};

} // namespace jira_plugin::jira
