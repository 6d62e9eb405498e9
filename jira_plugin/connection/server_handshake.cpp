#include "server_handshake.hpp"

#include "context.hpp"
#include "server_problem.hpp"

#include "jira/errors.hpp"

#include <openssl/crypto.h>

namespace jira_plugin::connection {

oauth1::Signature signAs(const Context& context, const Identity& identity, const jira::HttpRequest& request,
                         const oauth1::Parameters& parameters, std::int64_t clockOffsetMs) {
    const oauth1::Signer signer(identity.consumerKey, identity.key, [&context] { return context.nowMs(); });
    try {
        auto signature = signer.sign(request, parameters, clockOffsetMs);
        signature.publicKey = identity.publicKey;
        return signature;
    } catch (const oauth1::SigningForbidden& error) {
        throw jira::NotConfigured(error.what(), oauth1::SigningForbidden::remedy());
    }
}

oauth1::Token handshake(Context& context, const Identity& identity, oauth1::HandshakeRequest step,
                        oauth1::Circumstances known) {
    const auto signature = signAs(context, identity, step.request, step.parameters);
    step.request.headers.emplace_back("Authorization", signature.authorization);
    known.baseString = signature.baseString;
    known.consumerKey = identity.consumerKey;
    known.nowMs = context.nowMs();
    try {
        jira::HttpResponse response = context.transport->send(step.request);
        auto token = oauth1::readToken(response);
        if (!token) {
            throw serverProblem(oauth1::explain(response, known));
        }
        OPENSSL_cleanse(response.body.data(), response.body.size());
        return *std::move(token);
    } catch (const jira::TransportError& error) {
        throw serverProblem(error);
    }
}

} // namespace jira_plugin::connection
