#pragma once

#include <functional>
#include <string>

#include "http/exchange.hpp"
#include "sim_client.hpp"

namespace sim_test {

using jira_sim::NameValues;

/// An RSA key pair as PEM.
struct KeyPair {
    std::string publicKey, privateKey;

    static KeyPair make(int bits = 2048);
    /// Made once.
    static const KeyPair& usual();
    std::string sign(const std::string& text, const char* digest = "SHA1") const;
    /// A self-signed certificate of the key.
    std::string certificate() const;
};

/// How one signed request differs from a right one.
struct Signing {
    NameValues more;                                   ///< further oauth_* parameters
    std::function<void(NameValues&)> before = nullptr; ///< changes what is signed
    std::function<void(NameValues&)> after = nullptr;  ///< changes what is sent
    const KeyPair* key = nullptr;
    std::string origin; ///< signed instead of the server's own
    bool leaveOutQuery = false;
    bool inQuery = false; ///< parameters go into the query, not the header
};

/// A Data Center with an application link, and an app that signs its requests.
class DcSim : public Sim {
public:
    explicit DcSim(const std::string& version = "10.3", jira_sim::Config config = {}, bool link = true);

    std::string consumerKey = "mayo-aspm", token, sessionHandle;

    /// A signed request; `path` below the base URL.
    Answer signedRequest(const std::string& method, const std::string& path, const std::string& body = {},
                         const Signing& signing = {});
    Answer requestToken(const std::string& callback = "http://127.0.0.1:9/callback",
                        const Signing& signing = {});
    /// The decision on the authorisation page, by way of the control API; answers the verifier.
    std::string approve(const std::string& requestToken, const std::string& account = {},
                        const std::string& decision = "accept");
    Answer accessToken(const std::string& requestToken, const std::string& verifier,
                       const Signing& signing = {});
    Answer renew(const Signing& signing = {});
    /// The whole way; afterwards `token` is an access token.
    void connectAs(const std::string& account = {});

    /// Signed with the access token; `path` below /rest/api/2.
    Answer rest(const std::string& method, const std::string& path, const std::string& body = {},
                const Signing& signing = {});
    /// Creates a bug in PAY with `fields` merged over the usual ones.
    Answer createIssue(const std::string& fields = "{}");
    std::string issueKey(const std::string& fields = "{}");
    std::string base() const { return server.config().contextPath; }
};

/// A member of a form-encoded answer.
std::string formValue(const Answer& answer, const std::string& name);

} // namespace sim_test
