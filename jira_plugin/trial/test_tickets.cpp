#include "test_tickets.hpp"

#include "jira/errors.hpp"
#include "mapping/draft_builder.hpp"
#include "push/dedupe_label.hpp"
#include "sample_finding.hpp"
#include "sent_fields.hpp"
#include "store/random.hpp"

#include <algorithm>

namespace jira_plugin::trial {
namespace {

constexpr const char* lookUpRemedy =
    "Look at it again in a minute: it is searched for by its label. No second one is "
    "created meanwhile.";

constexpr const char* againRemedy = "Nothing was created. Send the test ticket again in a while.";

/// Ownership policies decide by finding, and there is none.
class NoOwner : public host::Ownership {
public:
    std::optional<host::Member> owner(const std::string&, const std::string&) override {
        return std::nullopt;
    }
};

push::Rendered render(push::PushParts& parts, const host::Finding& sample, const std::string& label,
                      jira::Client& client) {
    // The test shows what holds now, not what was read a quarter of an hour ago.
    if (const auto project = parts.mappings.project(sample.organisation, sample.project))
        parts.metadata.dropScreen(sample.organisation, project->jiraProjectId, project->issueTypeId);
    NoOwner nobody;
    return push::Renderer(parts.metadata, nobody).render(sample, label, {}, parts.mappings, client);
}

std::string joined(const std::vector<push::Note>& notes) {
    std::string text;
    for (const auto& note : notes)
        text += (text.empty() ? "" : " ") + note.text;
    return text;
}

void fail(TestTicket& ticket, const std::string& message, const std::string& remedy) {
    ticket.state = TestState::Failed;
    ticket.message = message;
    ticket.remedy = remedy;
}

void settle(TestTicket& ticket, TestState state) {
    ticket.state = state;
    ticket.message.clear();
    ticket.remedy.clear();
}

bool isOurs(const TestTicket& ticket, const std::vector<std::string>& labels) {
    const auto carries = [&](const std::string& label) {
        return std::find(labels.begin(), labels.end(), label) != labels.end();
    };
    return carries(testLabel) && carries(ticket.label);
}

[[noreturn]] void stillOnItsWay(const std::string& projectKey) {
    throw TrialProblem("test_in_flight", "A test ticket for " + projectKey + " is on its way already.",
                       "Wait for it; a second one would only be another ticket to delete.");
}

std::vector<std::string> idsOf(const std::vector<SentField>& fields) {
    std::vector<std::string> ids;
    ids.reserve(fields.size());
    for (const auto& field : fields)
        ids.push_back(field.id);
    return ids;
}

} // namespace

TestTickets::TestTickets(push::PushParts& parts) : _parts(parts), _store(parts.database) {
    if (parts.database.isSoleUser() || parts.database.isShared())
        _store.doubtAbandoned();
}

TestTicket TestTickets::saved(TestTicket ticket) {
    _store.update(ticket);
    return ticket;
}

TestTicket TestTickets::send(const std::string& organisation, const host::Project& project,
                             const std::string& user) {
    const auto client = _parts.connections.client(organisation);
    if (!_parts.mappings.project(organisation, project.id))
        throw TrialProblem("not_mapped", "The project " + project.key + " is not mapped to a Jira project.",
                           "Map it first; then send the test ticket.");
    TestTicket ticket;
    ticket.organisation = organisation;
    ticket.id = "test-" + store::randomHex(10);
    ticket.project = project.id;
    ticket.projectKey = project.key;
    ticket.label = push::dedupeLabel(_parts.installationMarker, organisation, ticket.id);
    ticket.system = client->system();
    ticket.createdAtMs = _parts.nowMs();
    ticket.createdBy = user;
    if (!_store.begin(ticket))
        stillOnItsWay(project.key);
    try {
        prepareAndCreate(ticket, project, *client);
    } catch (...) {
        // Whatever happened, the reservation must not outlive this call: looking it up settles it.
        ticket.state = TestState::InDoubt;
        _store.update(ticket);
        throw;
    }
    return saved(std::move(ticket));
}

void TestTickets::prepareAndCreate(TestTicket& ticket, const host::Project& project, jira::Client& client) {
    const host::Finding sample = sampleFinding(ticket.organisation, project, ticket.id,
                                               _parts.host.urls.settingsPage(), ticket.createdAtMs);
    push::Rendered rendered;
    try {
        rendered = render(_parts, sample, ticket.label, client);
        const auto screen = _parts.metadata.createScreen(
            ticket.organisation, client, rendered.project.jiraProjectId, rendered.project.issueTypeId);
        ticket.sent = sentFields(client.renderCreate(rendered.draft), rendered, *screen);
    } catch (const mapping::MappingProblem& problem) {
        return fail(ticket, problem.what(), problem.remedy());
    } catch (const jira::RetryLater& problem) {
        return fail(ticket, problem.what(), againRemedy);
    } catch (const jira::Error& problem) {
        return fail(ticket, problem.what(), problem.remedy());
    }
    ticket.createdAtMs = _parts.nowMs();
    _store.update(
        ticket); // what is sent must be known before it goes out, or a lost answer could not be judged
    if (!_parts.database.isPresentFor(0)) // others may be looking it up already
        return fail(ticket, "This host lost touch with the database that it shares.", againRemedy);
    create(ticket, rendered.draft, client);
    if (ticket.state == TestState::There)
        readBackIfPossible(ticket, client);
    if (ticket.state == TestState::There && ticket.message.empty())
        ticket.message = joined(rendered.notes);
}

void TestTickets::create(TestTicket& ticket, const mapping::TicketDraft& draft, jira::Client& client) {
    try {
        const auto created = client.createIssue(draft);
        settle(ticket, TestState::There);
        ticket.issueId = created.id;
        ticket.issueKey = created.key;
        ticket.url = client.browseUrl(created.key);
    } catch (const jira::UnknownOutcome& problem) {
        if (draft.labels.empty())
            return fail(ticket,
                        std::string(problem.what()) +
                            " Whether the ticket exists cannot be looked up, since " + draft.projectKey +
                            " takes no labels.",
                        "Look in Jira for '" + draft.summary + "' before you send another one.");
        ticket.state = TestState::InDoubt;
        ticket.message = problem.what();
        ticket.remedy = lookUpRemedy;
    } catch (const jira::RetryLater& problem) {
        fail(ticket, problem.what(), againRemedy);
    } catch (const jira::Error& problem) {
        fail(ticket, problem.what(), problem.remedy());
    }
}

void TestTickets::readBack(TestTicket& ticket, jira::Client& client) {
    const auto stored = client.storedIssue(ticket.issueId, idsOf(ticket.sent));
    if (!stored) {
        settle(ticket, TestState::Gone);
        ticket.message = ticket.issueKey + " is not in Jira any more, or hidden from the connected account.";
        return;
    }
    settle(ticket, TestState::There);
    ticket.issueKey = stored->key; // another one after a move
    ticket.url = client.browseUrl(stored->key);
    ticket.compared = compareFields(ticket.sent, stored->fields);
}

void TestTickets::readBackIfPossible(TestTicket& ticket, jira::Client& client) {
    try {
        readBack(ticket, client);
    } catch (const jira::Error& problem) {
        ticket.message = ticket.issueKey + " was created, but could not be read back. " + problem.what();
        ticket.remedy = "Look at it again in a while.";
    }
}

void TestTickets::lookUp(TestTicket& ticket, jira::Client& client) {
    const std::int64_t now = _parts.nowMs();
    const auto found = client.issuesWithLabels({ticket.label});
    if (!found.empty()) {
        ticket.issueId = found.front().id;
        ticket.issueKey = found.front().key;
        return readBack(ticket, client);
    }
    // Jira's search lags behind: only absence after the settling time says that nothing was created.
    if (now - ticket.createdAtMs > _parts.settings.settleMs)
        fail(ticket, "Jira did not create the test ticket; its answer was lost on the way.",
             "Send it again.");
}

TestTicket TestTickets::refresh(TestTicket ticket) {
    if (ticket.state != TestState::There && ticket.state != TestState::InDoubt)
        return ticket;
    const auto client = _parts.connections.client(ticket.organisation);
    if (client->system() != ticket.system) {
        if (ticket.state == TestState::InDoubt)
            fail(ticket, "It was sent to another Jira site than the one connected now.",
                 "Look in that site for the label " + ticket.label + "; then send another one here.");
        return saved(std::move(ticket));
    }
    if (ticket.state == TestState::There)
        readBack(ticket, *client);
    else
        lookUp(ticket, *client);
    return saved(std::move(ticket));
}

TestTicket TestTickets::remove(TestTicket ticket) {
    if (ticket.state == TestState::Sending || ticket.state == TestState::InDoubt)
        stillOnItsWay(ticket.projectKey);
    if (ticket.state != TestState::There)
        return ticket;
    const auto client = _parts.connections.client(ticket.organisation);
    const auto issue = client->system() == ticket.system ? client->issue(ticket.issueId) : std::nullopt;
    if (!issue && client->system() == ticket.system) {
        settle(ticket, TestState::Gone);
        return saved(std::move(ticket));
    }
    if (!issue || !isOurs(ticket, issue->labels))
        throw TrialProblem("not_ours",
                           ticket.issueKey +
                               " does not carry the labels of this test ticket, so it is left alone.",
                           "If it is no longer needed, delete it in Jira.");
    return saved(deleted(std::move(ticket), *client));
}

TestTicket TestTickets::deleted(TestTicket ticket, jira::Client& client) {
    try {
        client.deleteIssue(ticket.issueId);
        settle(ticket, TestState::Deleted);
        ticket.deletedAtMs = _parts.nowMs();
    } catch (const jira::Refusal& refusal) {
        if (refusal.status() != 404)
            throw TrialProblem("delete_refused",
                               "Jira does not let the connected account delete " + ticket.issueKey + ".",
                               "Delete it in Jira, or leave it: it is labelled " + std::string(testLabel) +
                                   ". Deleting from here needs the permission Delete Issues.");
        settle(ticket, TestState::Gone);
    }
    return ticket;
}

} // namespace jira_plugin::trial
