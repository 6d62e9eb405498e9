#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <aspm/aspm.h>

#include <aspm_host/plugin.hpp>

namespace aspm::host {

class InstanceCore;

/// What one instance registered: the host's copies of its tables, and the registrar that takes them.
class Registrations {
public:
    Registrations(InstanceCore& core, ClaimedIds* claims);
    ~Registrations() { revoke(); }
    Registrations(const Registrations&) = delete;
    Registrations& operator=(const Registrations&) = delete;

    /// The registrar to hand to start. It takes registrations until close().
    const aspm_registrar* open();
    void close();

    /// Gives all places back; what find answers is gone.
    void revoke();

    /// Copies, so that a revocation does not pull a table away from under a call. struct_size 0: no such one.
    aspm_settings_page page(const std::string& id) const;
    aspm_webhook_route route(const std::string& id) const;
    aspm_ticket_push push(const std::string& id) const;
    aspm_finding_status_hook statusHook(const std::string& id) const;

    std::vector<aspm_settings_page> pages() const;
    std::vector<aspm_webhook_route> routes() const;
    std::vector<aspm_ticket_push> pushes() const;
    std::vector<aspm_finding_status_hook> statusHooks() const;

    /// The first refusal, or empty; says why a start failed that gave no reason itself.
    std::string firstRefusal() const;

private:
    static aspm_status add(const aspm_registrar* registrar, aspm_call* call, const char* kind,
                           const void* table);
    void take(const std::string& kind, const void* table);
    void claim(const std::string& kind, const char* id);

    InstanceCore& _core;
    ClaimedIds* _claims;
    mutable std::mutex _mutex;
    bool _open = false;
    std::string _firstRefusal;
    std::vector<aspm_settings_page> _pages;
    std::vector<aspm_webhook_route> _routes;
    std::vector<aspm_ticket_push> _pushes;
    std::vector<aspm_finding_status_hook> _statusHooks;
    std::vector<std::pair<std::string, std::string>> _claimed;

    aspm_registrar _table{};
};

} // namespace aspm::host
