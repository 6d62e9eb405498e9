#pragma once

#include <aspm/aspm.h>

#include <array>
#include <cstring>
#include <set>
#include <string>
#include <vector>

/// A second, independent host in a few lines: one instance, one thread, every table longer than any plugin
/// knows and poisoned behind what it knows. What it lends lives on guarded pages and is gone after the call.
namespace contract {

/// A table of a later minor version.
template <class T> struct WithFuture {
    T table{};
    std::array<unsigned char, 64> poison;

    WithFuture() {
        table.struct_size = sizeof(*this);
        poison.fill(0x5a);
    }
    bool isUntouched() const {
        for (const unsigned char byte : poison) {
            if (byte != 0x5a) {
                return false;
            }
        }
        return true;
    }
};

/// What an aspm_call is here.
struct MiniCall {
    std::string message;
    std::string remedy;
    std::int64_t retryAfterMs = 0;
    bool cancelled = false;
    int deferred = 0;
    std::vector<aspm_status> completions;

    aspm_call* raw() { return reinterpret_cast<aspm_call*>(this); }
    static MiniCall& of(const aspm_call* call) {
        return *reinterpret_cast<MiniCall*>(const_cast<aspm_call*>(call));
    }
};

class MiniHost {
public:
    explicit MiniHost(std::string directory = "/nonexistent");
    MiniHost(const MiniHost&) = delete;
    MiniHost& operator=(const MiniHost&) = delete;

    const aspm_host* host() const { return &_host.table; }
    const aspm_registrar* registrar() const { return &_registrar.table; }

    /// Services that this host does not have.
    std::set<std::string> missing;
    /// The registration, counted from 0, that is refused; -1: none.
    int refused = -1;
    /// Kinds and tables as registered.
    std::vector<std::pair<std::string, const void*>> registered;
    std::vector<std::string> lines;    ///< of the log
    std::vector<std::string> resolved; ///< findings whose status was set
    std::vector<std::string> reported; ///< findings whose push was reported
    int openCalls = 0;

    template <class T> const T& contribution(const char* kind) const {
        for (const auto& [k, table] : registered) {
            if (k == kind) {
                return *static_cast<const T*>(table);
            }
        }
        throw std::string(kind) + " is not registered";
    }

    /// Plays a host of 1.0, whose table of findings ends before report_pushes.
    void knowNoManyReports() {
        _findings.table.struct_size = offsetof(aspm_findings, report_pushes);
        std::memset(&_findings.table.report_pushes, 0x5a, sizeof(_findings.table.report_pushes));
    }

    /// True while nobody wrote behind the known members of any table.
    bool isFutureUntouched() const;

private:
    static MiniHost& of(void* impl) { return *static_cast<MiniHost*>(impl); }
    void fillHost();
    void fillServices();

    std::string _directory;
    WithFuture<aspm_host> _host;
    WithFuture<aspm_registrar> _registrar;
    WithFuture<aspm_log> _log;
    WithFuture<aspm_config> _config;
    WithFuture<aspm_findings> _findings;
    WithFuture<aspm_storage> _storage;
    WithFuture<aspm_urls> _urls;
};

/// Takes an answer as the host would.
struct MiniResponse {
    WithFuture<aspm_http_response> response;
    int status = 200;
    std::string headers;
    std::string body;

    MiniResponse();
    aspm_http_response* raw() { return &response.table; }
};

} // namespace contract
