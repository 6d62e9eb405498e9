#include "mapping_batch.hpp"

#include "mapping/text.hpp"
#include "mapping_check.hpp"
#include "problems_json.hpp"

#include <map>
#include <set>

namespace jira_plugin::settings {
namespace {

using mapping::ProjectMapping;
using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
using Wish = BatchRow::Wish;

enum class Outcome { Saved, Removed, Unchanged, Valid, Invalid, Forbidden, UnknownProject };

const char* toString(Outcome outcome) {
    switch (outcome) {
    case Outcome::Saved:
        return "saved";
    case Outcome::Removed:
        return "removed";
    case Outcome::Unchanged:
        return "unchanged";
    case Outcome::Valid:
        return "valid";
    case Outcome::Invalid:
        return "invalid";
    case Outcome::Forbidden:
        return "forbidden";
    case Outcome::UnknownProject:
        break;
    }
    return "unknown_project";
}

struct Result {
    Outcome outcome = Outcome::Invalid;
    std::optional<host::Project> project;
    std::optional<ProjectMapping> mapping; ///< that holds, or would hold
    std::vector<FieldProblem> problems;
    std::vector<FieldProblem> warnings;
};

std::string shown(const std::string& text) {
    return mapping::cutText(mapping::oneLine(text), 80);
}

bool isSame(const ProjectMapping& a, const ProjectMapping& b) {
    return a.system == b.system &&
           mapping::jsonText(mapping::toJson(a)) == mapping::jsonText(mapping::toJson(b));
}

/// Whether a row only repeats what is stored; Jira need not be asked for that.
bool repeats(const mapping::MappingRequest& wanted, const ProjectMapping& stored) {
    return (wanted.jiraProject == stored.jiraProjectId || wanted.jiraProject == stored.jiraProjectKey) &&
           (wanted.issueType == stored.issueTypeId || wanted.issueType == stored.issueTypeName) &&
           wanted.assignee.accountId == stored.assigneeId && wanted.extraFields == stored.extraFields;
}

/// The rows of one request, first looked at all, then stored all.
class Batch {
public:
    explicit Batch(Context& context)
        : _context(context), _site(context.parts.connection.status(context.organisation()).siteId) {
        for (auto& project : context.parts.host.directory.projects(context.organisation())) {
            _byKey.emplace(project.key, project);
            _byId.emplace(project.id, project);
        }
        for (auto& mapping : context.parts.mappings.projects(context.organisation()))
            _stored.emplace(mapping.project, mapping);
    }

    std::vector<Result> decide(const std::vector<BatchRow>& rows) {
        std::multiset<std::string> named;
        for (const auto& row : rows)
            if (const auto* project = find(row.project))
                named.insert(project->id);
        std::vector<Result> results;
        results.reserve(rows.size());
        for (const auto& row : rows)
            results.push_back(decide(row, named));
        return results;
    }

    void store(const std::vector<Result>& results) {
        std::vector<ProjectMapping> saved;
        std::vector<std::string> removed;
        for (const auto& result : results) {
            if (result.outcome == Outcome::Saved)
                saved.push_back(*result.mapping);
            else if (result.outcome == Outcome::Removed)
                removed.push_back(result.project->id);
        }
        _context.parts.mappings.change(_context.organisation(), saved, removed, _context.who.user,
                                       _context.parts.host.clock.nowMs());
        for (const auto& mapping : saved) {
            _context.parts.metadata.dropScreen(_context.organisation(), mapping.jiraProjectId,
                                               mapping.issueTypeId);
            _context.audit("jira.mapping.saved", mapping.project, mapping::toJson(mapping));
        }
        for (const auto& project : removed)
            _context.audit("jira.mapping.removed", project);
        if (!saved.empty()) // one look through the queue, however many they are
            _context.parts.pushes.mappingChanged(_context.organisation(),
                                                 saved.size() == 1 ? saved.front().project : "");
    }

private:
    const host::Project* find(const std::string& idOrKey) const {
        for (const auto* known : {&_byId, &_byKey})
            if (const auto found = known->find(idOrKey); found != known->end())
                return &found->second;
        return nullptr;
    }

    const ProjectMapping* stored(const host::Project& project) const {
        const auto found = _stored.find(project.id);
        return found == _stored.end() ? nullptr : &found->second;
    }

    static Result refused(Result result, Outcome outcome, const FieldProblem& problem) {
        result.outcome = outcome;
        result.problems = {problem};
        return result;
    }

    Result decide(const BatchRow& row, const std::multiset<std::string>& named) {
        Result result;
        const auto* project = find(row.project);
        if (!project)
            return refused(result, Outcome::UnknownProject,
                           {"project", "There is no project '" + shown(row.project) + "' in Mayo ASPM.",
                            "Use the key of a project as the project mapping shows it."});
        result.project = *project;
        if (named.count(project->id) > 1)
            return refused(result, Outcome::Invalid,
                           {"project", project->key + " is named more than once.",
                            "Leave one of its rows and remove the others."});
        if (!row.problems.empty()) {
            result.problems = row.problems;
            return result;
        }
        const auto* now = stored(*project);
        if (!_context.mayEdit(project->id))
            return changesNothing(row, now)
                       ? unchanged(result, now)
                       : refused(result, Outcome::Forbidden,
                                 {"project",
                                  "You do not administer the project " + project->key +
                                      ", so you cannot change its mapping.",
                                  "Ask an admin of " + _context.who.organisationName + "."});
        return row.wish == Wish::Map ? check(row, std::move(result), now) : withoutMapping(row, result, now);
    }

