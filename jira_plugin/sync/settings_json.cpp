#include "settings_json.hpp"

#include "mapping/json_reader.hpp"
#include "mapping/text.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

using mapping::JsonReader;
using mapping::SettingsProblem;
using Poco::Dynamic::Var;
using Poco::JSON::Object;
constexpr std::size_t maxResolutions = 200;
constexpr std::size_t maxScreenFields = 50;
constexpr std::size_t maxFieldBytes = 32'768;

constexpr std::array<const char*, 3> policies{"trust_ticket", "wait_for_scan", "by_resolution"};
constexpr std::array<const char*, 3> reactions{"nothing", "comment", "move_and_comment"};
constexpr std::array<const char*, 3> owners{"set_once", "until_edited", "ours"};
constexpr std::array<const char*, occasionCount> occasions{"resolvedByScan", "resolved", "accepted",
                                                           "falsePositive",  "reopened", "severityChanged",
                                                           "dueDateChanged", "deleted"};
constexpr std::array<const char*, ownedFieldCount> fields{"title", "priority", "labels", "assignee",
                                                          "dueDate"};
/// What a closed ticket can make of a finding.
constexpr std::array<host::FindingStatus, 4> outcomes{
    host::FindingStatus::Resolved, host::FindingStatus::Accepted, host::FindingStatus::FalsePositive,
    host::FindingStatus::AwaitingScan};

template <class Words> std::string listed(const Words& words) {
    std::string list;
    for (const auto& word : words)
        list += (list.empty() ? "" : ", ") + std::string(word);
    return list;
}

/// The value that a word stands for; nothing when the member is missing or null.
template <class Value, std::size_t count>
std::optional<Value> readWord(JsonReader& reader, const std::string& name,
                              const std::array<const char*, count>& words) {
    const auto word = reader.string(name, 40);
    if (!word)
        return std::nullopt;
    const auto found = std::find(words.begin(), words.end(), *word);
    if (found == words.end())
        throw SettingsProblem(reader.pathOf(name),
                              "'" + reader.pathOf(name) + "' must be one of " + listed(words) + ".");
    return static_cast<Value>(found - words.begin());
}

/// The members of an object whose names are all known, each one word of a list.
template <class Value, std::size_t names, std::size_t count>
void readWords(JsonReader& reader, const std::string& member, const std::array<const char*, names>& known,
               const std::array<const char*, count>& words, std::array<std::optional<Value>, names>& values) {
    const auto json = reader.object(member);
    if (!json)
        return;
    JsonReader inner(json, reader.pathOf(member));
    for (std::size_t i = 0; i < names; ++i)
        values[i] = readWord<Value>(inner, known[i], words);
    inner.finish();
}

template <class Value, std::size_t names, std::size_t count>
Object::Ptr wordsJson(const std::array<std::optional<Value>, names>& values,
                      const std::array<const char*, names>& known,
                      const std::array<const char*, count>& words) {
    Object::Ptr json = new Object;
    for (std::size_t i = 0; i < names; ++i)
        if (values[i])
            json->set(known[i], std::string(words[static_cast<std::size_t>(*values[i])]));
    return json;
}

host::FindingStatus readOutcome(JsonReader& reader, const std::string& resolution) {
    const std::string word = reader.string(resolution, 40).value_or("");
    for (const auto outcome : outcomes)
        if (word == host::toString(outcome))
            return outcome;
    std::array<const char*, outcomes.size()> words{};
    std::transform(outcomes.begin(), outcomes.end(), words.begin(),
                   [](const auto outcome) { return host::toString(outcome); });
    const std::string path = mapping::cutText(mapping::oneLine(reader.pathOf(resolution)), 80);
    throw SettingsProblem(path, "'" + path + "' must be one of " + listed(words) + ".");
}

void readResolutions(JsonReader& reader, SyncOverrides& settings) {
    const auto json = reader.object("byResolution");
    if (!json)
        return;
    if (json->size() > maxResolutions)
        throw SettingsProblem("byResolution", "'byResolution' must have at most " +
                                                  std::to_string(maxResolutions) + " members.");
    JsonReader inner(json, "byResolution");
    std::map<std::string, host::FindingStatus> chosen;
    for (const auto& resolution : json->getNames()) {
        const std::string key = mapping::lowerAscii(mapping::oneLine(resolution));
        if (key.empty() || mapping::utf16Length(key) > 255)
            throw SettingsProblem("byResolution",
                                  "'byResolution' has members named by the id or the name of a resolution.");
        chosen[key] = readOutcome(inner, resolution);
    }
    settings.byResolution = std::move(chosen);
}

Object::Ptr resolutionsJson(const std::map<std::string, host::FindingStatus>& chosen) {
    Object::Ptr json = new Object;
    for (const auto& [resolution, status] : chosen)
        json->set(resolution, std::string(host::toString(status)));
    return json;
}

void readStatus(JsonReader& reader, Target& target) {
    const auto json = reader.object("status");
    if (!json)
        return;
    JsonReader inner(json, reader.pathOf("status"));
    target.statusId = mapping::oneLine(inner.string("id", 64).value_or(""));
    target.statusName = mapping::oneLine(inner.string("name", 255).value_or(""));
    inner.finish();
    if (target.statusId.empty())
        throw SettingsProblem(inner.pathOf("id"), "'" + inner.pathOf("id") +
                                                      "' must name a status; for any that fits, send \"" +
                                                      reader.pathOf("status") + "\": null.");
}

