#include "dc_client.hpp"

#include <atomic>
#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "http/signature_base.hpp"

namespace sim_test {

namespace oauth1 = jira_sim::oauth1;

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::string textOf(const Memory& memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

Key privateKeyOf(const KeyPair& pair) {
    const Memory in(BIO_new_mem_buf(pair.privateKey.data(), static_cast<int>(pair.privateKey.size())),
                    BIO_free);
    return {PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
}

std::string nonce() {
    static std::atomic<int> count{0};
    return "nonce-" + std::to_string(++count);
}

std::string headerOf(const NameValues& parameters) {
    std::string header = "OAuth realm=\"jira\"";
    for (const auto& [name, value] : parameters)
        header += ", " + oauth1::encode(name) + "=\"" + oauth1::encode(value) + "\"";
    return header;
}

jira_sim::Config dataCenter(jira_sim::Config config, const std::string& version) {
    config.world.deployment = jira_sim::Deployment::DataCenter;
    config.release = jira_sim::Release::parse(version);
    return config;
}

std::string quoted(const std::string& text) {
    return json::text(json::Value(text));
}

} // namespace

KeyPair KeyPair::make(int bits) {
    const Key key(EVP_RSA_gen(static_cast<unsigned>(bits)), EVP_PKEY_free);
    const Memory publicOut(BIO_new(BIO_s_mem()), BIO_free), privateOut(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PUBKEY(publicOut.get(), key.get());
    PEM_write_bio_PrivateKey(privateOut.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {textOf(publicOut), textOf(privateOut)};
}

const KeyPair& KeyPair::usual() {
    static const KeyPair pair = make();
    return pair;
}

std::string KeyPair::sign(const std::string& text, const char* digest) const {
    const Key key = privateKeyOf(*this);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::size_t size = 0;
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_get_digestbyname(digest), nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, data, text.size()) != 1)
        throw std::runtime_error("cannot sign");
    std::string raw(size, '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(raw.data()), &size, data, text.size());
    std::string encoded(4 * ((size + 2) / 3) + 1, '\0');
    encoded.resize(static_cast<std::size_t>(
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                        reinterpret_cast<const unsigned char*>(raw.data()), static_cast<int>(size))));
    return encoded;
}

std::string KeyPair::certificate() const {
    const Key key = privateKeyOf(*this);
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    X509_set_pubkey(made.get(), key.get());
    X509_sign(made.get(), key.get(), EVP_sha256());
    const Memory out(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(out.get(), made.get());
    return textOf(out);
}

DcSim::DcSim(const std::string& version, jira_sim::Config config, bool link)
    : Sim(dataCenter(std::move(config), version)) {
    if (!link)
        return;
    const Answer answer =
        sim("POST", "/applinks",
            "{\"consumerKey\":" + quoted(consumerKey) +
                ",\"consumerName\":\"Mayo ASPM\",\"publicKey\":" + quoted(KeyPair::usual().publicKey) + "}");
    if (answer.status != 201)
        throw std::runtime_error("linking failed: " + answer.text);
}

Answer DcSim::signedRequest(const std::string& method, const std::string& path, const std::string& body,
                            const Signing& signing) {
    NameValues parameters = {{"oauth_consumer_key", consumerKey},
                             {"oauth_nonce", nonce()},
                             {"oauth_signature_method", "RSA-SHA1"},
                             {"oauth_timestamp", std::to_string(server.world().nowMs() / 1000)},
                             {"oauth_version", "1.0"}};
    parameters.insert(parameters.end(), signing.more.begin(), signing.more.end());
    if (signing.before)
        signing.before(parameters);
    jira_sim::Request parsed;
    parseTarget(parsed, base() + path);
    NameValues all = parameters;
    if (!signing.leaveOutQuery)
        all.insert(all.end(), parsed.query.begin(), parsed.query.end());
    const std::string uri =
        oauth1::baseUri(signing.origin.empty() ? server.url() : signing.origin, parsed.path);
    const KeyPair& key = signing.key == nullptr ? KeyPair::usual() : *signing.key;
    parameters.emplace_back("oauth_signature", key.sign(oauth1::baseString(method, uri, all)));
    if (signing.after)
        signing.after(parameters);
    if (!signing.inQuery)
        return request(method, base() + path, body,
                       {{"Authorization", headerOf(parameters)}, {"Accept", "application/json"}});
    return request(
        method, base() + path + (path.find('?') == std::string::npos ? "?" : "&") + oauth1::form(parameters),
        body);
}

Answer DcSim::requestToken(const std::string& callback, const Signing& signing) {
    Signing own = signing;
    own.more.emplace_back("oauth_callback", callback);
    return signedRequest("POST", "/plugins/servlet/oauth/request-token", {}, own);
}

std::string DcSim::approve(const std::string& requestToken, const std::string& account,
                           const std::string& decision) {
    return sim("POST", "/consent",
               "{\"url\":" +
                   quoted(server.baseUrl() + "/plugins/servlet/oauth/authorize?oauth_token=" + requestToken) +
                   ",\"account\":" + quoted(account) + ",\"decision\":" + quoted(decision) + "}")
        .textAt("verifier");
}

Answer DcSim::accessToken(const std::string& requestToken, const std::string& verifier,
                          const Signing& signing) {
    Signing own = signing;
    own.more.emplace_back("oauth_token", requestToken);
    if (!verifier.empty())
        own.more.emplace_back("oauth_verifier", verifier);
    return signedRequest("POST", "/plugins/servlet/oauth/access-token", {}, own);
}

Answer DcSim::renew(const Signing& signing) {
    Signing own = signing;
    own.more.emplace_back("oauth_token", token);
    own.more.emplace_back("oauth_session_handle", sessionHandle);
    return signedRequest("POST", "/plugins/servlet/oauth/access-token", {}, own);
}

void DcSim::connectAs(const std::string& account) {
    const std::string request = formValue(requestToken(), "oauth_token");
    const Answer answer = accessToken(request, approve(request, account));
    if (answer.status != 200)
        throw std::runtime_error("connecting failed: " + answer.text);
    token = formValue(answer, "oauth_token");
    sessionHandle = formValue(answer, "oauth_session_handle");
}

Answer DcSim::rest(const std::string& method, const std::string& path, const std::string& body,
                   const Signing& signing) {
    if (token.empty())
        connectAs();
    Signing own = signing;
    own.more.emplace_back("oauth_token", token);
    return signedRequest(method, "/rest/api/2" + path, body, own);
}

Answer DcSim::createIssue(const std::string& fields) {
    json::ObjectPtr all = json::object({{"project", json::object({{"key", "PAY"}})},
                                        {"issuetype", json::object({{"name", "Bug"}})},
                                        {"summary", "A finding"}});
    const json::ObjectPtr given = json::asObject(json::parse(fields));
    for (const auto& [name, value] : *given)
        all->set(name, value);
    return rest("POST", "/issue", json::text(json::object({{"fields", all}})));
}

std::string DcSim::issueKey(const std::string& fields) {
    const Answer answer = createIssue(fields);
    if (answer.status != 201)
        throw std::runtime_error("creating failed: " + answer.text);
    return answer.textAt("key");
}

std::string formValue(const Answer& answer, const std::string& name) {
    for (const auto& [key, value] : jira_sim::parseForm(answer.text))
        if (key == name)
            return value;
    return {};
}

} // namespace sim_test
