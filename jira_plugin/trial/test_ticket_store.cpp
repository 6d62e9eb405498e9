#include "test_ticket_store.hpp"

#include "jira/json.hpp"
#include "store/database.hpp"
#include "store/sql_text.hpp"

#include <algorithm>
#include <array>

#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Statement.h>

namespace jira_plugin::trial {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::Statement;
using Poco::JSON::Array;
using Poco::JSON::Object;
namespace json = jira::json;

constexpr const char* columns =
    "organisation, id, project, project_key, state, label, system, issue_id, issue_key, url, created_at_ms, "
    "created_by, deleted_at_ms, sent, compared, message, remedy";

TestState stateOf(const std::string& word) {
    using S = TestState;
    for (const S state : {S::Sending, S::InDoubt, S::There, S::Deleted, S::Gone})
        if (word == toString(state))
            return state;
    return S::Failed;
}

ComparedField::Verdict verdictOf(const std::string& word) {
    using V = ComparedField::Verdict;
    return word == toString(V::Same) ? V::Same : word == toString(V::Missing) ? V::Missing : V::Differs;
}

std::string encode(const std::vector<SentField>& fields) {
    Array::Ptr list = new Array;
    for (const auto& field : fields) {
        Object::Ptr each = new Object;
        each->set("id", field.id);
        each->set("name", field.name);
        each->set("value", field.value);
        each->set("text", field.text);
        list->add(each);
    }
    return json::write(list);
}

std::string encode(const std::vector<ComparedField>& fields) {
    Array::Ptr list = new Array;
    for (const auto& field : fields) {
        Object::Ptr each = new Object;
        each->set("id", field.id);
        each->set("name", field.name);
        each->set("sent", field.sent);
        each->set("stored", field.stored);
        each->set("verdict", toString(field.verdict));
        list->add(each);
    }
    return json::write(list);
}

template <class Read> void eachObject(const std::string& text, Read&& read) {
    const auto list = json::parseArray(text);
    for (std::size_t i = 0; list && i < list->size(); ++i)
        read(json::objectAt(list, i));
}

std::vector<SentField> decodeSent(const std::string& text) {
    std::vector<SentField> fields;
    eachObject(text, [&](const Object::Ptr& each) {
        fields.push_back({json::text(each, "id"), json::text(each, "name"), json::text(each, "value"),
                          json::text(each, "text")});
    });
    return fields;
}

std::vector<ComparedField> decodeCompared(const std::string& text) {
    std::vector<ComparedField> fields;
    eachObject(text, [&](const Object::Ptr& each) {
        fields.push_back({json::text(each, "id"), json::text(each, "name"), json::text(each, "sent"),
                          json::text(each, "stored"), verdictOf(json::text(each, "verdict"))});
    });
    return fields;
}

std::vector<TestTicket> read(Statement& statement) {
    RecordSet rows(statement);
    std::vector<TestTicket> tickets;
    for (bool more = rows.moveFirst(); more; more = rows.moveNext()) {
        const auto text = [&rows](const char* column) { return rows[column].convert<std::string>(); };
        const auto number = [&rows](const char* column) { return rows[column].convert<Poco::Int64>(); };
        TestTicket ticket;
        ticket.organisation = text("organisation");
        ticket.id = text("id");
        ticket.project = text("project");
        ticket.projectKey = text("project_key");
        ticket.state = stateOf(text("state"));
        ticket.label = text("label");
        ticket.system = text("system");
        ticket.issueId = text("issue_id");
        ticket.issueKey = text("issue_key");
        ticket.url = text("url");
        ticket.createdAtMs = number("created_at_ms");
        ticket.createdBy = text("created_by");
        ticket.deletedAtMs = number("deleted_at_ms");
        ticket.sent = decodeSent(text("sent"));
        ticket.compared = decodeCompared(text("compared"));
        ticket.message = text("message");
        ticket.remedy = text("remedy");
        tickets.push_back(std::move(ticket));
    }
    return tickets;
}

} // namespace

const char* toString(TestState state) {
    switch (state) {
    case TestState::Sending:
        return "sending";
    case TestState::InDoubt:
        return "in_doubt";
    case TestState::There:
        return "there";
    case TestState::Deleted:
        return "deleted";
    case TestState::Gone:
        return "gone";
    case TestState::Failed:
        break;
    }
    return "failed";
}

bool TestTicketStore::begin(const TestTicket& ticket) {
    return _database.transaction([&](Session& session) {
        std::vector<std::string> written;
        session
            << "INSERT INTO test_ticket (" << columns
            << ", owner) VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', '', $8, $9, 0, $10, '[]', '', '', $11) "
               "ON CONFLICT DO NOTHING RETURNING id",
            bind(ticket.organisation), bind(ticket.id), bind(ticket.project), bind(ticket.projectKey),
            bind(std::string(toString(ticket.state))), bind(ticket.label), bind(ticket.system),
            bind(ticket.createdAtMs), bind(ticket.createdBy), bind(encode(ticket.sent)),
            bind(_database.instance()), into(written), now;
        return !written.empty();
    });
}

void TestTicketStore::update(const TestTicket& ticket) {
    _database.transaction([&](Session& session) {
        session
            << "UPDATE test_ticket SET state = $1, issue_id = $2, issue_key = $3, url = $4, "
               "deleted_at_ms = $5, compared = $6, message = $7, remedy = $8, sent = $9, created_at_ms = $10 "
               "WHERE organisation = $11 AND id = $12 AND (state <> 'deleted' OR $13 = 'deleted')",
            bind(std::string(toString(ticket.state))), bind(ticket.issueId), bind(ticket.issueKey),
            bind(ticket.url), bind(ticket.deletedAtMs), bind(encode(ticket.compared)), bind(ticket.message),
            bind(ticket.remedy), bind(encode(ticket.sent)), bind(ticket.createdAtMs),
            bind(ticket.organisation), bind(ticket.id), bind(std::string(toString(ticket.state))), now;
    });
}

std::optional<TestTicket> TestTicketStore::find(const std::string& organisation, const std::string& id) {
    return _database.read([&](Session& session) -> std::optional<TestTicket> {
        Statement statement(session);
        statement << "SELECT " << columns << " FROM test_ticket WHERE organisation = $1 AND id = $2",
            bind(organisation), bind(id), now;
        auto found = read(statement);
        return found.empty() ? std::nullopt : std::optional<TestTicket>(std::move(found.front()));
    });
}

std::vector<TestTicket> TestTicketStore::latest(const std::string& organisation) {
    auto tickets = _database.read([&](Session& session) {
        Statement statement(session);
        statement
            << "SELECT " << columns
            << " FROM test_ticket t WHERE organisation = $1 AND NOT EXISTS (SELECT 1 FROM test_ticket n "
               "WHERE n.organisation = t.organisation AND n.project = t.project AND (n.created_at_ms > "
               "t.created_at_ms OR (n.created_at_ms = t.created_at_ms AND n.id > t.id))) "
               "ORDER BY project_key, project",
            bind(organisation), now;
        return read(statement);
    });
    return tickets;
}

void TestTicketStore::doubtAbandoned() {
    _database.transaction([&](Session& session) {
        const auto alive = _database.alive(session);
        Statement update(session);
        update << "UPDATE test_ticket SET state = 'in_doubt' WHERE state = 'sending' AND owner NOT IN ("
               << store::placeholders(1, alive.size()) << ")";
        for (const std::string& instance : alive)
            update, bind(instance);
        update.execute();
    });
}

} // namespace jira_plugin::trial
