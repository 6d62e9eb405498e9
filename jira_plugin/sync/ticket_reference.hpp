#pragma once

#include <string>

namespace jira_plugin::sync {

/// How a person names a ticket.
struct TicketReference {
    enum class Kind {
        Key,
        OtherSite, ///< an address elsewhere
        Unreadable
    };
    Kind kind = Kind::Unreadable;
    std::string key;     ///< with Key, in capitals
    std::string site;    ///< with OtherSite: host name
    std::string ownSite; ///< with OtherSite: host name of the Jira that is connected
};

/// Reads a key such as PAY-12, or the address of a ticket's page or of a board on which it is selected.
/// browse: where tickets of the connected Jira are seen, up to the key. Pure.
TicketReference readTicketReference(const std::string& text, const std::string& browse);

} // namespace jira_plugin::sync
