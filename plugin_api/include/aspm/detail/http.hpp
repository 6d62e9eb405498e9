#pragma once

#include "../http.h"
#include "data.hpp"
#include "error.hpp"

namespace aspm {

/// A request as a settings page or a webhook route receives it. All views end with the hook, also when it is
/// deferred: copy what is needed later.
class HttpRequest {
public:
    explicit HttpRequest(const aspm_http_request& raw) noexcept : _raw(raw) {}

    std::string_view method() const noexcept { return view(_raw.method); }

    /// Below the mount, begins with '/', not decoded.
    std::string_view path() const noexcept { return view(_raw.path); }

    /// Raw, without '?'.
    std::string_view query() const noexcept { return view(_raw.query); }
    std::string_view body() const noexcept { return view(_raw.body); }
    std::string_view mountUrl() const noexcept { return view(_raw.mount_url); }
    std::string_view organisation() const noexcept { return view(_raw.organisation); }
    std::string_view peer() const noexcept { return view(_raw.peer); }

    /// The first header of this name, compared without case.
    std::optional<std::string_view> header(std::string_view name) const noexcept {
        for (std::uint32_t i = 0; i < _raw.header_count; ++i) {
            if (equalsIgnoringCase(view(_raw.headers[i].name), name)) {
                return view(_raw.headers[i].value);
            }
        }
        return std::nullopt;
    }

    /// All headers as received, in order, repeated names kept.
    std::vector<std::pair<std::string_view, std::string_view>> headers() const {
        std::vector<std::pair<std::string_view, std::string_view>> all;
        for (std::uint32_t i = 0; i < _raw.header_count; ++i) {
            all.emplace_back(view(_raw.headers[i].name), view(_raw.headers[i].value));
        }
        return all;
    }

    /// Who asks: always on a settings page, never on a webhook route.
    std::optional<Principal> principal() const { return Principal::from(_raw.principal); }

    const aspm_http_request& raw() const noexcept { return _raw; }

private:
    static bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept {
        // By hand: tolower would ask the process's locale.
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                                  [&](char x, char y) { return lower(x) == lower(y); });
    }

    const aspm_http_request& _raw;
};

/// Takes the answer. A light handle, copyable; valid until the hook ends, or its Deferred is completed.
class HttpResponse {
public:
    explicit HttpResponse(aspm_http_response* raw) noexcept : _raw(raw) {}

    HttpResponse& status(int code) {
        check(_raw->set_status(_raw, code), "the HTTP status " + std::to_string(code));
        return *this;
    }

    HttpResponse& header(std::string_view name, std::string_view value) {
        check(_raw->add_header(_raw, str(name), str(value)), "the header " + std::string(name));
        return *this;
    }

    HttpResponse& write(std::string_view bytes) {
        check(_raw->write(_raw, str(bytes)), "a part of the answer's body");
        return *this;
    }

    /// Sends what was written so far. False: the client is gone, stop writing.
    bool flush() {
        const aspm_status status = _raw->flush(_raw);
        if (status == ASPM_CANCELLED) {
            return false;
        }
        check(status, "sending a part of the answer");
        return true;
    }

    /// A whole answer at once.
    void send(int code, std::string_view contentType, std::string_view body) {
        status(code).header("Content-Type", contentType).write(body);
    }

    aspm_http_response* raw() const noexcept { return _raw; }

private:
    // These functions take no call, so the text is made here.
    static void check(aspm_status status, const std::string& what) {
        if (status != ASPM_OK) {
            throwError(status, "The host did not take " + what + " (" + statusName(status) + ").");
        }
    }

    aspm_http_response* _raw;
};

} // namespace aspm
