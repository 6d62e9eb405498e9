#pragma once

#include "auth_outcome.hpp"
#include "handover_store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::connection {

struct Context;
class CloudAuthorization;

/// Identity of the alert that tells the admins of a link that was used.
constexpr const char* handoverAlert = "jira-handover";

enum class HandoverState { Open, ChoosingSite, Done };
const char* toString(HandoverState state); ///< "open", "choosing_site", "done"

/// A link as the admins see it.
struct HandoverStatus {
    HandoverState state = HandoverState::Open;
    std::int64_t createdAtMs = 0;
    std::int64_t expiresAtMs = 0;
    std::string createdBy; ///< user ids
    std::string doneBy;    ///< empty until it is done
};

/// Whether a link is good for the member who holds it.
enum class HandoverCheck {
    Good,
    Unknown,  ///< never made for this organisation, taken back or replaced
    Expired,  ///< older than a day
    Taken,    ///< another member has begun with it
    Done,     ///< it has connected
    NotNeeded ///< somebody connected since it was made
};

/// A link as its holder sees it.
struct HandoverView {
    HandoverCheck check = HandoverCheck::Unknown;
    HandoverStatus status;   ///< Good; and Done when it was this member's
    std::vector<Site> sites; ///< the holder's, while they choose
};

struct HandoverLink {
    std::string token; ///< shown once
    std::int64_t expiresAtMs = 0;
};

/// Handing the consent to a member who may give it, and nothing else with it. Safe from any thread; functions
/// throw store::StoreError besides what they say.
class Handovers {
public:
    Handovers(Context& context, CloudAuthorization& authorization)
        : _context(context), _authorization(authorization) {}

    /// A new link, which replaces the earlier one. Throws jira::NotConfigured.
    HandoverLink create(const std::string& organisation, const std::string& admin);
    /// False when there was none.
    bool revoke(const std::string& organisation, const std::string& admin);
    /// Nothing when there is none that is still of use. One that is done is no news any more once an admin
    /// looked.
    std::optional<HandoverStatus> status(const std::string& organisation);

    HandoverView look(const std::string& organisation, const std::string& user, const std::string& token);

    struct Begun {
        HandoverCheck check = HandoverCheck::Unknown;
        std::string authorizeUrl; ///< Good
    };
    /// Claims the link for this member and begins their consent. Throws jira::NotConfigured.
    Begun begin(const std::string& organisation, const std::string& user, const std::string& token);

    struct Chosen {
        HandoverCheck check = HandoverCheck::Unknown;
        AuthResult result; ///< Good
    };
    Chosen chooseSite(const std::string& organisation, const std::string& user, const std::string& token,
                      const std::string& siteId, bool confirmed);

private:
    HandoverCheck check(const std::optional<Handover>& handover, const std::string& user);
    bool isNeeded(const Handover& handover);
    std::vector<Site> waitingSites(const Handover& handover);
    HandoverStatus statusOf(const Handover& handover);

    Context& _context;
    CloudAuthorization& _authorization;
};

} // namespace jira_plugin::connection
