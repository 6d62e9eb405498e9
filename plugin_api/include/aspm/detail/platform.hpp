#pragma once

#include "../service/alerts.h"
#include "../service/audit.h"
#include "../service/clock.h"
#include "../service/config.h"
#include "../service/secrets.h"
#include "../service/storage.h"
#include "../service/urls.h"
#include "visit.hpp"

namespace aspm {

/// What the administrators must know; see aspm_alert.
struct Alert {
    aspm_alert_level level = ASPM_ALERT_WARNING;
    std::string key; ///< identity within the organisation
    std::string title;
    std::string text;
    std::string remedy;
    std::string url;
};

/// "aspm.alerts/1". Like all service handles: light, valid until stop returns, safe from any thread with a
/// call of its own; methods throw aspm::Error when the host refuses.
class Alerts {
public:
    using Table = aspm_alerts;
    static constexpr const char* id = ASPM_ALERTS_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, clear); }

    explicit Alerts(const Table* table) noexcept : _table(table) {}

    /// Raises an alert, or counts it once more.
    void raise(const Call& call, std::string_view organisation, const Alert& alert) const {
        const aspm_alert raw{sizeof(aspm_alert), alert.level,       str(alert.key), str(alert.title),
                             str(alert.text),    str(alert.remedy), str(alert.url)};
        call.check(_table->raise(_table, call.raw(), str(organisation), &raw), "Raising an alert");
    }

    /// The cause is gone. No such alert is fine.
    void clear(const Call& call, std::string_view organisation, std::string_view key) const {
        call.check(_table->clear(_table, call.raw(), str(organisation), str(key)), "Clearing an alert");
    }

private:
    const Table* _table;
};

/// Who did what; see aspm_audit_event.
struct AuditEvent {
    std::string organisation;
    std::string actor; ///< user id; empty: the plugin itself
    std::string action;
    std::string object;
    std::string detail; ///< JSON object without secrets; may be empty
};

/// "aspm.audit/1".
class Audit {
public:
    using Table = aspm_audit;
    static constexpr const char* id = ASPM_AUDIT_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, record); }

    explicit Audit(const Table* table) noexcept : _table(table) {}

    /// Durable at return.
    void record(const Call& call, const AuditEvent& event) const {
        const aspm_audit_event raw{sizeof(aspm_audit_event), str(event.organisation), str(event.actor),
                                   str(event.action),        str(event.object),       str(event.detail)};
        call.check(_table->record(_table, call.raw(), &raw), "Recording an audit event");
    }

private:
    const Table* _table;
};

/// "aspm.clock/1".
class Clock {
public:
    using Table = aspm_clock;
    static constexpr const char* id = ASPM_CLOCK_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, now_ms); }

    explicit Clock(const Table* table) noexcept : _table(table) {}

    /// Milliseconds since 1970-01-01T00:00:00Z by the host's clock, which can be set: for dates, not for
    /// waits.
    std::int64_t nowMs() const noexcept { return _table->now_ms(_table); }

private:
    const Table* _table;
};

/// "aspm.config/1": only keys that the manifest lists.
class Config {
public:
    using Table = aspm_config;
    static constexpr const char* id = ASPM_CONFIG_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, get); }

    explicit Config(const Table* table) noexcept : _table(table) {}

    /// The value, or the manifest's default; nothing when there is neither.
    std::optional<std::string> get(const Call& call, std::string_view key) const {
        return detail::fetchOptionalText(call, "Reading a configuration key", [&](auto fn, void* context) {
            return _table->get(_table, call.raw(), str(key), fn, context);
        });
    }

    /// As get; throws ConfigError naming the key when there is neither.
    std::string require(const Call& call, std::string_view key) const {
        if (auto value = get(call, key)) {
            return *std::move(value);
        }
        throw ConfigError("The configuration key " + std::string(key) + " is not set.",
                          "Set " + std::string(key) +
                              " in the host's configuration and start the plugin again.");
    }

private:
    const Table* _table;
};

/// A key of the host's: its id and its 32 bytes, overwritten at the end. Move-only.
class SecretKey {
public:
    SecretKey(std::string id, std::string bytes) noexcept : _id(std::move(id)), _bytes(std::move(bytes)) {}
    // Swapped, since a moved-from string may keep its bytes.
    SecretKey(SecretKey&& other) noexcept : _id(std::move(other._id)) { _bytes.swap(other._bytes); }
    SecretKey& operator=(SecretKey&& other) noexcept {
        _id.swap(other._id);
        _bytes.swap(other._bytes);
        return *this;
    }
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey() {
        for (char& byte : _bytes) {
            static_cast<volatile char&>(byte) = 0;
        }
    }

