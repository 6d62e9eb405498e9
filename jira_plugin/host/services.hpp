#pragma once

#include "finding.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The host's services. All of them may be called from any thread; all throw std::exception (with a message
/// for a person) when the host refuses.
namespace jira_plugin::host {

struct TimelineEntry {
    enum class Kind { Note = 0, Comment = 1, Problem = 2 };
    Kind kind = Kind::Note;
    std::string key; ///< the same key again replaces the entry; empty: always new
    std::string author;
    std::string text;
    std::string remedy;
    std::string url;
    std::int64_t atMs = 0; ///< 0: now
};

/// Where the push of one finding stands.
struct PushReport {
    std::string finding;
    PushState state = PushState::None;
    std::string message;
    std::string remedy;
    std::optional<TicketRef> ticket; ///< empty unless there is one
};

/// A report that the host did not take.
struct PushReportRefusal {
    std::size_t index = 0; ///< among those handed over
    std::string reason;
};

class Findings {
public:
    virtual ~Findings() = default;
    virtual std::optional<Finding> get(const std::string& organisation, const std::string& finding) = 0;
    /// Findings of one project (empty: of all) after the id `after`, in the order of their ids, at most
    /// limit.
    virtual std::vector<Finding> list(const std::string& organisation, const std::string& project,
                                      const std::string& after, std::size_t limit) = 0;
    virtual void appendTimeline(const std::string& organisation, const std::string& finding,
                                const TimelineEntry& entry) = 0;
    /// Also when there is no entry with this key.
    virtual void removeTimeline(const std::string& organisation, const std::string& finding,
                                const std::string& key) = 0;
    /// basedOn: the revision that it was decided by; false when the finding has changed since or is gone, and
    /// nothing was done. 0: whatever it is. Setting what it has already is no change.
    virtual bool setStatus(const std::string& organisation, const std::string& finding, FindingStatus status,
                           const std::string& reason, std::int64_t basedOn) = 0;
    /// Shows this ticket on the finding in place of what is shown; false when the finding is gone.
    virtual bool attachTicket(const std::string& organisation, const std::string& finding,
                              const TicketRef& ticket) = 0;
    virtual void detachTicket(const std::string& organisation, const std::string& finding) = 0;
    /// ticket: NULL unless there is one. May be told again.
    virtual void reportPush(const std::string& organisation, const std::string& finding, PushState state,
                            const std::string& message, const std::string& remedy,
                            const TicketRef* ticket) = 0;
    /// Many of one organisation in one call, which is far cheaper; answers those that the host did not take.
    virtual std::vector<PushReportRefusal> reportPushes(const std::string& organisation,
                                                        const std::vector<PushReport>& reports) = 0;
};

struct Project {
    std::string id;
    std::string key;
    std::string name;
};

struct Member {
    std::string user;
    std::string name;
    std::string email;
};

struct Organisation {
    std::string id;
    std::string name;
};

class Directory {
public:
    virtual ~Directory() = default;
    virtual std::vector<Organisation> organisations() = 0;
    virtual std::vector<Project> projects(const std::string& organisation) = 0;
    virtual std::optional<Project> project(const std::string& organisation, const std::string& project) = 0;
    virtual std::optional<Member> member(const std::string& organisation, const std::string& user) = 0;
};

class Ownership {
public:
    virtual ~Ownership() = default;
    virtual std::optional<Member> owner(const std::string& organisation, const std::string& finding) = 0;
};

struct Alert {
    bool critical = false;
    std::string key; ///< identity within the organisation
    std::string title;
    std::string text;
    std::string remedy;
    std::string url;
};

class Alerts {
public:
    virtual ~Alerts() = default;
    virtual void raise(const std::string& organisation, const Alert& alert) = 0;
    virtual void clear(const std::string& organisation, const std::string& key) = 0;
};

class Clock {
public:
    virtual ~Clock() = default;
    virtual std::int64_t nowMs() const = 0;
};

/// A key of the host to encrypt with. 32 bytes; wiped by the destructor.
struct Key {
    std::string id;
    std::array<unsigned char, 32> bytes{};
    Key() = default;
    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key();
};

class Keys {
public:
    virtual ~Keys() = default;
    virtual Key current(const std::string& organisation) = 0;
    virtual Key byId(const std::string& organisation, const std::string& id) = 0;
};

class Audit {
public:
    virtual ~Audit() = default;
    /// actor: user id, empty for the plugin itself. detail: JSON object without secrets, may be empty.
    virtual void record(const std::string& organisation, const std::string& actor, const std::string& action,
                        const std::string& object, const std::string& detail) = 0;
};

class Scheduler {
public:
    virtual ~Scheduler() = default;
    virtual void every(const std::string& job, std::int64_t intervalMs, std::function<void()> work) = 0;
    virtual void at(const std::string& job, std::int64_t atMs, std::function<void()> work) = 0;
    virtual void cancel(const std::string& job) = 0;
};

class Log {
public:
    enum class Level { Debug = 0, Info = 1, Warning = 2, Error = 3 };
    using Fields = std::vector<std::pair<std::string, std::string>>;
    virtual ~Log() = default;
    virtual void write(Level level, const std::string& message, const Fields& fields) = 0;
    void debug(const std::string& message, const Fields& fields = {}) {
        write(Level::Debug, message, fields);
    }
    void info(const std::string& message, const Fields& fields = {}) { write(Level::Info, message, fields); }
    void warning(const std::string& message, const Fields& fields = {}) {
        write(Level::Warning, message, fields);
    }
    void error(const std::string& message, const Fields& fields = {}) {
        write(Level::Error, message, fields);
    }
};

class Metrics {
public:
    virtual ~Metrics() = default;
    virtual void add(const std::string& name, double by) = 0;
    virtual void set(const std::string& name, double value) = 0;
    virtual void observe(const std::string& name, double value) = 0;
};

class Config {
public:
    virtual ~Config() = default;
    /// The value or the manifest's default; nothing when neither exists.
    virtual std::optional<std::string> get(const std::string& key) = 0;
};

class Urls {
public:
    virtual ~Urls() = default;
    /// Public absolute URL of the plugin's settings page, without a '/' at the end.
    virtual std::string settingsPage() = 0;
    /// Public absolute URL of the plugin's webhook route, without a '/' at the end: of an organisation, or
    /// the one of all for an empty organisation.
    virtual std::string webhookRoute(const std::string& organisation) = 0;
};

/// All of them, borrowed; they outlive whatever is built on them.
struct Services {
    Findings& findings;
    Directory& directory;
    Ownership& ownership;
    Alerts& alerts;
    Clock& clock;
    Keys& keys;
    Audit& audit;
    Scheduler& scheduler;
    Log& log;
    Metrics& metrics;
    Config& config;
    Urls& urls;
};

} // namespace jira_plugin::host
