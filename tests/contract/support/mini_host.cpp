#include "mini_host.hpp"

#include <limits>

#include "guarded_text.hpp"

namespace contract {

namespace {

std::string text(aspm_str s) {
    return s.size == 0 ? std::string() : std::string(s.data, s.size);
}

void lend(aspm_text_fn fn, void* context, const std::string& value) {
    const GuardedText guarded(value);
    fn(context, {guarded.view().data(), guarded.view().size()});
}

} // namespace

MiniHost::MiniHost(std::string directory) : _directory(std::move(directory)) {
    fillHost();
    fillServices();
    _registrar.table.impl = this;
    _registrar.table.add = [](const aspm_registrar* registrar, aspm_call* call, const char* kind,
                              const void* table) {
        MiniHost& self = of(registrar->impl);
        if (static_cast<int>(self.registered.size()) == self.refused) {
            MiniCall::of(call).message = std::string("no room for ") + kind;
            return ASPM_ARGUMENT;
        }
        self.registered.emplace_back(kind, table);
        return ASPM_OK;
    };
}

void MiniHost::fillHost() {
    aspm_host& host = _host.table;
    host.abi_major = ASPM_ABI_MAJOR;
    host.abi_minor = 99;
    host.impl = this;
    host.name = "mini";
    host.version = "9.9.9";
    host.get_service = [](const aspm_host* h, const char* id) -> const void* {
        MiniHost& self = of(h->impl);
        const std::pair<const char*, const void*> services[] = {{ASPM_LOG_1, &self._log.table},
                                                                {ASPM_CONFIG_1, &self._config.table},
                                                                {ASPM_FINDINGS_1, &self._findings.table},
                                                                {ASPM_STORAGE_1, &self._storage.table},
                                                                {ASPM_URLS_1, &self._urls.table}};
        for (const auto& [name, table] : services) {
            if (std::strcmp(name, id) == 0 && self.missing.count(id) == 0) {
                return table;
            }
        }
        return nullptr;
    };
    host.set_error = [](aspm_call* call, aspm_str message, aspm_str remedy, std::int64_t retryAfterMs) {
        MiniCall& c = MiniCall::of(call);
        c.message = text(message);
        c.remedy = text(remedy);
        c.retryAfterMs = retryAfterMs;
    };
    host.get_error = [](const aspm_call* call, aspm_str* message, aspm_str* remedy,
                        std::int64_t* retryAfterMs) {
        const MiniCall& c = MiniCall::of(call);
        *message = {c.message.data(), c.message.size()};
        *remedy = {c.remedy.data(), c.remedy.size()};
        *retryAfterMs = c.retryAfterMs;
    };
    host.is_cancelled = [](const aspm_call* call) -> std::int32_t {
        return MiniCall::of(call).cancelled ? 1 : 0;
    };
    host.deadline_ms = [](const aspm_call*) { return std::numeric_limits<std::int64_t>::max(); };
    host.begin_call = [](const aspm_host* h, std::int64_t) {
        ++of(h->impl).openCalls;
        return (new MiniCall)->raw();
    };
    host.end_call = [](aspm_call* call) { delete &MiniCall::of(call); };
    host.defer = [](aspm_call* call) -> aspm_completion* {
        return MiniCall::of(call).deferred++ == 0 ? reinterpret_cast<aspm_completion*>(call) : nullptr;
    };
    host.complete = [](aspm_completion* completion, aspm_status status) {
        auto& completions = reinterpret_cast<MiniCall*>(completion)->completions;
        completions.push_back(status);
        return completions.size() == 1 ? ASPM_OK : ASPM_STATE;
    };
}

void MiniHost::fillServices() {
    _log.table.impl = _config.table.impl = _findings.table.impl = _storage.table.impl = _urls.table.impl =
        this;
    _log.table.enabled = [](const aspm_log*, aspm_log_level) -> std::int32_t { return 1; };
    _log.table.write = [](const aspm_log* log, aspm_log_level, aspm_str message, const aspm_log_field*,
                          std::size_t) { of(log->impl).lines.push_back(text(message)); };
    _config.table.get = [](const aspm_config*, aspm_call*, aspm_str, aspm_text_fn fn, void* context) {
        lend(fn, context, "let-me-in");
        return ASPM_OK;
    };
    _storage.table.data_directory = [](const aspm_storage* storage, aspm_call*, aspm_text_fn fn,
                                       void* context) {
        lend(fn, context, of(storage->impl)._directory);
        return ASPM_OK;
    };
    _storage.table.database_url = [](const aspm_storage*, aspm_call*, aspm_text_fn, void*) {
        return ASPM_NOT_FOUND;
    };
    _urls.table.base = [](const aspm_urls*, aspm_call*, aspm_text_fn fn, void* context) {
        lend(fn, context, "http://127.0.0.1");
        return ASPM_OK;
    };
    _urls.table.settings_page = [](const aspm_urls*, aspm_call*, aspm_str page, aspm_text_fn fn,
                                   void* context) {
        lend(fn, context, "http://127.0.0.1/" + text(page));
        return ASPM_OK;
    };
    _urls.table.webhook_route = [](const aspm_urls*, aspm_call*, aspm_str, aspm_str, aspm_text_fn, void*) {
        return ASPM_NOT_FOUND;
    };
    _urls.table.finding = _urls.table.webhook_route;
    aspm_findings& findings = _findings.table;
    findings.get = [](const aspm_findings*, aspm_call*, aspm_str, aspm_str, aspm_finding_fn fn,
                      void* context) {
        WithFuture<aspm_finding> finding;
        const GuardedText title("one of several");
        finding.table.title = {title.view().data(), title.view().size()};
        fn(context, &finding.table);
        return ASPM_OK;
    };
    findings.list = [](const aspm_findings*, aspm_call* call, aspm_str, aspm_str, aspm_str,
                       aspm_finding_fn fn, void* context) {
        for (int i = 0; i < 3; ++i) { // goes on although it is told to stop, as no host may
            WithFuture<aspm_finding> finding;
            fn(context, &finding.table);
        }
        MiniCall::of(call).message = "listing was cut off";
        return ASPM_TRANSIENT;
    };
    findings.set_status = [](const aspm_findings* f, aspm_call*, aspm_str, aspm_str finding,
                             aspm_finding_status, aspm_str, std::int64_t) {
        of(f->impl).resolved.push_back(text(finding));
        return ASPM_OK;
    };
    findings.append_timeline = [](const aspm_findings*, aspm_call*, aspm_str, aspm_str,
                                  const aspm_timeline_entry*) { return ASPM_OK; };
    findings.remove_timeline = [](const aspm_findings*, aspm_call*, aspm_str, aspm_str, aspm_str) {
        return static_cast<aspm_status>(4711); // no status of the closed list
    };
    findings.attach_ticket = [](const aspm_findings*, aspm_call*, aspm_str, aspm_str,
                                const aspm_ticket_ref*) { return ASPM_OK; };
    findings.detach_ticket = [](const aspm_findings*, aspm_call*, aspm_str, aspm_str) { return ASPM_OK; };
    findings.report_push = [](const aspm_findings* f, aspm_call* call, aspm_str, aspm_str finding,
                              aspm_push_state, aspm_str, aspm_str, const aspm_ticket_ref*) {
        if (text(finding) == "nothing") {
            MiniCall::of(call).message = "there is nothing";
            return ASPM_NOT_FOUND;
        }
        of(f->impl).reported.push_back(text(finding));
        return ASPM_OK;
    };
    findings.report_pushes = [](const aspm_findings* f, aspm_call*, aspm_str,
                                const aspm_push_report* const* reports, std::size_t count, aspm_refusal_fn fn,
                                void* context) {
        const GuardedText gone("gone");
        for (std::size_t i = 0; i < count; ++i) {
            const std::string finding = text(reports[i]->finding);
            if (finding == "nothing") {
                fn(context, i, ASPM_NOT_FOUND, {gone.view().data(), gone.view().size()}, {});
            } else {
                of(f->impl).reported.push_back(finding + " with " + text(reports[i]->ticket->labels[1]));
            }
        }
        return ASPM_OK;
    };
}

bool MiniHost::isFutureUntouched() const {
    return _host.isUntouched() && _registrar.isUntouched() && _log.isUntouched() && _config.isUntouched() &&
           _findings.isUntouched() && _storage.isUntouched() && _urls.isUntouched();
}

MiniResponse::MiniResponse() {
    aspm_http_response& r = response.table;
    r.impl = this;
    r.set_status = [](aspm_http_response* self, std::int32_t code) {
        static_cast<MiniResponse*>(self->impl)->status = code;
        return ASPM_OK;
    };
    r.add_header = [](aspm_http_response* self, aspm_str name, aspm_str value) {
        static_cast<MiniResponse*>(self->impl)->headers += text(name) + ": " + text(value) + "\n";
        return ASPM_OK;
    };
    r.write = [](aspm_http_response* self, aspm_str bytes) {
        static_cast<MiniResponse*>(self->impl)->body += text(bytes);
        return ASPM_OK;
    };
    r.flush = [](aspm_http_response*) { return ASPM_CANCELLED; };
}

} // namespace contract