void readScreenFields(JsonReader& reader, Target& target) {
    const auto json = reader.object("fields");
    if (!json)
        return;
    const std::string path = reader.pathOf("fields");
    if (json->size() > maxScreenFields)
        throw SettingsProblem(path, "'" + path + "' must have at most " + std::to_string(maxScreenFields) +
                                        " members.");
    for (const auto& id : json->getNames()) {
        std::string value = mapping::jsonText(json->get(id));
        if (id.empty() || mapping::cleanText(id) != id || mapping::utf16Length(id) > 128)
            throw SettingsProblem(path, "'" + path + "' has members named by the id of a field.");
        if (value.size() > maxFieldBytes)
            throw SettingsProblem(path + "." + id, "'" + path + "." + id + "' is too long.");
        target.fields[id] = std::move(value);
    }
}

std::optional<Target> readTarget(JsonReader& reader, const std::string& name) {
    const auto json = reader.object(name);
    if (!json)
        return std::nullopt;
    JsonReader inner(json, name);
    Target target;
    readStatus(inner, target);
    readScreenFields(inner, target);
    inner.finish();
    return target;
}

/// These ask for no other status, so there is nowhere to move the ticket.
void refuseMoves(const SyncOverrides& settings) {
    for (const auto occasion : {Occasion::SeverityChanged, Occasion::DueDateChanged}) {
        const auto index = static_cast<std::size_t>(occasion);
        const std::string path = std::string("reactions.") + occasions[index];
        if (settings.reactions[index] == Reaction::TransitionAndComment)
            throw SettingsProblem(path,
                                  "'" + path + "' must be nothing or comment: it asks for no other status.");
    }
}

Object::Ptr targetJson(const Target& target) {
    Object::Ptr status;
    if (!target.statusId.empty()) {
        status = new Object;
        status->set("id", target.statusId);
        status->set("name", target.statusName);
    }
    Object::Ptr values = new Object;
    for (const auto& [id, value] : target.fields)
        values->set(id, mapping::parseJson(value));
    Object::Ptr json = new Object;
    json->set("status", status ? Var(status) : Var());
    json->set("fields", values);
    return json;
}

void setUnlessEmpty(Object::Ptr json, const std::string& name, const Object::Ptr& value) {
    if (value->size() > 0)
        json->set(name, value);
}

} // namespace

SyncOverrides readSyncOverrides(const Object::Ptr& json) {
    JsonReader reader(json);
    SyncOverrides settings;
    settings.onClose = readWord<ClosePolicy>(reader, "onClose", policies);
    readResolutions(reader, settings);
    settings.showRestrictedComments = reader.boolean("showRestrictedComments");
    readWords(reader, "reactions", occasions, reactions, settings.reactions);
    refuseMoves(settings);
    settings.closed = readTarget(reader, "closed");
    settings.reopened = readTarget(reader, "reopened");
    readWords(reader, "ownership", fields, owners, settings.ownership);
    reader.finish();
    return settings;
}

Object::Ptr toJson(const SyncOverrides& settings) {
    Object::Ptr json = new Object;
    if (settings.onClose)
        json->set("onClose", std::string(policies[static_cast<std::size_t>(*settings.onClose)]));
    if (settings.byResolution)
        json->set("byResolution", resolutionsJson(*settings.byResolution));
    if (settings.showRestrictedComments)
        json->set("showRestrictedComments", *settings.showRestrictedComments);
    setUnlessEmpty(json, "reactions", wordsJson(settings.reactions, occasions, reactions));
    if (settings.closed)
        json->set("closed", targetJson(*settings.closed));
    if (settings.reopened)
        json->set("reopened", targetJson(*settings.reopened));
    setUnlessEmpty(json, "ownership", wordsJson(settings.ownership, fields, owners));
    return json;
}

Object::Ptr toJson(const SyncSettings& settings) {
    SyncOverrides all;
    all.onClose = settings.onClose;
    all.byResolution = settings.byResolution;
    all.showRestrictedComments = settings.showRestrictedComments;
    std::copy(settings.reactions.begin(), settings.reactions.end(), all.reactions.begin());
    all.closed = settings.closed;
    all.reopened = settings.reopened;
    std::copy(settings.ownership.begin(), settings.ownership.end(), all.ownership.begin());
    return toJson(all);
}

SyncSettings apply(SyncSettings base, const SyncOverrides& overrides) {
    base.onClose = overrides.onClose.value_or(base.onClose);
    base.showRestrictedComments = overrides.showRestrictedComments.value_or(base.showRestrictedComments);
    if (overrides.byResolution)
        base.byResolution = *overrides.byResolution;
    if (overrides.closed)
        base.closed = *overrides.closed;
    if (overrides.reopened)
        base.reopened = *overrides.reopened;
    for (std::size_t i = 0; i < occasionCount; ++i)
        base.reactions[i] = overrides.reactions[i].value_or(base.reactions[i]);
    for (std::size_t i = 0; i < ownedFieldCount; ++i)
        base.ownership[i] = overrides.ownership[i].value_or(base.ownership[i]);
    return base;
}

} // namespace jira_plugin::sync
