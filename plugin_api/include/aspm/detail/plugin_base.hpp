#pragma once

#include <memory>

#include "host.hpp"

namespace aspm {

class Registrar;

/// One instance of a plugin. Derive, give it a constructor taking aspm::Host, and end with ASPM_PLUGIN(...).
///
/// Constructor: no host function but the log. start: take services, register contributions, start threads.
/// stop: returns when no thread of the plugin runs and no host function will be called again; also called
/// after a start that threw, so that it can join what start had begun. Destructor: no host function at all.
class Plugin {
public:
    explicit Plugin(const Host& host) noexcept : _host(host) {}
    virtual ~Plugin() = default;
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;

    /// [control] May throw; the error reaches the host.
    virtual void start(Registrar& registrar) = 0;

    /// [control] Hooks may still be running when it begins; their calls are cancelled.
    virtual void stop() = 0;

    /// The plugin's table for an optional extension, or null. [any]
    virtual const void* extension(std::string_view) noexcept { return nullptr; }

    /// Turns an exception of another library into status, message and remedy. Override it for libraries whose
    /// what() says little. [any]
    virtual Error describe(const std::exception& error) const { return {ASPM_INTERNAL, error.what()}; }

    const Host& host() const noexcept { return _host; }
    aspm_instance* instance() noexcept { return reinterpret_cast<aspm_instance*>(this); }

    // What ASPM_PLUGIN writes into the plugin's table; hide them in the derived class to change them.
    static constexpr std::uint16_t maxConcurrency = 0; ///< [worker] calls at a time; 0: no limit of its own
    static constexpr std::uint16_t minHostMinor = 0;   ///< least host minor needed
    static constexpr std::uint32_t flags = 0;          ///< ASPM_PLUGIN_*

private:
    friend class Registrar;

    Host _host;
    std::vector<std::shared_ptr<void>>
        _contributions; // the tables and strings that the host looks at until stop
};

namespace detail {

/// Takes a pointer to a member function of a plugin apart.
template <class Member> struct MemberOf {
    static_assert(!std::is_same_v<Member, Member>,
                  "Contributions and jobs are registered with pointers to member functions, e.g. "
                  "registrar.add<&MyPlugin::handlePage>(...).");
};
template <class R, class P, class... A> struct MemberOf<R (P::*)(A...)> { using Type = P; };
template <class R, class P, class... A> struct MemberOf<R (P::*)(A...) noexcept> { using Type = P; };
template <class R, class P, class... A> struct MemberOf<R (P::*)(A...) const> { using Type = P; };
template <class R, class P, class... A> struct MemberOf<R (P::*)(A...) const noexcept> { using Type = P; };

template <auto Function> using PluginOf = typename MemberOf<decltype(Function)>::Type;

template <class P> P& toPlugin(aspm_instance* self) noexcept {
    static_assert(std::is_base_of_v<Plugin, P>,
                  "The member function must belong to the class that derives from aspm::Plugin.");
    return static_cast<P&>(*reinterpret_cast<Plugin*>(self));
}

/// Runs the body of a hook: catches all, and answers ASPM_PENDING once the hook was deferred. From then on
/// its call may already be dead, so what it throws afterwards can only be logged.
template <class Body> aspm_status runHook(Plugin& plugin, aspm_call* rawCall, Body body) noexcept {
    const aspm_host* host = plugin.host().raw();
    Call call(host, rawCall);
    return guard(
        host, rawCall,
        [&]() -> aspm_status {
            try {
                body(call);
            } catch (const std::exception& error) {
                if (!call.isDeferred()) {
                    throw;
                }
                plugin.host().log().error("A hook threw after it was deferred.",
                                          {Log::field("what", error.what())});
            } catch (...) {
                if (!call.isDeferred()) {
                    throw;
                }
                plugin.host().log().error("A hook threw after it was deferred.");
            }
            return call.isDeferred() ? ASPM_PENDING : ASPM_OK;
        },
        [&plugin](const std::exception& error) { return plugin.describe(error); });
}

} // namespace detail
} // namespace aspm
