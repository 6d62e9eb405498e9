#include "address_policy.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace jira_plugin::jira {
namespace {

using Bytes4 = std::array<std::uint8_t, 4>;
using Bytes16 = std::array<std::uint8_t, 16>;

struct Range4 {
    Bytes4 base;
    int bits;
    AddressClass kind;
};

// First match decides. Metadata services: AWS, Azure and Google 169.254.169.254; Azure also 168.63.129.16;
// Alibaba 100.100.100.200; Oracle 192.0.0.192.
constexpr std::array<Range4, 15> ranges4{{
    {{0, 0, 0, 0}, 8, AddressClass::Refused},
    {{169, 254, 0, 0}, 16, AddressClass::Refused},
    {{168, 63, 129, 16}, 32, AddressClass::Refused},
    {{100, 100, 100, 200}, 32, AddressClass::Refused},
    {{192, 0, 0, 0}, 24, AddressClass::Refused},
    {{192, 0, 2, 0}, 24, AddressClass::Refused},
    {{198, 51, 100, 0}, 24, AddressClass::Refused},
    {{203, 0, 113, 0}, 24, AddressClass::Refused},
    {{224, 0, 0, 0}, 3, AddressClass::Refused},
    {{10, 0, 0, 0}, 8, AddressClass::Private},
    {{100, 64, 0, 0}, 10, AddressClass::Private},
    {{127, 0, 0, 0}, 8, AddressClass::Private},
    {{172, 16, 0, 0}, 12, AddressClass::Private},
    {{192, 168, 0, 0}, 16, AddressClass::Private},
    {{198, 18, 0, 0}, 15, AddressClass::Private},
}};

AddressClass classify4(const Bytes4& bytes) {
    const auto number = [](const Bytes4& b) {
        return (std::uint32_t{b[0]} << 24) | (std::uint32_t{b[1]} << 16) | (std::uint32_t{b[2]} << 8) | b[3];
    };
    for (const Range4& range : ranges4) {
        const std::uint32_t mask = ~std::uint32_t{0} << (32 - range.bits);
        if ((number(bytes) & mask) == number(range.base)) {
            return range.kind;
        }
    }
    return AddressClass::Public;
}

bool startsWith(const Bytes16& bytes, const std::uint8_t* prefix, std::size_t length) {
    return std::memcmp(bytes.data(), prefix, length) == 0;
}

AddressClass classify6(const Bytes16& bytes) {
    constexpr std::uint8_t zeros[12] = {};
    constexpr std::uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    constexpr std::uint8_t nat64[12] = {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    constexpr std::uint8_t awsMetadata[16] = {0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54};
    if (startsWith(bytes, mapped, 12) || startsWith(bytes, nat64, 12)) {
        return classify4({bytes[12], bytes[13], bytes[14], bytes[15]});
    }
    if (startsWith(bytes, zeros, 12)) {
        const bool loopback = bytes[12] == 0 && bytes[13] == 0 && bytes[14] == 0 && bytes[15] == 1;
        return loopback ? AddressClass::Private : classify4({bytes[12], bytes[13], bytes[14], bytes[15]});
    }
    if (bytes[0] == 0x20 && bytes[1] == 0x02) {
        return classify4({bytes[2], bytes[3], bytes[4], bytes[5]});
    }
    if (startsWith(bytes, awsMetadata, 16) || bytes[0] == 0xff) {
        return AddressClass::Refused;
    }
    if (bytes[0] == 0xfe) { // fe80::/10 link-local, fec0::/10 site-local
        return (bytes[1] & 0xc0) == 0xc0 ? AddressClass::Private : AddressClass::Refused;
    }
    return (bytes[0] & 0xfe) == 0xfc ? AddressClass::Private : AddressClass::Public;
}

bool isForbidden(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || std::strchr("\"<>\\^`{|}", c) != nullptr;
}

/// Path and query as they are written, so that an encoded '/' stays a part of its segment and a signature
/// fits what is sent. What no address may hold is encoded.
std::string targetOf(const std::string& url) {
    constexpr const char* digits = "0123456789ABCDEF";
    const std::size_t start = url.find_first_of("/?#", url.find("//") + 2);
    std::string target;
    for (const char c : start == std::string::npos ? std::string() : url.substr(start)) {
        if (c == '#') {
            break;
        }
        if (target.empty() && c == '?') {
            target = "/";
        }
        if (isForbidden(c)) {
            target += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]};
        } else {
            target += c;
        }
    }
    return target;
}

} // namespace

AddressClass classify(const Poco::Net::IPAddress& address) {
    if (address.family() == Poco::Net::IPAddress::IPv4) {
        Bytes4 bytes{};
        std::memcpy(bytes.data(), address.addr(), bytes.size());
        return classify4(bytes);
    }
    Bytes16 bytes{};
    std::memcpy(bytes.data(), address.addr(), bytes.size());
    return classify6(bytes);
}

std::string Endpoint::authority() const {
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    const bool usual = port == (tls ? 443 : 80);
    return usual ? name : name + ":" + std::to_string(port);
}

Endpoint parseUrl(const std::string& url) {
    for (const char c : url) {
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) {
            throw std::invalid_argument("The address contains a space or a control character.");
        }
    }
    Poco::URI uri;
    try {
        uri = url;
    } catch (const Poco::Exception&) {
        throw std::invalid_argument("'" + url + "' is not an address of the form https://host/path.");
    }
    const std::string scheme = Poco::toLower(uri.getScheme());
    if ((scheme != "https" && scheme != "http") || uri.getHost().empty()) {
        throw std::invalid_argument("'" + url + "' is not an address of the form https://host/path.");
    }
    if (!uri.getUserInfo().empty()) {
        throw std::invalid_argument("The address contains a user name; credentials do not belong there.");
    }
    if (!uri.getFragment().empty()) {
        throw std::invalid_argument("The address contains a '#'.");
    }
    Endpoint endpoint;
    endpoint.tls = scheme == "https";
    endpoint.host = Poco::toLower(uri.getHost());
    endpoint.port = uri.getPort();
    endpoint.path = targetOf(url);
    return endpoint;
}

std::string normalisedBaseUrl(const std::string& url) {
    Endpoint endpoint = parseUrl(Poco::trim(url));
    while (!endpoint.path.empty() && endpoint.path.back() == '/') {
        endpoint.path.pop_back();
    }
    return (endpoint.tls ? "https://" : "http://") + endpoint.authority() + endpoint.path;
}

} // namespace jira_plugin::jira
