#include "server_keys.hpp"

#include "context.hpp"
#include "encoding.hpp"
#include "server_problem.hpp"

#include "jira/errors.hpp"

#include <sstream>

namespace jira_plugin::connection {
namespace {

/// One word, as Jira's form wants it, and not the same for two organisations.
std::string newConsumerKey() {
    return "mayo-aspm-" + sha256Hex(randomBytes(16)).substr(0, 16);
}

} // namespace

ServerKey ServerKeys::made(const std::string& organisation, const std::string& consumerKey) const {
    const auto key = oauth1::RsaKey::generate();
    ServerKey made;
    made.organisation = organisation;
    made.consumerKey = consumerKey;
    made.sealedPrivateKey = _context.sealer.seal(organisation, privateKeyField, key.privatePem());
    made.publicKey = key.publicPem();
    made.createdAtMs = _context.nowMs();
    return made;
}

ServerKey ServerKeys::pair(const std::string& organisation) {
    if (const auto stored = _context.serverKeys.load(organisation)) {
        return *stored;
    }
    return _context.serverKeys.addIfMissing(made(organisation, newConsumerKey()));
}

ServerKey ServerKeys::regenerate(const std::string& organisation, const std::string& user) {
    const auto old = _context.serverKeys.load(organisation);
    const ServerKey key = made(organisation, old ? old->consumerKey : newConsumerKey());
    const auto record = _context.connections.load(organisation);
    if (old && record && record->isDataCenter() && record->state == RecordState::Connected) {
        _context.serverKeys.setNext(key);
    } else {
        _context.serverKeys.replace(key);
    }
    _context.services.audit.record(organisation, user, "jira.keys.regenerated", key.consumerKey, "");
    return pair(organisation);
}

bool ServerKeys::promote(const std::string& organisation, const std::string& publicKey) {
    if (!_context.serverKeys.promote(organisation, publicKey)) {
        return false;
    }
    _context.services.log.info("Jira has the new public key; the key pair before it is erased",
                               {{"organisation", organisation}});
    return true;
}

oauth1::Token ServerKeys::handshake(const std::string& organisation, const oauth1::HandshakeRequest& step,
                                    const oauth1::Circumstances& known) {
    const ServerKey pairs = pair(organisation);
    if (pairs.hasNext()) {
        try {
            auto token = connection::handshake(_context, identity(pairs.next()), step, known);
            promote(organisation, pairs.nextPublicKey);
            return token;
        } catch (const ServerProblem& problem) {
            if (problem.code() != "key_differs") {
                throw;
            }
        }
    }
    return connection::handshake(_context, identity(pairs), step, known);
}

oauth1::RsaKey ServerKeys::privateKey(const ServerKey& key) const {
    constexpr const char* makeNew = "Regenerate the key pair, put the new public key into the application "
                                    "link in Jira, and connect again.";
    try {
        return oauth1::RsaKey::fromPem(
            _context.sealer.open(key.organisation, privateKeyField, key.sealedPrivateKey));
    } catch (const SealError& error) {
        throw jira::NotConfigured(std::string("The private key for Jira cannot be used. ") + error.what(),
                                  makeNew);
    } catch (const oauth1::KeyError& error) {
        throw jira::NotConfigured(error.what(), makeNew);
    }
}

std::string withoutLines(const std::string& pem) {
    std::istringstream lines(pem);
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        if (line.find("-----") == std::string::npos) {
            text += line;
        }
    }
    return text;
}

} // namespace jira_plugin::connection
