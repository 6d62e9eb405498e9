// The hooks that carry findings: push, preview, state, changed.
#include "../boundary/text.hpp"
#include "../boundary/views.hpp"
#include "plugin_impl.hpp"

namespace aspm::host {

namespace {

/// Runs a setter of a host object for the plugin: nothing unwinds into it.
template <typename Fn> aspm_status set(Fn fn) noexcept {
    try {
        fn();
        return ASPM_OK;
    } catch (const ServiceError& e) {
        return e.status();
    } catch (...) {
        return ASPM_INTERNAL;
    }
}

struct PushWork {
    explicit PushWork(PushRequest given) : request(std::move(given)), receipts(request.findings.size()) {
        table.struct_size = sizeof(table);
        table.impl = this;
        table.set = [](aspm_push_receipts* t, std::size_t index, aspm_push_state state, aspm_str message,
                       aspm_str remedy) {
            return set([&] {
                auto* work = static_cast<PushWork*>(t->impl);
                std::lock_guard<std::mutex> lock(work->mutex);
                if (index >= work->receipts.size())
                    throw ServiceError(ASPM_ARGUMENT, "no such finding in the request");
                if (state < ASPM_PUSH_NONE || state > ASPM_PUSH_REFUSED)
                    throw ServiceError(ASPM_ARGUMENT, "no such state");
                work->receipts[index] = {true, state, looseText(message), looseText(remedy)};
            });
        };
    }

    PushRequest request;
    std::mutex mutex;
    std::vector<PushReceipt> receipts;
    aspm_push_receipts table{};
};

struct PreviewWork {
    explicit PreviewWork(Finding given) : finding(std::move(given)) {
        table.struct_size = sizeof(table);
        table.impl = this;
        table.add_field = [](aspm_preview* t, aspm_str name, aspm_str value) {
            return set([&] {
                auto* work = static_cast<PreviewWork*>(t->impl);
                std::lock_guard<std::mutex> lock(work->mutex);
                work->answer.fields.emplace_back(textFrom(name, "The name"), textFrom(value, "The value"));
            });
        };
        table.set_payload = [](aspm_preview* t, aspm_str type, aspm_str body) {
            return set([&] {
                auto* work = static_cast<PreviewWork*>(t->impl);
                std::lock_guard<std::mutex> lock(work->mutex);
                work->answer.payloadType = textFrom(type, "The media type");
                work->answer.payload = bytesFrom(body, "The body");
            });
        };
        table.add_problem = [](aspm_preview* t, aspm_str message, aspm_str remedy) {
            return set([&] {
                auto* work = static_cast<PreviewWork*>(t->impl);
                std::lock_guard<std::mutex> lock(work->mutex);
                work->answer.problems.push_back({looseText(message), looseText(remedy)});
            });
        };
    }

    Finding finding;
    std::mutex mutex;
    PreviewAnswer answer;
    aspm_preview table{};
};

struct StateWork {
    StateWork(std::string organisationId, std::string findingId)
        : organisation(std::move(organisationId)), finding(std::move(findingId)) {
        table.struct_size = sizeof(table);
        table.impl = this;
        table.set = [](aspm_push_status* t, aspm_push_state state, std::int64_t sinceMs, aspm_str message,
                       aspm_str remedy, const aspm_ticket_ref* ticket) {
            return set([&] {
                auto* work = static_cast<StateWork*>(t->impl);
                std::lock_guard<std::mutex> lock(work->mutex);
                if (state < ASPM_PUSH_NONE || state > ASPM_PUSH_REFUSED)
                    throw ServiceError(ASPM_ARGUMENT, "no such state");
                work->answer.state = state;
                work->answer.sinceMs = sinceMs;
                work->answer.message = looseText(message);
                work->answer.remedy = looseText(remedy);
                work->answer.ticket.reset();
                if (ticket != nullptr)
                    work->answer.ticket = ticketFrom(ticket);
            });
        };
    }

