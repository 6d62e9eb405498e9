#include "own_write_store.hpp"

#include "database.hpp"
#include "row_types.hpp"

#include <Poco/Data/Statement.h>

namespace Poco::Data {

template <> class TypeHandler<jira_plugin::store::OwnWrite> {
    using Write = jira_plugin::store::OwnWrite;

public:
    static std::size_t size() { return 12; }
    static void prepare(std::size_t, const Write&, AbstractPreparator::Ptr) {}
    static void extract(std::size_t position, Write& write, const Write&, AbstractExtractor::Ptr extractor) {
        jira_plugin_detail::ColumnReader(position, std::move(extractor))
            .read(write.organisation, write.id, write.system, write.issueId, write.finding, write.task,
                  write.generation, write.kind, write.value, write.state, write.doubtSinceMs,
                  write.commentId);
    }
};

} // namespace Poco::Data

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

bool OwnWriteStore::begin(const OwnWrite& write, const std::string& leaseOwner) {
    return _database.transaction([&](Session& session) {
        Statement begun(session);
        begun << "UPDATE outward_task SET begun = 1 WHERE organisation = $1 AND id = $2 AND generation = $3 "
                 "AND lease_owner = $4",
            bind(write.organisation), bind(write.task), bind(write.generation), bind(leaseOwner);
        if (begun.execute() == 0)
            return false;
        session
            << "INSERT INTO own_write (organisation, id, system, issue_id, finding, task, generation, kind, "
               "value, state, doubt_since_ms, comment_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
               "'open', $10, '')",
            bind(write.organisation), bind(write.id), bind(write.system), bind(write.issueId),
            bind(write.finding), bind(write.task), bind(write.generation), bind(write.kind),
            bind(write.value), bind(write.doubtSinceMs), now;
        return true;
    });
}

void OwnWriteStore::doubt(const OwnWrite& write, std::int64_t nowMs) {
    _database.transaction([&](Session& session) {
        session << "UPDATE own_write SET doubt_since_ms = $1 WHERE organisation = $2 AND id = $3",
            bind(nowMs), bind(write.organisation), bind(write.id), now;
    });
}

void OwnWriteStore::end(const OwnWrite& write) {
    _database.transaction([&](Session& session) {
        session << "DELETE FROM own_write WHERE organisation = $1 AND id = $2 AND comment_id = ''",
            bind(write.organisation), bind(write.id), now;
        session << "UPDATE own_write SET state = 'done' WHERE organisation = $1 AND id = $2",
            bind(write.organisation), bind(write.id), now;
    });
}

void OwnWriteStore::abandon(Session& session, const std::string& organisation, const std::string& finding) {
    session << "DELETE FROM own_write WHERE organisation = $1 AND finding = $2 AND state = 'open' AND "
               "comment_id = ''",
        bind(organisation), bind(finding), now;
    session << "UPDATE own_write SET state = 'done' WHERE organisation = $1 AND finding = $2",
        bind(organisation), bind(finding), now;
}

void OwnWriteStore::arrived(const OwnWrite& write, const std::string& commentId) {
    _database.transaction([&](Session& session) {
        session << "UPDATE own_write SET comment_id = $1 WHERE organisation = $2 AND id = $3",
            bind(commentId), bind(write.organisation), bind(write.id), now;
    });
}

std::vector<OwnWrite> OwnWriteStore::open(const std::string& organisation, const std::string& system,
                                          const std::string& issueId) {
    return _database.read([&](Session& session) {
        std::vector<OwnWrite> writes;
        session
            << "SELECT organisation, id, system, issue_id, finding, task, generation, kind, value, state, "
               "doubt_since_ms, comment_id FROM own_write WHERE organisation = $1 AND system = $2 AND "
               "issue_id = $3 AND state = 'open'",
            bind(organisation), bind(system), bind(issueId), into(writes), now;
        return writes;
    });
}

bool OwnWriteStore::isOpen(const std::string& organisation, const std::string& system,
                           const std::string& issueId) {
    return _database.read([&](Session& session) {
        std::int64_t count = 0;
        session << "SELECT COUNT(*) FROM own_write WHERE organisation = $1 AND system = $2 AND issue_id = $3 "
                   "AND state = 'open' AND NOT EXISTS (SELECT 1 FROM outward_task t WHERE t.organisation = "
                   "own_write.organisation AND t.id = own_write.task AND t.state = 'parked')",
            bind(organisation), bind(system), bind(issueId), into(count), now;
        return count > 0;
    });
}

bool OwnWriteStore::isComment(const std::string& organisation, const std::string& system,
                              const std::string& issueId, const std::string& commentId) {
    return _database.read([&](Session& session) {
        std::int64_t count = 0;
        session << "SELECT COUNT(*) FROM own_write WHERE organisation = $1 AND system = $2 AND issue_id = $3 "
                   "AND comment_id = $4",
            bind(organisation), bind(system), bind(issueId), bind(commentId), into(count), now;
        return count > 0;
    });
}

bool OwnWriteStore::hasCommented(const OutwardTask& task) {
    return _database.read([&](Session& session) {
        std::int64_t count = 0;
        session << "SELECT COUNT(*) FROM own_write WHERE organisation = $1 AND task = $2 AND generation = $3 "
                   "AND kind = 'comment' AND comment_id <> ''",
            bind(task.organisation), bind(task.id), bind(task.generation), into(count), now;
        return count > 0;
    });
}

} // namespace jira_plugin::store
