#include "tls_context.hpp"

#include "mapping/text.hpp"

#include <array>
#include <ctime>
#include <memory>
#include <stdexcept>

#include <Poco/Crypto/OpenSSLInitializer.h>
#include <Poco/Exception.h>
#include <Poco/File.h>
#include <Poco/Net/NetSSL.h>
#include <dlfcn.h>
#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace jira_plugin::jira {
namespace {

thread_local int lastVerifyError = X509_V_OK;
thread_local std::string lastTimeProblem;
thread_local std::string lastRefusedCertificate;

std::string printed(const X509_NAME* name) {
    const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new(BIO_s_mem()), &BIO_free);
    if (!out || X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0) {
        return {};
    }
    const char* text = nullptr;
    const long length = BIO_get_mem_data(out.get(), &text);
    return mapping::cutText(mapping::oneLine(std::string(text, static_cast<std::size_t>(length))), 200);
}

std::string timeText(const std::tm& time) {
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &time)};
}

/// What a certificate says of its validity and what this machine's clock says; empty for other errors.
std::string timeProblem(int verifyError, const X509* certificate) {
    const bool early = verifyError == X509_V_ERR_CERT_NOT_YET_VALID;
    if (certificate == nullptr || (!early && verifyError != X509_V_ERR_CERT_HAS_EXPIRED)) {
        return {};
    }
    const ASN1_TIME* limit = early ? X509_get0_notBefore(certificate) : X509_get0_notAfter(certificate);
    std::tm limitTime{};
    std::tm here{};
    const std::time_t now = std::time(nullptr);
    if (ASN1_TIME_to_tm(limit, &limitTime) != 1 || gmtime_r(&now, &here) == nullptr) {
        return {};
    }
    return (early ? ": it is valid from " : ": it was valid until ") + timeText(limitTime) +
           ", and this machine's clock says " + timeText(here);
}

int onVerify(int accepted, X509_STORE_CTX* store) {
    if (accepted == 0) {
        lastVerifyError = X509_STORE_CTX_get_error(store);
        lastTimeProblem = timeProblem(lastVerifyError, X509_STORE_CTX_get_current_cert(store));
        const X509* certificate = X509_STORE_CTX_get_current_cert(store);
        lastRefusedCertificate =
            certificate ? subjectOf(certificate) + ", issued by " + issuerOf(certificate) : std::string();
    }
    return accepted;
}

TransportError failure(const std::string& message, const std::string& remedy,
                       TransportError::Kind kind = TransportError::Kind::Tls) {
    return {kind, false, message, remedy};
}

// Poco counts who uses OpenSSL: the first one sets it up, the last one to go frees its configuration. That
// belongs to the host's whole process, and one thread may set up what another one frees. So the count never
// goes to zero. Poco's library that counts stays in the process then, lest the next load of the plugin begin
// with another count and leave the memory of this one behind.
void keepOpenSsl() {
    static const bool isKept = [] {
        Dl_info library{};
        if (dladdr(reinterpret_cast<void*>(&Poco::Crypto::OpenSSLInitializer::initialize), &library) != 0)
            dlopen(library.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
        Poco::Net::initializeSSL();
        return true;
    }();
    static_cast<void>(isKept);
}

} // namespace

Poco::Net::Context::Ptr makeTlsContext(const std::string& caFile) {
    using Poco::Net::Context;
    keepOpenSsl();
    try {
        if (!caFile.empty() && !Poco::File(caFile).exists()) {
            throw std::invalid_argument("The CA file " + caFile + " (jira.tls.ca_file) does not exist.");
        }
        Context::Ptr context(new Context(Context::TLS_CLIENT_USE, caFile, Context::VERIFY_STRICT, 9,
                                         caFile.empty(), "HIGH:!aNULL:!eNULL:!MD5:!SHA1:!3DES"));
        SSL_CTX_set_min_proto_version(context->sslContext(), TLS1_2_VERSION);
        SSL_CTX_set_verify(context->sslContext(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                           &onVerify);
        return context;
    } catch (const Poco::Exception& error) {
        throw std::invalid_argument("The CA file " + (caFile.empty() ? "of the system" : caFile) +
                                    " (jira.tls.ca_file) cannot be used: " + error.displayText());
    }
}

int takeVerifyError() {
    const int error = lastVerifyError;
    lastVerifyError = X509_V_OK;
    return error;
}

std::string takeRefusedCertificate() {
    std::string certificate;
    certificate.swap(lastRefusedCertificate);
    return certificate;
}

std::string subjectOf(const X509* certificate) {
    return printed(X509_get_subject_name(certificate));
}

std::string issuerOf(const X509* certificate) {
    return printed(X509_get_issuer_name(certificate));
}

bool isCertificateFor(const X509* certificate, const std::string& host) {
    auto* borrowed = const_cast<X509*>(certificate); // OpenSSL 1.1's signature; it does not write
    return X509_check_host(borrowed, host.data(), host.size(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS,
                           nullptr) == 1 ||
           X509_check_ip_asc(borrowed, host.c_str(), 0) == 1;
}

std::string namesOf(const X509* certificate) {
    std::string names;
    auto* list =
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(list) && i < 5; ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(list, i);
        if (name->type == GEN_DNS) {
            const auto* text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
            names += (names.empty() ? "" : ", ") +
                     std::string(text, static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
        }
    }
    GENERAL_NAMES_free(list);
    return names;
}

TransportError tlsFailure(const std::string& server, int verifyError, const std::string& text) {
    const auto contains = [&text](const char* part) { return text.find(part) != std::string::npos; };
    switch (verifyError) {
    case X509_V_OK:
        break;
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return failure(
            "The TLS certificate of " + server + " has expired" + lastTimeProblem + ".",
            "Ask whoever runs that server to renew it; if it is current, check this machine's clock.",
            TransportError::Kind::TlsTime);
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return failure("The TLS certificate of " + server + " is not valid yet" + lastTimeProblem + ".",
                       "Check this machine's clock, then the certificate's start date.",
                       TransportError::Kind::TlsTime);
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return failure(
            "The TLS certificate of " + server + " is not signed by an authority this platform trusts.",
            "If a company CA or a proxy signs it, save the CA's certificate as a PEM file and name it "
            "in jira.tls.ca_file; if the server leaves out an intermediate certificate, have it added.");
    case X509_V_ERR_CERT_REVOKED:
        return failure("The TLS certificate of " + server + " was revoked.",
                       "Ask whoever runs that server for a new certificate.");
    default:
        return failure("The TLS certificate of " + server +
                           " was not accepted: " + X509_verify_cert_error_string(verifyError) + ".",
                       "Ask whoever runs that server to correct its certificate.");
    }
    if (contains("wrong version number") || contains("packet length too long") || contains("http request")) {
        return failure(server + " does not speak TLS on this port.",
                       "Check the address and the port; a proxy in between may answer in plain HTTP.");
    }
    if (contains("unsupported protocol") || contains("protocol version")) {
        return failure(server + " offers no TLS version from 1.2 up.",
                       "Have TLS 1.2 or 1.3 switched on at that server.");
    }
    return failure("The TLS handshake with " + server + " failed" + (text.empty() ? "." : ": " + text + "."),
                   "Check the address, and whether a proxy or firewall cuts TLS connections.");
}

TransportError wrongHostFailure(const std::string& server, const std::string& host,
                                const std::string& names) {
    return failure(
        "The TLS certificate presented by " + server + " is not for " + host +
            (names.empty() ? "." : " but for " + names + "."),
        "Use the name the certificate was issued for, or have the certificate extended by this name.");
}

} // namespace jira_plugin::jira