    std::string organisation;
    std::string finding;
    std::mutex mutex;
    PushStateAnswer answer;
    aspm_push_status table{};
};

aspm_status runPush(aspm_ticket_push hook, aspm_instance* self, aspm_call* call, PushWork& work) {
    std::vector<std::unique_ptr<FindingView>> views;
    std::vector<const aspm_finding*> pointers;
    for (const Finding& finding : work.request.findings) {
        views.push_back(std::make_unique<FindingView>(finding));
        pointers.push_back(views.back()->get());
    }
    std::unique_ptr<PrincipalView> principal;
    if (work.request.requestedBy)
        principal = std::make_unique<PrincipalView>(*work.request.requestedBy);
    aspm_push_request request{};
    request.struct_size = sizeof(request);
    request.flags = work.request.flags;
    request.organisation = view(work.request.organisation);
    request.key = view(work.request.key);
    request.requested_by = principal ? principal->get() : nullptr;
    request.findings = pointers.data();
    request.finding_count = pointers.size();
    return hook.push(self, call, &request, &work.table);
}

/// A finding that the plugin said nothing about was not taken, and that is the plugin's mistake.
void completeReceipts(const InstanceCore& core, const std::string& what, std::vector<PushReceipt>& receipts) {
    std::size_t forgotten = 0;
    for (PushReceipt& receipt : receipts) {
        if (receipt.given)
            continue;
        ++forgotten;
        receipt.state = ASPM_PUSH_REFUSED;
        receipt.message = "The plugin did not say what became of this finding.";
        receipt.remedy = "Try again; report it to the plugin's developer.";
    }
    if (forgotten > 0)
        core.report(what + " gave no receipt for " + std::to_string(forgotten) + " of " +
                    std::to_string(receipts.size()) + " findings; they count as refused.");
}

std::string named(const char* kind, const std::string& id) {
    return std::string("the ") + kind + " \"" + id + "\"";
}

} // namespace

PushAnswer Plugin::push(const std::string& id, PushRequest request) {
    aspm_ticket_push hook = _impl->registrations().push(id);
    std::string what = named("ticket-push hook", id);
    if (hook.push == nullptr)
        return {_impl->notThere(what), {}};
    auto work = std::make_shared<PushWork>(std::move(request));
    PushAnswer answer;
    answer.result = _impl->dispatch(
        what, _impl->core().options().pushMs,
        [hook, work, self = _impl->self()](aspm_call* call) { return runPush(hook, self, call, *work); });
    std::lock_guard<std::mutex> lock(work->mutex);
    answer.receipts = work->receipts;
    if (answer.result.ok())
        completeReceipts(_impl->core(), what, answer.receipts);
    return answer;
}

PreviewAnswer Plugin::preview(const std::string& id, Finding finding) {
    aspm_ticket_push hook = _impl->registrations().push(id);
    std::string what = named("preview of the ticket-push hook", id);
    PreviewAnswer answer;
    if (hook.preview == nullptr) {
        answer.result = _impl->notThere(what);
        return answer;
    }
    auto work = std::make_shared<PreviewWork>(std::move(finding));
    HookResult result = _impl->dispatch(what, _impl->core().options().previewMs,
                                        [hook, work, self = _impl->self()](aspm_call* call) {
                                            FindingView seen(work->finding);
                                            return hook.preview(self, call, seen.get(), &work->table);
                                        });
    std::lock_guard<std::mutex> lock(work->mutex);
    answer = work->answer;
    answer.result = result;
    return answer;
}

PushStateAnswer Plugin::pushState(const std::string& id, const std::string& organisation,
                                  const std::string& finding) {
    aspm_ticket_push hook = _impl->registrations().push(id);
    std::string what = named("state of the ticket-push hook", id);
    PushStateAnswer answer;
    if (hook.state == nullptr) {
        answer.result = _impl->notThere(what);
        return answer;
    }
    auto work = std::make_shared<StateWork>(organisation, finding);
    HookResult result = _impl->dispatch(
        what, _impl->core().options().stateMs, [hook, work, self = _impl->self()](aspm_call* call) {
            return hook.state(self, call, view(work->organisation), view(work->finding), &work->table);
        });
    std::lock_guard<std::mutex> lock(work->mutex);
    answer = work->answer;
    answer.result = result;
    return answer;
}

HookResult Plugin::changed(const std::string& id, FindingChange change) {
    aspm_finding_status_hook hook = _impl->registrations().statusHook(id);
    std::string what = named("finding-status hook", id);
    if (hook.changed == nullptr)
        return _impl->notThere(what);
    auto kept = std::make_shared<FindingChange>(std::move(change));
    return _impl->dispatch(what, _impl->core().options().changedMs,
                           [hook, kept, self = _impl->self()](aspm_call* call) {
                               FindingView seen(kept->finding);
                               aspm_finding_change told{};
                               told.struct_size = sizeof(told);
                               told.changes = kept->changes;
                               told.finding = seen.get();
                               told.old_status = kept->oldStatus;
                               told.old_severity = kept->oldSeverity;
                               told.old_due_date = view(kept->oldDueDate);
                               told.event = view(kept->event);
                               told.actor = view(kept->actor);
                               told.actor_name = view(kept->actorName);
                               told.reason = view(kept->reason);
                               told.occurred_at_ms = kept->occurredAtMs;
                               return hook.changed(self, call, &told);
                           });
}

std::vector<TicketPushInfo> Plugin::ticketPushes() const {
    std::vector<TicketPushInfo> out;
    for (const aspm_ticket_push& hook : _impl->registrations().pushes())
        out.push_back({hook.id, hook.title});
    return out;
}

std::vector<FindingStatusInfo> Plugin::findingStatusHooks() const {
    std::vector<FindingStatusInfo> out;
    for (const aspm_finding_status_hook& hook : _impl->registrations().statusHooks())
        out.push_back({hook.id, hook.interests});
    return out;
}

} // namespace aspm::host
