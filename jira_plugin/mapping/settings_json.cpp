#include "settings_json.hpp"

#include "due_date.hpp"
#include "extra_fields.hpp"
#include "labels.hpp"
#include "text.hpp"
#include "time_zone.hpp"

namespace jira_plugin::mapping {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
constexpr std::size_t maxTemplates = 30;
constexpr std::size_t maxExtraFields = 100;

template <class Each> void forEachSeverity(Each each) {
    for (int i = host::severityCount - 1; i >= 0; --i)
        each(static_cast<std::size_t>(i), std::string(host::toString(static_cast<host::Severity>(i))));
}

Var nullOr(const std::string& text) {
    return text.empty() ? Var() : Var(text);
}

Object::Ptr personJson(const std::string& accountId, const std::string& name) {
    Object::Ptr json = new Object;
    json->set("accountId", accountId);
    json->set("name", name);
    return json;
}

Array::Ptr stringsJson(const std::vector<std::string>& strings) {
    Array::Ptr json = new Array;
    for (const auto& text : strings)
        json->add(text);
    return json;
}

const char* toString(SlaCalendar calendar) {
    return calendar == SlaCalendar::Business ? "business" : "calendar";
}

Person readPerson(const Object::Ptr& json, const std::string& path) {
    JsonReader reader(json, path);
    Person person{reader.string("accountId", 128).value_or(""), reader.string("name", 255).value_or("")};
    reader.finish();
    if (oneLine(person.accountId).empty())
        throw SettingsProblem(path + ".accountId",
                              "'" + path + ".accountId' must name an account; for nobody, send \"" + path +
                                  "\": null.");
    person.name = oneLine(person.name);
    return person;
}

void readPriorities(JsonReader& reader, FieldSettings& settings) {
    const auto json = reader.object("priorities");
    if (!json)
        return;
    JsonReader priorities(json, reader.pathOf("priorities"));
    forEachSeverity([&](std::size_t i, const std::string& severity) {
        if (priorities.has(severity))
            settings.priorityIds[i] = priorities.string(severity, 128).value_or("");
    });
    priorities.finish();
}

void readLabels(JsonReader& reader, FieldSettings& settings) {
    const auto json = reader.array("labels");
    if (!json)
        return;
    if (json->size() > maxTemplates)
        throw SettingsProblem("labels",
                              "'labels' must have at most " + std::to_string(maxTemplates) + " entries.");
    std::vector<std::string> labels;
    for (unsigned i = 0; i < json->size(); ++i) {
        const std::string path = "labels[" + std::to_string(i) + "]";
        if (!json->get(i).isString())
            throw SettingsProblem(path, "'" + path + "' must be a string.");
        labels.push_back(cleanText(json->get(i).extract<std::string>()));
        if (const auto problem = problemOfTemplate(labels.back()))
            throw SettingsProblem(path, "'" + path + "': " + *problem);
    }
    settings.labels = std::move(labels);
}

void readSla(JsonReader& reader, FieldSettings& settings) {
    const auto json = reader.object("slaDays");
    if (!json)
        return;
    JsonReader days(json, reader.pathOf("slaDays"));
    forEachSeverity([&](std::size_t i, const std::string& severity) {
        if (!days.has(severity))
            return;
        const auto value = days.integer(severity, 0, maxSlaDays);
        settings.slaDays[i] = value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt;
    });
    days.finish();
}

void readCalendar(JsonReader& reader, FieldSettings& settings) {
    if (const auto word = reader.string("calendar", 20)) {
        if (*word != "calendar" && *word != "business")
            throw SettingsProblem("calendar",
                                  "'calendar' must be \"calendar\" (every day counts) or \"business\" "
                                  "(Monday to Friday).");
        settings.calendar = *word == "business" ? SlaCalendar::Business : SlaCalendar::Calendar;
    }
    if (auto zone = reader.string("timeZone", 64)) {
        try {
            TimeZone::named(*zone);
        } catch (const std::invalid_argument& e) {
            throw SettingsProblem("timeZone", e.what());
        }
        settings.timeZone = std::move(zone);
    }
}

/// "PAY", {"id": "10000"}, {"key": "PAY"}: the first member that is there.
std::string readReference(JsonReader& reader, const std::string& name, const char* alternative) {
    const Var value = reader.any(name);
    std::string reference;
    if (value.isString()) {
        reference = oneLine(value.extract<std::string>());
    } else if (!value.isEmpty() && value.type() == typeid(Object::Ptr)) {
        JsonReader inner(value.extract<Object::Ptr>(), reader.pathOf(name));
        const std::string id = inner.string("id", 64).value_or("");
        const std::string other = inner.string(alternative, 255).value_or("");
        inner.string("name", 255);
        inner.finish();
        reference = oneLine(id.empty() ? other : id);
    }
    if (reference.empty() || utf16Length(reference) > 255)
        throw SettingsProblem(name, "'" + name + "' is required: a string, {\"id\": \"...\"} or {\"" +
                                        alternative + "\": \"...\"}.");
    return reference;
}

} // namespace

