#pragma once

#include <string>

namespace jira_sim {

/// The RSA public key in what a person pasted: SubjectPublicKeyInfo with or without header lines, or an X.509
/// certificate; lines wrapped anyhow. Answers it as PEM. Throws std::invalid_argument with a sentence that
/// says what the text is instead.
std::string readPublicKey(const std::string& pasted);

/// Whether `signature` (base64) is the RSASSA-PKCS1-v1_5 signature with SHA-1 over `data`.
bool verifyRsaSha1(const std::string& publicKeyPem, const std::string& data, const std::string& signature);

} // namespace jira_sim
