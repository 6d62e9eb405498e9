#include "ticket_reference.hpp"

#include "mapping/text.hpp"

#include <cctype>
#include <vector>

#include <Poco/Exception.h>
#include <Poco/URI.h>

namespace jira_plugin::sync {
namespace {

/// Project keys are letters, digits and underscores after a first letter; numbers have no leading zero.
/// Source: confluence.atlassian.com/adminjiraserver, "Changing the project key format".
bool isKey(const std::string& text) {
    const auto dash = text.rfind('-');
    if (dash == std::string::npos || dash == 0 || dash + 1 == text.size() || text.size() > 255 ||
        std::isalpha(static_cast<unsigned char>(text[0])) == 0 || text[dash + 1] == '0')
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool fits = i < dash ? std::isalnum(c) != 0 || c == '_' : i == dash || std::isdigit(c) != 0;
        if (!fits)
            return false;
    }
    return true;
}

std::string capitals(std::string text) {
    for (char& c : text)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

/// The key in an address: the last part of its path, or the issue that is selected on a board.
std::string keyIn(const Poco::URI& address) {
    std::vector<std::string> parts;
    address.getPathSegments(parts);
    for (const auto& [name, value] : address.getQueryParameters())
        if (name == "selectedIssue" && isKey(value))
            return value;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part)
        if (isKey(*part))
            return *part;
    return "";
}

} // namespace

TicketReference readTicketReference(const std::string& text, const std::string& browse) {
    TicketReference reference;
    const std::string word = mapping::oneLine(text);
    if (isKey(word)) {
        reference.kind = TicketReference::Kind::Key;
        reference.key = capitals(word);
        return reference;
    }
    try {
        const Poco::URI address(word), own(browse);
        const std::string scheme = mapping::lowerAscii(address.getScheme());
        if ((scheme != "http" && scheme != "https") || address.getHost().empty())
            return reference;
        reference.site = mapping::lowerAscii(address.getHost());
        reference.ownSite = mapping::lowerAscii(own.getHost());
        if (reference.site != reference.ownSite || address.getPort() != own.getPort()) {
            reference.kind = TicketReference::Kind::OtherSite;
            return reference;
        }
        reference.key = capitals(keyIn(address));
        if (!reference.key.empty())
            reference.kind = TicketReference::Kind::Key;
    } catch (const Poco::Exception&) {
        reference.kind = TicketReference::Kind::Unreadable;
    }
    return reference;
}

} // namespace jira_plugin::sync
