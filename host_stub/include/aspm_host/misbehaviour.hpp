#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace aspm::host {

/// Collects, as sentences, what plugins did against the contract and the host contained. Safe from any
/// thread.
class Misbehaviour {
public:
    using Listener = std::function<void(const std::string& plugin, const std::string& sentence)>;

    /// The listener hears each report as it arrives, on the thread that noticed it.
    explicit Misbehaviour(Listener listener = {}) : _listener(std::move(listener)) {}

    void report(const std::string& plugin, const std::string& sentence);

    /// All reports so far, oldest first, each beginning with the plugin's id. The list is bounded: from the
    /// thousandth on only the listener hears of them.
    std::vector<std::string> sentences() const;

    /// True when a report contains this text.
    bool mentions(const std::string& text) const;

    void clear();

private:
    Listener _listener;
    mutable std::mutex _mutex;
    std::vector<std::string> _sentences;
};

} // namespace aspm::host
