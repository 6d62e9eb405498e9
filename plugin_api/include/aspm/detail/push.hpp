#pragma once

#include "../contrib/ticket_push.h"
#include "data.hpp"
#include "error.hpp"

namespace aspm {

/// Findings to become tickets, as ticket-push hooks receive them. Views end with the hook.
class PushRequest {
public:
    explicit PushRequest(const aspm_push_request& raw) noexcept : _raw(raw) {}

    /// A parked finding is to be tried at once.
    bool isRetry() const noexcept { return (_raw.flags & ASPM_PUSH_RETRY) != 0; }
    std::string_view organisation() const noexcept { return view(_raw.organisation); }

    /// Idempotency key.
    std::string_view key() const noexcept { return view(_raw.key); }

    /// Nothing: a policy of the host.
    std::optional<Principal> requestedBy() const { return Principal::from(_raw.requested_by); }
    std::size_t size() const noexcept { return _raw.finding_count; }

    /// A copy of one finding; copies one by one keep ten thousand of them out of memory.
    FindingData finding(std::size_t index) const { return FindingData::from(*_raw.findings[index]); }

    const aspm_push_request& raw() const noexcept { return _raw; }

private:
    const aspm_push_request& _raw;
};

namespace detail {

// Output objects take no call, so the text is made here.
inline void checkOutput(aspm_status status, const char* what) {
    if (status != ASPM_OK) {
        throwError(status, std::string("The host did not take ") + what + " (" + statusName(status) + ").");
    }
}

} // namespace detail

/// Takes whether each finding was accepted. A light handle; valid until the hook ends or is completed. [any]
class PushReceipts {
public:
    explicit PushReceipts(aspm_push_receipts* raw) noexcept : _raw(raw) {}

    void set(std::size_t index, aspm_push_state state, std::string_view message = {},
             std::string_view remedy = {}) {
        detail::checkOutput(_raw->set(_raw, index, state, str(message), str(remedy)), "a push receipt");
    }

    aspm_push_receipts* raw() const noexcept { return _raw; }

private:
    aspm_push_receipts* _raw;
};

/// Takes what a finding would become. As PushReceipts.
class Preview {
public:
    explicit Preview(aspm_preview* raw) noexcept : _raw(raw) {}

    /// One line of the ticket as a person reads it.
    void addField(std::string_view name, std::string_view value) {
        detail::checkOutput(_raw->add_field(_raw, str(name), str(value)), "a field of a preview");
    }

    /// The exact body that would be sent.
    void setPayload(std::string_view mediaType, std::string_view body) {
        detail::checkOutput(_raw->set_payload(_raw, str(mediaType), str(body)), "the payload of a preview");
    }

    /// Something that would make it fail or differ.
    void addProblem(std::string_view message, std::string_view remedy) {
        detail::checkOutput(_raw->add_problem(_raw, str(message), str(remedy)), "a problem of a preview");
    }

    aspm_preview* raw() const noexcept { return _raw; }

private:
    aspm_preview* _raw;
};

/// Takes where a push stands. As PushReceipts.
class PushStatus {
public:
    explicit PushStatus(aspm_push_status* raw) noexcept : _raw(raw) {}

    /// ticket may be null. sinceMs: when this state began.
    void set(aspm_push_state state, std::int64_t sinceMs, std::string_view message = {},
             std::string_view remedy = {}, const TicketRef* ticket = nullptr) {
        const auto give = [&](const aspm_ticket_ref* lent) {
            detail::checkOutput(_raw->set(_raw, state, sinceMs, str(message), str(remedy), lent),
                                "a push's state");
        };
        if (ticket == nullptr) {
            give(nullptr);
        } else {
            give(ticket->lend().get());
        }
    }

    aspm_push_status* raw() const noexcept { return _raw; }

private:
    aspm_push_status* _raw;
};

} // namespace aspm
