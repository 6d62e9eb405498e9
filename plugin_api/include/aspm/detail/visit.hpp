#pragma once

#include <optional>

#include "call.hpp"

namespace aspm::detail {

/// Carries a C++ callable through a C callback. What it throws is kept, ends the listing, and comes out of
/// rethrow() once the host function has returned: nothing unwinds through the host.
template <class Raw, class Fn> class Visit {
public:
    explicit Visit(Fn& fn) noexcept : _fn(fn) {}

    static std::int32_t onElement(void* context, const Raw* element) noexcept {
        return static_cast<Visit*>(context)->run([element](Fn& fn) {
            if constexpr (std::is_same_v<std::invoke_result_t<Fn&, const Raw&>, void>) {
                fn(*element);
                return true;
            } else {
                return static_cast<bool>(fn(*element));
            }
        });
    }

    void rethrow() const {
        if (_thrown) {
            std::rethrow_exception(_thrown);
        }
    }

private:
    template <class Body> std::int32_t run(Body body) noexcept {
        if (_thrown) {
            return 0; // a host that goes on all the same
        }
        try {
            return body(_fn) ? 1 : 0;
        } catch (...) {
            _thrown = std::current_exception();
            return 0;
        }
    }

    Fn& _fn;
    std::exception_ptr _thrown;
};

/// Keeps what a callback without an answer hands back, one after another.
template <class Owned> class Collector {
public:
    template <class Make> void add(Make make) noexcept {
        try {
            _all.push_back(make());
        } catch (...) {
            _thrown = std::current_exception();
        }
    }

    std::vector<Owned> take() {
        if (_thrown) {
            std::rethrow_exception(_thrown);
        }
        return std::move(_all);
    }

private:
    std::vector<Owned> _all;
    std::exception_ptr _thrown;
};

/// Keeps the one text that a host function hands back.
class TextReceiver {
public:
    static void onText(void* context, aspm_str value) noexcept {
        auto& self = *static_cast<TextReceiver*>(context);
        try {
            self._text = copy(value);
        } catch (...) {
            self._thrown = std::current_exception();
        }
    }

    std::string take() {
        if (_thrown) {
            std::rethrow_exception(_thrown);
        }
        return std::move(_text);
    }

private:
    std::string _text;
    std::exception_ptr _thrown;
};

/// Calls a host function that lists elements: start(callback, context) -> status.
template <class Raw, class Start, class Fn> aspm_status visit(Start start, Fn& fn) {
    Visit<Raw, Fn> visit(fn);
    const aspm_status status = start(&Visit<Raw, Fn>::onElement, &visit);
    visit.rethrow();
    return status;
}

/// Calls a host function that gives at most one element; ASPM_NOT_FOUND is an answer, not a failure.
template <class Owned, class Raw, class Start>
std::optional<Owned> fetch(const Call& call, const char* what, Start start) {
    std::optional<Owned> found;
    auto keep = [&found](const Raw& raw) { found = Owned::from(raw); };
    const aspm_status status = visit<Raw>(start, keep);
    if (status != ASPM_NOT_FOUND) {
        call.check(status, what);
    }
    return status == ASPM_OK ? found : std::nullopt;
}

/// Calls a host function that hands back one text: start(callback, context) -> status.
template <class Start> std::string fetchText(const Call& call, const char* what, Start start) {
    TextReceiver receiver;
    const aspm_status status = start(&TextReceiver::onText, &receiver);
    call.check(status, what);
    return receiver.take();
}

/// As fetchText, where ASPM_NOT_FOUND is an answer.
template <class Start>
std::optional<std::string> fetchOptionalText(const Call& call, const char* what, Start start) {
    TextReceiver receiver;
    const aspm_status status = start(&TextReceiver::onText, &receiver);
    if (status == ASPM_NOT_FOUND) {
        return std::nullopt;
    }
    call.check(status, what);
    return receiver.take();
}

} // namespace aspm::detail
