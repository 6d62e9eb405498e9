#pragma once

#include <dlfcn.h>

#include <stdexcept>

#include "loaded.hpp"
#include "mini_host.hpp"

namespace contract {

/// A plugin's library and one instance in a MiniHost, driven through the C tables by hand.
class Opened {
public:
    explicit Opened(const std::string& name, MiniHost& host) : _host(host) {
        _library = dlopen(libraryOf(bundle(name)).c_str(), RTLD_NOW | RTLD_LOCAL);
        if (_library == nullptr) {
            throw std::runtime_error(dlerror());
        }
        table = reinterpret_cast<aspm_plugin_query_fn>(dlsym(_library, ASPM_PLUGIN_QUERY_SYMBOL))();
        created = table->create(host.host(), call.raw(), &self);
    }
    ~Opened() {
        if (running) {
            table->stop(self, call.raw());
        }
        if (self != nullptr) {
            table->destroy(self);
        }
        dlclose(_library);
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    aspm_status start() {
        const aspm_status status = table->start(self, call.raw(), _host.registrar());
        running = status == ASPM_OK;
        return status;
    }

    const aspm_plugin* table = nullptr;
    aspm_instance* self = nullptr;
    aspm_status created = ASPM_INTERNAL;
    bool running = false;
    MiniCall call;

private:
    MiniHost& _host;
    void* _library = nullptr;
};

} // namespace contract