    bool changesNothing(const BatchRow& row, const ProjectMapping* now) const {
        if (row.wish == Wish::Map)
            return now && !now->isOfAnother(_site) && repeats(row.mapping, *now);
        return row.wish == Wish::Leave || !now;
    }

    static Result unchanged(Result result, const ProjectMapping* now) {
        result.outcome = Outcome::Unchanged;
        if (now)
            result.mapping = *now;
        return result;
    }

    static Result withoutMapping(const BatchRow& row, Result result, const ProjectMapping* now) {
        if (row.wish == Wish::Remove && now) {
            result.outcome = Outcome::Removed;
            return result;
        }
        if (now)
            result.warnings.push_back({"jiraProject",
                                       "The row names no Jira project, so the mapping of " +
                                           result.project->key + " was left as it is.",
                                       "To remove a mapping, remove it on the page."});
        return unchanged(std::move(result), now);
    }

    Result check(const BatchRow& row, Result result, const ProjectMapping* now) {
        if (!_client) {
            _client = _context.client();
            _jira.emplace(*_client);
        }
        const auto fields = _context.parts.mappings.fields(_context.organisation(), result.project->id);
        CheckedMapping checked = checkMapping(*_jira, row.mapping, fields);
        result.problems = std::move(checked.problems);
        result.warnings = std::move(checked.warnings);
        if (!result.problems.empty())
            return result;
        checked.mapping.project = result.project->id;
        checked.mapping.projectKey = result.project->key;
        result.outcome = now && isSame(*now, checked.mapping) ? Outcome::Unchanged : Outcome::Saved;
        result.mapping = std::move(checked.mapping);
        return result;
    }

    Context& _context;
    const std::string _site; ///< identity of the Jira that is connected
    std::map<std::string, host::Project> _byId;
    std::map<std::string, host::Project> _byKey;
    std::map<std::string, ProjectMapping> _stored; ///< by the id of the host's project
    std::shared_ptr<jira::Client> _client;         ///< asked for when the first row needs it
    std::optional<JiraMemo> _jira;
};

Object::Ptr resultJson(const BatchRow& row, const Result& result) {
    Object::Ptr json = new Object;
    json->set("project", result.project ? result.project->id : shown(row.project));
    json->set("projectKey", result.project ? Var(result.project->key) : Var());
    json->set("outcome", std::string(toString(result.outcome)));
    json->set("mapping", result.mapping ? Var(mapping::toJson(*result.mapping)) : Var());
    json->set("problems", problemsJson(result.problems));
    json->set("warnings", problemsJson(result.warnings));
    json->set("line", row.line > 0 ? Var(row.line) : Var());
    return json;
}

} // namespace

Response runBatch(Context& context, const std::vector<BatchRow>& rows, bool dryRun) {
    if (rows.size() > maxBatchRows)
        throw mapping::SettingsProblem("mappings", "At most " + std::to_string(maxBatchRows) +
                                                       " mappings are taken in one request.");
    Batch batch(context);
    auto results = batch.decide(rows);
    if (!dryRun)
        batch.store(results);
    std::int64_t saved = 0;
    std::int64_t failed = 0;
    Array::Ptr list = new Array;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& outcome = results[i].outcome;
        const bool changes = outcome == Outcome::Saved || outcome == Outcome::Removed;
        if (changes && dryRun)
            outcome = Outcome::Valid;
        saved += changes && !dryRun ? 1 : 0;
        failed += changes || outcome == Outcome::Unchanged ? 0 : 1;
        list->add(resultJson(rows[i], results[i]));
    }
    Object::Ptr json = new Object;
    json->set("results", list);
    json->set("saved", saved);
    json->set("failed", failed);
    return jsonResponse(200, json);
}

void readInto(BatchRow& row, const Object::Ptr& mapping) {
    try {
        row.mapping = mapping::readMappingRequest(mapping);
    } catch (const mapping::SettingsProblem& e) {
        row.problems.push_back({e.field(), e.what(), "Correct it and send it again."});
    }
}

BatchRequest readBatch(const Object::Ptr& json) {
    mapping::JsonReader reader(json);
    BatchRequest request;
    request.dryRun = reader.boolean("dryRun");
    const auto list = reader.array("mappings");
    reader.finish();
    if (!list)
        throw mapping::SettingsProblem("mappings", "'mappings' is required: a list of rows.");
    for (std::size_t i = 0; i < list->size(); ++i) {
        const std::string path = "mappings[" + std::to_string(i) + "]";
        const auto each = list->getObject(static_cast<unsigned>(i));
        if (!each)
            throw mapping::SettingsProblem(path, "'" + path + "' must be an object.");
        mapping::JsonReader row(each, path);
        BatchRow next;
        next.project = row.string("project", 255).value_or("");
        const bool isNull = row.isNull("mapping");
        const auto mapping = row.object("mapping");
        row.finish();
        if (next.project.empty() || (!mapping && !isNull))
            throw mapping::SettingsProblem(path, "'" + path +
                                                     "' needs 'project' and 'mapping'; a mapping of "
                                                     "null removes the project's mapping.");
        next.wish = isNull ? Wish::Remove : Wish::Map;
        if (!isNull)
            readInto(next, mapping);
        request.rows.push_back(std::move(next));
    }
    return request;
}

} // namespace jira_plugin::settings
