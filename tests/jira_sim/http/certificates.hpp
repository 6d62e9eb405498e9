#pragma once

#include <string>

namespace jira_sim {

/// A throw-away certification authority and the server certificate it signed, all PEM.
/// The authority's private key is forgotten once the certificate is signed.
struct Certificates {
    std::string caPem;
    std::string certificatePem;
    std::string keyPem;

    /// For localhost, 127.0.0.1 and ::1. Throws std::runtime_error when OpenSSL refuses.
    static Certificates make();
};

} // namespace jira_sim
