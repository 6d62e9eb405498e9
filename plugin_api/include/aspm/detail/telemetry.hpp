#pragma once

#include <initializer_list>

#include "../service/log.h"
#include "../service/metrics.h"
#include "text.hpp"

namespace aspm {

/// "aspm.log/1". Never fails, never throws; default-constructed it writes nowhere.
class Log {
public:
    using Table = aspm_log;
    using Field = aspm_log_field;
    static constexpr const char* id = ASPM_LOG_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, write); }

    Log() noexcept = default;
    explicit Log(const Table* table) noexcept : _table(table) {}

    /// Lends a name and a value to one line: log.info("Pushed.", {Log::field("ticket", key)}).
    static Field field(std::string_view name, std::string_view value) noexcept {
        return {str(name), str(value)};
    }

    bool isEnabled(aspm_log_level level) const noexcept {
        return _table != nullptr && _table->enabled(_table, level) != 0;
    }

    void write(aspm_log_level level, std::string_view message,
               std::initializer_list<Field> fields = {}) const noexcept {
        write(level, message, fields.begin(), fields.size());
    }

    /// The same for fields whose number is known at run time only.
    void write(aspm_log_level level, std::string_view message, const Field* fields,
               std::size_t count) const noexcept {
        if (_table != nullptr) {
            _table->write(_table, level, str(message), fields, count);
        }
    }

    void debug(std::string_view message, std::initializer_list<Field> fields = {}) const noexcept {
        write(ASPM_LOG_DEBUG, message, fields);
    }
    void info(std::string_view message, std::initializer_list<Field> fields = {}) const noexcept {
        write(ASPM_LOG_INFO, message, fields);
    }
    void warning(std::string_view message, std::initializer_list<Field> fields = {}) const noexcept {
        write(ASPM_LOG_WARNING, message, fields);
    }
    void error(std::string_view message, std::initializer_list<Field> fields = {}) const noexcept {
        write(ASPM_LOG_ERROR, message, fields);
    }

private:
    const Table* _table = nullptr;
};

/// "aspm.metrics/1". Never fails, never throws; default-constructed it counts nothing.
class Metrics {
public:
    using Table = aspm_metrics;
    using Label = aspm_metric_label;
    using Labels = std::initializer_list<Label>;
    static constexpr const char* id = ASPM_METRICS_1;
    static bool isComplete(const Table* t) noexcept { return ASPM_HAS(Table, t, observe); }

    Metrics() noexcept = default;
    explicit Metrics(const Table* table) noexcept : _table(table) {}

    /// Lends a name and a value: metrics.add("jira_requests_total", 1, {Metrics::label("status", "429")}).
    static Label label(std::string_view name, std::string_view value) noexcept {
        return {str(name), str(value)};
    }

    /// Adds to a counter; by >= 0.
    void add(std::string_view name, double by = 1, Labels labels = {}) const noexcept {
        if (_table != nullptr) {
            _table->add(_table, str(name), by, labels.begin(), labels.size());
        }
    }

    /// Sets a gauge.
    void set(std::string_view name, double value, Labels labels = {}) const noexcept {
        if (_table != nullptr) {
            _table->set(_table, str(name), value, labels.begin(), labels.size());
        }
    }

    /// Adds one observation to a histogram.
    void observe(std::string_view name, double value, Labels labels = {}) const noexcept {
        if (_table != nullptr) {
            _table->observe(_table, str(name), value, labels.begin(), labels.size());
        }
    }

private:
    const Table* _table = nullptr;
};

} // namespace aspm
