#pragma once

#include <memory>
#include <vector>

#include <aspm/contrib/finding_status.h>
#include <aspm/http.h>
#include <aspm/service/alerts.h>
#include <aspm/service/directory.h>
#include <aspm/service/findings.h>

#include <aspm_host/http.hpp>
#include <aspm_host/model.hpp>

namespace aspm::host {

/// The C structs over the host's own: valid while both the view and what it was made from live. Not movable,
/// since the struct points into the view.

class FindingView {
public:
    explicit FindingView(const Finding& finding);
    FindingView(const FindingView&) = delete;
    FindingView& operator=(const FindingView&) = delete;
    const aspm_finding* get() const { return &_finding; }

private:
    std::vector<aspm_str> _labels;
    aspm_finding _finding{};
};

class PrincipalView {
public:
    explicit PrincipalView(const Principal& principal);
    PrincipalView(const PrincipalView&) = delete;
    PrincipalView& operator=(const PrincipalView&) = delete;
    const aspm_principal* get() const { return &_principal; }

private:
    std::vector<aspm_str> _projects;
    aspm_principal _principal{};
};

class RequestView {
public:
    explicit RequestView(const HttpRequest& request);
    RequestView(const RequestView&) = delete;
    RequestView& operator=(const RequestView&) = delete;
    const aspm_http_request* get() const { return &_request; }

private:
    std::vector<aspm_header> _headers;
    std::unique_ptr<PrincipalView> _principal;
    aspm_http_request _request{};
};

aspm_organisation organisationView(const Organisation& organisation);
aspm_project projectView(const Project& project);
aspm_member memberView(const Member& member);

/// Throws ServiceError(ASPM_ARGUMENT) when there is no such state.
aspm_push_state pushStateFrom(aspm_push_state state);

/// Copies of what a plugin handed over. Throw ServiceError(ASPM_ARGUMENT) that names the member at fault.
TicketRef ticketFrom(const aspm_ticket_ref* ticket);
PushReport pushReportFrom(const aspm_push_report* report);
TimelineEntry timelineEntryFrom(const aspm_timeline_entry* entry);
Alert alertFrom(const aspm_alert* alert);

} // namespace aspm::host
