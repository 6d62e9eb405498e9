#pragma once

#include <string>

namespace jira_plugin::connection {

/// A token or client secret in memory: overwritten when it goes, and not printable by accident.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : _value(std::move(value)) {}
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : _value(other._value) { other.wipe(); }
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret() { wipe(); }

    const std::string& reveal() const { return _value; }
    bool empty() const { return _value.empty(); }

private:
    void wipe() noexcept;
    std::string _value;
};

} // namespace jira_plugin::connection
