#pragma once

#include "registrar.hpp"
#include "scheduler.hpp"

namespace aspm::detail {

/// The lifecycle functions of a plugin class, as the C table wants them. They catch all.
template <class P> struct Entry {
    static_assert(std::is_base_of_v<Plugin, P>, "ASPM_PLUGIN wants a class that derives from aspm::Plugin.");
    static_assert(std::is_constructible_v<P, Host>,
                  "ASPM_PLUGIN wants a constructor like: explicit MyPlugin(const aspm::Host& host).");

    static aspm_status create(const aspm_host* host, aspm_call* call, aspm_instance** out) noexcept {
        *out = nullptr;
        return guard(host, call, [&] {
            Plugin* plugin =
                new P(Host(host)); // NOLINT(bugprone-unhandled-exception-at-new): guard catches all
            *out = plugin->instance();
        });
    }

    static aspm_status start(aspm_instance* self, aspm_call* rawCall,
                             const aspm_registrar* rawRegistrar) noexcept {
        P& plugin = toPlugin<P>(self);
        const aspm_status status = runHook(plugin, rawCall, [&](Call& call) {
            Registrar registrar(plugin, call, rawRegistrar);
            static_cast<Plugin&>(plugin).start(registrar);
        });
        if (status != ASPM_OK) {
            quietStop(plugin); // the host calls no stop after a failed start, yet threads may be running
        }
        return status;
    }

    static void stop(aspm_instance* self, aspm_call*) noexcept { quietStop(toPlugin<P>(self)); }

    static void destroy(aspm_instance* self) noexcept { delete reinterpret_cast<Plugin*>(self); }

    static const void* extension(aspm_instance* self, const char* id) noexcept {
        return reinterpret_cast<Plugin*>(self)->extension(id);
    }

private:
    static void quietStop(Plugin& plugin) noexcept {
        try {
            plugin.stop();
        } catch (const std::exception& error) {
            plugin.host().log().error("The plugin's stop threw.", {Log::field("what", error.what())});
        } catch (...) {
            plugin.host().log().error("The plugin's stop threw.");
        }
    }
};

template <class P> constexpr aspm_plugin makeTable(const char* id, const char* version) noexcept {
    return {sizeof(aspm_plugin),
            ASPM_ABI_MAJOR,
            ASPM_ABI_MINOR,
            P::minHostMinor,
            P::maxConcurrency,
            P::flags,
            id,
            version,
            &Entry<P>::create,
            &Entry<P>::start,
            &Entry<P>::stop,
            &Entry<P>::destroy,
            &Entry<P>::extension};
}

} // namespace aspm::detail

/// Exports the class as the plugin of this library: ASPM_PLUGIN(MyPlugin, "com.example.mine", "1.0.0"), once,
/// at namespace scope. Id and version are those of manifest.json.
#define ASPM_PLUGIN(Class, id, version)                                                                      \
    extern "C" ASPM_EXPORT const aspm_plugin* aspm_plugin_query_v1(void) {                                   \
        static constexpr aspm_plugin table = ::aspm::detail::makeTable<Class>(id, version);                  \
        return &table;                                                                                       \
    }                                                                                                        \
    static_assert(true, "") /* takes the semicolon */
