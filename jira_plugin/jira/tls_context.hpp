#pragma once

#include "transport.hpp"

#include <string>

#include <Poco/Net/Context.h>
#include <openssl/x509.h>

namespace jira_plugin::jira {

/// A client context of the plugin's own: TLS 1.2 or newer, verification always on, nothing shared with the
/// host's SSLManager (its verification callback, which asks handlers of the whole process, is replaced).
/// caFile: PEM file or directory of hashed certificates to trust; empty: the system's. Throws
/// std::invalid_argument with a sentence when it cannot be read.
Poco::Net::Context::Ptr makeTlsContext(const std::string& caFile);

/// What the last failed verification on this thread complained of (X509_V_ERR_*); X509_V_OK when none did.
/// Reading it resets it.
int takeVerifyError();

/// The certificate that the last failed verification on this thread stopped at, as "SUBJECT, issued by
/// ISSUER"; empty when there was none. Reading it resets it.
std::string takeRefusedCertificate();

/// The names in a certificate's subject and issuer for a person, e.g. "CN=acme.atlassian.net,O=Atlassian".
std::string subjectOf(const X509* certificate);
std::string issuerOf(const X509* certificate);

/// Whether the certificate was issued for this name (or address). Source: RFC 6125.
bool isCertificateFor(const X509* certificate, const std::string& host);

/// The names a certificate was issued for, for a message: "a.example, b.example"; at most a few.
std::string namesOf(const X509* certificate);

/// The error for a handshake that failed. verifyError: of takeVerifyError; text: OpenSSL's, may be empty.
TransportError tlsFailure(const std::string& server, int verifyError, const std::string& text);
TransportError wrongHostFailure(const std::string& server, const std::string& host, const std::string& names);

} // namespace jira_plugin::jira