    const std::string& id() const noexcept { return _id; }
    std::string_view bytes() const noexcept { return _bytes; }

private:
    std::string _id;
    std::string _bytes;
};

/// "aspm.secrets/1": keys to encrypt with, one set per organisation.
class Secrets {
public:
    using Table = aspm_secrets;
    static constexpr const char* id = ASPM_SECRETS_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, key); }

    explicit Secrets(const Table* table) noexcept : _table(table) {}

    /// The key to encrypt with today.
    SecretKey currentKey(const Call& call, std::string_view organisation) const {
        Receiver receiver;
        call.check(_table->current_key(_table, call.raw(), str(organisation), &Receiver::onKey, &receiver),
                   "Asking for the current key");
        if (!receiver.key) {
            throw Error(ASPM_INTERNAL, "The host gave no key.");
        }
        return *std::move(receiver.key);
    }

    /// A key by its id; nothing when the organisation has no such key.
    std::optional<SecretKey> key(const Call& call, std::string_view organisation,
                                 std::string_view keyId) const {
        Receiver receiver;
        const aspm_status status =
            _table->key(_table, call.raw(), str(organisation), str(keyId), &Receiver::onKey, &receiver);
        if (status == ASPM_NOT_FOUND) {
            return std::nullopt;
        }
        call.check(status, "Asking for a key");
        return std::move(receiver.key);
    }

private:
    struct Receiver {
        std::optional<SecretKey> key;

        // Out of memory leaves the key out, which is reported after the call.
        static void onKey(void* context, aspm_str keyId, aspm_str bytes) noexcept {
            try {
                static_cast<Receiver*>(context)->key.emplace(copy(keyId), copy(bytes));
            } catch (...) {
                static_cast<Receiver*>(context)->key.reset();
            }
        }
    };

    const Table* _table;
};

/// "aspm.storage/1": where the plugin keeps its state.
class Storage {
public:
    using Table = aspm_storage;
    static constexpr const char* id = ASPM_STORAGE_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, database_url); }

    explicit Storage(const Table* table) noexcept : _table(table) {}

    /// A directory of this plugin alone: absolute, exists, survives restarts.
    std::string dataDirectory(const Call& call) const {
        return detail::fetchText(call, "Asking for the data directory", [&](auto fn, void* context) {
            return _table->data_directory(_table, call.raw(), fn, context);
        });
    }

    /// A database shared by all hosts; it holds a password. Nothing when none is configured.
    std::optional<std::string> databaseUrl(const Call& call) const {
        return detail::fetchOptionalText(call, "Asking for the database", [&](auto fn, void* context) {
            return _table->database_url(_table, call.raw(), fn, context);
        });
    }

private:
    const Table* _table;
};

/// "aspm.urls/1": where things are from outside. Absolute, without a '/' at the end.
class Urls {
public:
    using Table = aspm_urls;
    static constexpr const char* id = ASPM_URLS_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, finding); }

    explicit Urls(const Table* table) noexcept : _table(table) {}

    std::string base(const Call& call) const {
        return detail::fetchText(call, "Asking for the host's address", [&](auto fn, void* context) {
            return _table->base(_table, call.raw(), fn, context);
        });
    }

    std::string settingsPage(const Call& call, std::string_view page) const {
        return detail::fetchText(call, "Asking for a settings page's address", [&](auto fn, void* context) {
            return _table->settings_page(_table, call.raw(), str(page), fn, context);
        });
    }

    /// organisation empty: the route of scope ASPM_ROUTE_GLOBAL.
    std::string webhookRoute(const Call& call, std::string_view organisation, std::string_view route) const {
        return detail::fetchText(call, "Asking for a webhook's address", [&](auto fn, void* context) {
            return _table->webhook_route(_table, call.raw(), str(organisation), str(route), fn, context);
        });
    }

    std::string finding(const Call& call, std::string_view organisation, std::string_view finding) const {
        return detail::fetchText(call, "Asking for a finding's address", [&](auto fn, void* context) {
            return _table->finding(_table, call.raw(), str(organisation), str(finding), fn, context);
        });
    }

private:
    const Table* _table;
};

} // namespace aspm
