/// The C++17 layer over the C contract: RAII and exceptions for plugin authors, header-only, nothing but the
/// C headers and the standard library. It adds no rules of its own; the C headers say what may be done when
/// and by whom.
///
///     #include <aspm/plugin.hpp>
///
///     class Hello : public aspm::Plugin {
///     public:
///         explicit Hello(const aspm::Host& host) : Plugin(host) {}
///         void start(aspm::Registrar& registrar) override {
///             registrar.add<&Hello::page>(aspm::SettingsPage{"hello", "Hello", "Integrations / Hello"});
///         }
///         void stop() override {}
///
///     private:
///         void page(aspm::Call&, const aspm::HttpRequest&, aspm::HttpResponse& response) {
///             response.send(200, "text/plain; charset=utf-8", "Hello.");
///         }
///     };
///     ASPM_PLUGIN(Hello, "com.example.hello", "1.0.0");
///
/// Throw aspm::Error and its family from hooks to say who has to act; anything else becomes ASPM_INTERNAL
/// with its text. Nothing unwinds into the host, and what a visitor throws comes out of the method it was
/// given to.
#pragma once

#include "aspm.h"
#include "detail/call.hpp"
#include "detail/data.hpp"
#include "detail/entry.hpp"
#include "detail/error.hpp"
#include "detail/host.hpp"
#include "detail/http.hpp"
#include "detail/inventory.hpp"
#include "detail/platform.hpp"
#include "detail/plugin_base.hpp"
#include "detail/push.hpp"
#include "detail/registrar.hpp"
#include "detail/scheduler.hpp"
#include "detail/telemetry.hpp"
#include "detail/text.hpp"
