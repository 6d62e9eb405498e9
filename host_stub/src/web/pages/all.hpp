#pragma once

#include "layout.hpp"

namespace aspm::host {

// The pages, each in the file of its name.

void showDashboard(const View& view);

void showFindings(const View& view);
/// POST /findings/push: tickets for what is ticked, or for all of a project.
void pushFindings(const View& view);

void showFinding(const View& view, const std::string& id);
/// POST .../push and .../status of one finding.
void pushFinding(const View& view, const std::string& id);
void changeStatus(const View& view, const std::string& id);

void showAlerts(const View& view);
/// Alerts as cards; also on the dashboard.
Html alertCards(const std::vector<AlertRecord>& alerts);

void showAudit(const View& view);

void showSettings(const View& view);
/// POST /settings/ownership, for administrators.
void replaceOwnership(const View& view);

/// Who may be chosen; next is where to go then.
void showSignIn(StubHost& host, Exchange& exchange, const std::string& next);

/// Hands an order to the plugin that makes tickets, on behalf of the user. Throws HttpError when there is
/// none.
PushOutcome pushFor(const View& view, PushOrder order);

} // namespace aspm::host
