#pragma once

#include "outward_store.hpp"
#include "row_types.hpp"

/// How tasks are read from the database. Only the stores include this.
namespace jira_plugin::store {

inline constexpr const char* outwardColumns =
    "t.organisation, t.id, t.finding, t.kind, t.occasion, t.old_value, t.new_value, t.snapshot, t.who, "
    "t.why, "
    "t.created_at_ms, t.generation, t.begun, t.state, t.due_at_ms, t.failures, t.cause, t.message, t.remedy";

} // namespace jira_plugin::store

namespace Poco::Data {

template <> class TypeHandler<jira_plugin::store::OutwardTask> {
    using Task = jira_plugin::store::OutwardTask;

public:
    static std::size_t size() { return 19; }
    static void prepare(std::size_t, const Task&, AbstractPreparator::Ptr) {}
    static void extract(std::size_t position, Task& task, const Task&, AbstractExtractor::Ptr extractor) {
        jira_plugin_detail::ColumnReader columns(position, std::move(extractor));
        std::int64_t begun = 0;
        columns.read(task.organisation, task.id, task.finding, task.kind, task.occasion, task.oldValue,
                     task.newValue, task.snapshot, task.who, task.why, task.createdAtMs, task.generation,
                     begun, task.state, task.dueAtMs, task.failures, task.cause, task.message, task.remedy);
        task.begun = begun != 0;
    }
};

} // namespace Poco::Data