FieldSettings readFieldSettings(const Object::Ptr& json) {
    JsonReader reader(json);
    FieldSettings settings;
    readPriorities(reader, settings);
    readLabels(reader, settings);
    if (reader.isNull("assignee"))
        settings.assignee = Person{};
    else if (const auto person = reader.object("assignee"))
        settings.assignee = readPerson(person, "assignee");
    readSla(reader, settings);
    readCalendar(reader, settings);
    reader.finish();
    return settings;
}

Object::Ptr toJson(const FieldSettings& settings) {
    Object::Ptr json = new Object;
    Object::Ptr priorities = new Object;
    Object::Ptr days = new Object;
    forEachSeverity([&](std::size_t i, const std::string& severity) {
        if (settings.priorityIds[i])
            priorities->set(severity, nullOr(*settings.priorityIds[i]));
        if (settings.slaDays[i])
            days->set(severity, *settings.slaDays[i] ? Var(**settings.slaDays[i]) : Var());
    });
    if (priorities->size() > 0)
        json->set("priorities", priorities);
    if (settings.labels)
        json->set("labels", stringsJson(*settings.labels));
    if (settings.assignee && settings.assignee->accountId.empty())
        json->set("assignee", Var());
    else if (settings.assignee)
        json->set("assignee", personJson(settings.assignee->accountId, settings.assignee->name));
    if (days->size() > 0)
        json->set("slaDays", days);
    if (settings.calendar)
        json->set("calendar", std::string(toString(*settings.calendar)));
    if (settings.timeZone)
        json->set("timeZone", *settings.timeZone);
    return json;
}

Object::Ptr toJson(const FieldMapping& mapping) {
    FieldSettings all;
    for (std::size_t i = 0; i < host::severityCount; ++i) {
        all.priorityIds[i] = mapping.priorityIds[i];
        all.slaDays[i] = mapping.slaDays[i];
    }
    all.labels = mapping.labels;
    all.assignee = Person{mapping.assigneeId, mapping.assigneeName};
    all.calendar = mapping.calendar;
    all.timeZone = mapping.timeZone;
    return toJson(all);
}

FieldMapping apply(FieldMapping base, const FieldSettings& settings) {
    for (std::size_t i = 0; i < host::severityCount; ++i) {
        if (settings.priorityIds[i])
            base.priorityIds[i] = *settings.priorityIds[i];
        if (settings.slaDays[i])
            base.slaDays[i] = *settings.slaDays[i];
    }
    if (settings.labels)
        base.labels = *settings.labels;
    if (settings.assignee) {
        base.assigneeId = settings.assignee->accountId;
        base.assigneeName = settings.assignee->name;
    }
    base.calendar = settings.calendar.value_or(base.calendar);
    base.timeZone = settings.timeZone.value_or(base.timeZone);
    return base;
}

MappingRequest readMappingRequest(const Object::Ptr& json) {
    JsonReader reader(json);
    reader.any("project"); // names the mapping in what we show; the address decides
    reader.any("projectKey");
    MappingRequest request;
    request.jiraProject = readReference(reader, "jiraProject", "key");
    request.issueType = readReference(reader, "issueType", "name");
    if (const auto person = reader.object("assignee"))
        request.assignee = readPerson(person, "assignee");
    if (const auto fields = reader.object("extraFields"))
        request.extraFields = readExtraFields(fields);
    reader.finish();
    return request;
}

Object::Ptr toJson(const ProjectMapping& mapping) {
    Object::Ptr jiraProject = new Object;
    jiraProject->set("id", mapping.jiraProjectId);
    jiraProject->set("key", mapping.jiraProjectKey);
    jiraProject->set("name", mapping.jiraProjectName);
    Object::Ptr issueType = new Object;
    issueType->set("id", mapping.issueTypeId);
    issueType->set("name", mapping.issueTypeName);
    Object::Ptr json = new Object;
    json->set("project", mapping.project);
    json->set("projectKey", mapping.projectKey);
    json->set("jiraProject", jiraProject);
    json->set("issueType", issueType);
    json->set("assignee",
              mapping.assigneeId.empty() ? Var() : Var(personJson(mapping.assigneeId, mapping.assigneeName)));
    json->set("extraFields", parseJsonObject(extraFieldsText(mapping.extraFields)));
    return json;
}

std::string extraFieldsText(const std::map<std::string, std::string>& fields) {
    Object::Ptr json = new Object;
    for (const auto& [fieldId, value] : fields)
        json->set(fieldId, parseJson(value));
    return jsonText(json);
}

std::map<std::string, std::string> readExtraFields(const Object::Ptr& json) {
    std::map<std::string, std::string> fields;
    for (const auto& fieldId : json->getNames()) {
        const std::string path = "extraFields." + cutText(oneLine(fieldId), 80);
        if (isOwnField(fieldId))
            throw SettingsProblem(path, "'" + path + "' is filled from the finding and cannot be set here.");
        fields[fieldId] = jsonText(json->get(fieldId));
    }
    if (fields.size() > maxExtraFields)
        throw SettingsProblem("extraFields", "'extraFields' must have at most " +
                                                 std::to_string(maxExtraFields) + " members.");
    return fields;
}

} // namespace jira_plugin::mapping
