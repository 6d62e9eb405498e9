#pragma once

#include "test_ticket_store.hpp"

#include "push/push_parts.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace jira_plugin::trial {

/// Something about a test ticket that the caller must know before anything is done.
class TrialProblem : public std::runtime_error {
public:
    /// code: "not_mapped", "test_in_flight", "delete_refused" or "not_ours".
    TrialProblem(std::string code, const std::string& message, std::string remedy)
        : std::runtime_error(message), _code(std::move(code)), _remedy(std::move(remedy)) {}
    const std::string& code() const { return _code; }
    const std::string& remedy() const { return _remedy; }

private:
    std::string _code;
    std::string _remedy;
};

/// Test tickets: made from a sample finding as real ones are, read back and compared, deleted. A request goes
/// out once; one whose answer was lost is looked up by its label and never sent again. Safe from any thread.
/// Functions throw TrialProblem, the types of jira/errors.hpp and store::StoreError.
class TestTickets {
public:
    /// parts: borrowed, outlives this.
    explicit TestTickets(push::PushParts& parts);

    /// What Jira refuses comes back as a failed ticket with Jira's reason.
    TestTicket send(const std::string& organisation, const host::Project& project, const std::string& user);

    /// As they were last seen; asks Jira nothing.
    std::vector<TestTicket> latest(const std::string& organisation) { return _store.latest(organisation); }

    std::optional<TestTicket> find(const std::string& organisation, const std::string& id) {
        return _store.find(organisation, id);
    }

    /// Looks at it in Jira again.
    TestTicket refresh(TestTicket ticket);

    /// Deletes it in Jira, if it still carries the test label and its own.
    TestTicket remove(TestTicket ticket);

    /// What other processes were sending when they vanished is in doubt.
    void othersVanished() { _store.doubtAbandoned(); }

private:
    void prepareAndCreate(TestTicket& ticket, const host::Project& project, jira::Client& client);
    void create(TestTicket& ticket, const mapping::TicketDraft& draft, jira::Client& client);
    void readBack(TestTicket& ticket, jira::Client& client);
    void readBackIfPossible(TestTicket& ticket, jira::Client& client);
    void lookUp(TestTicket& ticket, jira::Client& client);
    TestTicket deleted(TestTicket ticket, jira::Client& client);
    TestTicket saved(TestTicket ticket);

    push::PushParts& _parts;
    TestTicketStore _store;
};

} // namespace jira_plugin::trial
