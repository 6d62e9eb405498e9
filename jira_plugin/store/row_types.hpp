#pragma once

#include "outbox_row.hpp"

#include <string>

#include <Poco/Data/TypeHandler.h>

/// How rows are read from the database: the column lists and, in the same order, what takes them. Only the
/// stores include this.
namespace jira_plugin::store {

inline constexpr const char* outboxColumns =
    "o.organisation, o.finding, o.project, o.severity, o.title, o.state, o.state_since_ms, o.revision, "
    "o.due_at_ms, o.lease_owner, o.lease_until_ms, o.dedupe_label, o.requested_by, o.enqueued_at_ms, "
    "o.attempts, o.sent_at_ms, o.sent_system, o.sent_project, o.sent_labelled, o.lookups, o.cause, "
    "o.message, o.remedy, "
    "o.notes, o.report_due_ms, o.report_tries";

inline constexpr const char* linkColumns =
    "COALESCE(l.organisation, ''), COALESCE(l.finding, ''), COALESCE(l.system, ''), COALESCE(l.issue_id, "
    "''), "
    "COALESCE(l.issue_key, ''), COALESCE(l.url, ''), COALESCE(l.status, ''), COALESCE(l.priority, ''), "
    "COALESCE(l.assignee, ''), COALESCE(l.due_date, ''), COALESCE(l.labels, ''), COALESCE(l.created_at_ms, "
    "0)";

} // namespace jira_plugin::store

namespace Poco::Data {

namespace jira_plugin_detail {

/// Reads one column after the other.
class ColumnReader {
public:
    ColumnReader(std::size_t position, AbstractExtractor::Ptr extractor)
        : _position(position), _extractor(std::move(extractor)) {}

    void read(std::string& value) {
        value.clear();
        _extractor->extract(_position++, value);
    }
    void read(std::int64_t& value) {
        Poco::Int64 number = 0;
        _extractor->extract(_position++, number);
        value = number;
    }
    template <class First, class... Rest> void read(First& first, Rest&... rest) {
        read(first);
        (read(rest), ...);
    }

private:
    std::size_t _position;
    AbstractExtractor::Ptr _extractor;
};

} // namespace jira_plugin_detail

template <> class TypeHandler<jira_plugin::store::OutboxRow> {
    using Row = jira_plugin::store::OutboxRow;

public:
    static std::size_t size() { return 26; }
    static void prepare(std::size_t, const Row&, AbstractPreparator::Ptr) {}
    static void extract(std::size_t position, Row& row, const Row&, AbstractExtractor::Ptr extractor);
};

template <> class TypeHandler<jira_plugin::store::TicketLink> {
    using Link = jira_plugin::store::TicketLink;

public:
    static std::size_t size() { return 12; }
    static void prepare(std::size_t, const Link&, AbstractPreparator::Ptr) {}
    static void extract(std::size_t position, Link& link, const Link&, AbstractExtractor::Ptr extractor);
};

} // namespace Poco::Data
