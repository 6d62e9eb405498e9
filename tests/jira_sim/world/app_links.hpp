#pragma once

#include <string>
#include <vector>

namespace jira_sim {

/// An application link with incoming OAuth 1.0a, as an administrator of Jira Data Center makes it.
struct AppLink {
    int id = 0;
    std::string name, url;                 ///< of the linked application
    std::string consumerKey, consumerName; ///< no key: the link leads out only, nobody may come in
    std::string publicKey;                 ///< PEM, one form whatever was pasted
    std::string callback;                  ///< used where a request token names none; may be empty
};

/// The application links of one Jira. Guarded by the world's mutex.
class AppLinks {
public:
    /// Checks and stores a link; `publicKey` as a person pasted it. Throws std::invalid_argument with a
    /// sentence for that person.
    const AppLink& add(AppLink link);
    /// A link whose incoming side was left out.
    const AppLink& addOutgoing(AppLink link);
    /// Puts another key into a link, as a person pasted it; what was allowed to its consumer stays. False:
    /// there is no such link. Throws as add.
    bool setPublicKey(int id, const std::string& pasted);
    bool remove(int id);
    const std::vector<AppLink>& all() const { return _links; }
    const AppLink* byConsumerKey(const std::string& key) const;
    /// Throws std::invalid_argument unless it is an absolute http or https address.
    static void checkUrl(const std::string& url, const std::string& what);

private:
    const AppLink& store(AppLink link);

    std::vector<AppLink> _links;
    int _nextId = 1;
};

} // namespace jira_sim
