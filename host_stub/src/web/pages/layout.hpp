#pragma once

#include <string>

#include <aspm_host/model.hpp>

#include "../../runtime/stub_host.hpp"
#include "../exchange.hpp"
#include "html.hpp"

namespace aspm::host {

/// What every page of a signed-in user needs.
struct View {
    StubHost& host;
    Exchange& exchange;
    Principal principal;

    const std::string& organisation() const { return principal.organisation; }
    bool isAdmin() const { return (principal.roles & ASPM_ROLE_ADMIN) != 0; }
};

/// Sends a page with the shell around it. section: the entry of the navigation that is current, e.g.
/// "/findings".
void sendPage(const View& view, int status, const std::string& section, const std::string& title,
              const Html& body);

/// The same for nobody in particular: no navigation.
void sendBarePage(Exchange& exchange, int status, const std::string& title, const Html& body);

/// <form method="post"> with the session's token.
Html postForm(const View& view, const std::string& action, const Html& content);

/// An option of a <select>.
Html option(const std::string& value, const std::string& label, const std::string& chosen);

Html severityBadge(aspm_severity severity);
Html statusBadge(aspm_finding_status status);
Html pushBadge(aspm_push_state state);
Html badge(const std::string& kind, const std::string& text);

/// The word for a heading or a badge: "in doubt" becomes "In doubt".
std::string capitalised(std::string words);

/// A point in time in UTC; the script shows it in the viewer's zone.
Html timeOf(std::int64_t ms);

/// "Alice Admin (admin, member)".
std::string rolesText(aspm_roles roles);

/// True for a path of this host, which a browser cannot take for another place.
bool isLocalPath(const std::string& path);

} // namespace aspm::host
