// What the operator sees and sets: log, config, metrics, clock, audit.
#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include "service_guard.hpp"
#include "service_tables.hpp"

namespace aspm::host {

namespace {

InstanceCore& coreOf(void* impl) {
    return InstanceCore::of(impl);
}

/// For functions without a call and without an answer.
template <typename Fn> void quietly(void* impl, const char* function, Fn fn) noexcept {
    try {
        InstanceCore& core = coreOf(impl);
        if (core.isStopped())
            return core.report(std::string(function) + " was called after stop.");
        fn(core);
    } catch (...) { // there is nobody to tell, and these functions promise not to fail
    }
}

std::int32_t logEnabled(const aspm_log* log, aspm_log_level level) {
    try {
        return coreOf(log->impl).services().log->enabled(level) ? 1 : 0;
    } catch (...) {
        return 0;
    }
}

void logWrite(const aspm_log* log, aspm_log_level level, aspm_str message, const aspm_log_field* fields,
              std::size_t count) {
    quietly(log->impl, "log.write", [&](InstanceCore& core) {
        Fields copies;
        for (std::size_t i = 0; fields != nullptr && i < count; ++i)
            copies.emplace_back(looseText(fields[i].name), looseText(fields[i].value));
        core.services().log->write(core.id(), level, looseText(message), copies);
    });
}

aspm_status configGet(const aspm_config* config, aspm_call* call, aspm_str key, aspm_text_fn fn,
                      void* context) {
    return serve(config->impl, call, "config.get", [&] {
        requireFunction(fn);
        InstanceCore& core = coreOf(config->impl);
        std::string name = textFrom(key, "The key");
        const ManifestConfigKey* listed = core.manifest().configKey(name);
        if (listed == nullptr) {
            core.report("asked for the configuration key " + name +
                        ", which its manifest does not list; add it to config in manifest.json.");
            throw ServiceError(ASPM_ARGUMENT,
                               "The manifest does not list the configuration key " + name + ".",
                               "Add it to config in manifest.json.");
        }
        auto value = core.services().config->value(name);
        if (!value && listed->hasDefault)
            value = listed->defaultValue;
        if (!value)
            throw ServiceError(ASPM_NOT_FOUND, "The configuration key " + name + " is not set.",
                               "Set it in the host's configuration: " + listed->description);
        callBack(config->impl, "config.get", [&] { return fn(context, view(*value)), 1; });
    });
}

Fields labelsFrom(const aspm_metric_label* labels, std::size_t count) {
    Fields out;
    for (std::size_t i = 0; labels != nullptr && i < count; ++i)
        out.emplace_back(looseText(labels[i].name), looseText(labels[i].value));
    return out;
}

void metricsAdd(const aspm_metrics* metrics, aspm_str name, double by, const aspm_metric_label* labels,
                std::size_t count) {
    quietly(metrics->impl, "metrics.add", [&](InstanceCore& core) {
        if (by < 0)
            return core.report("metrics.add of " + looseText(name) + " was given a negative number.");
        core.services().metrics->add(looseText(name), by, labelsFrom(labels, count));
    });
}

void metricsSet(const aspm_metrics* metrics, aspm_str name, double value, const aspm_metric_label* labels,
                std::size_t count) {
    quietly(metrics->impl, "metrics.set", [&](InstanceCore& core) {
        core.services().metrics->set(looseText(name), value, labelsFrom(labels, count));
    });
}

void metricsObserve(const aspm_metrics* metrics, aspm_str name, double value, const aspm_metric_label* labels,
                    std::size_t count) {
    quietly(metrics->impl, "metrics.observe", [&](InstanceCore& core) {
        core.services().metrics->observe(looseText(name), value, labelsFrom(labels, count));
    });
}

std::int64_t clockNow(const aspm_clock* clock) {
    try {
        return coreOf(clock->impl).services().clock->nowMs();
    } catch (...) {
        return 0;
    }
}

AuditEvent auditEventFrom(const aspm_audit_event* theirs) {
    auto e = prefixOf(theirs, sizeof(aspm_audit_event), "The audit event");
    AuditEvent out;
    out.organisation = textFrom(e.organisation, "The audit event's organisation");
    out.actor = textFrom(e.actor, "The audit event's actor");
    out.action = textFrom(e.action, "The audit event's action");
    out.object = textFrom(e.object, "The audit event's object");
    out.detail = textFrom(e.detail, "The audit event's detail");
    if (out.action.empty())
        throw ServiceError(ASPM_ARGUMENT, "The audit event has no action.");
    if (out.detail.empty())
        return out;
    try {
        Poco::JSON::Parser parser;
        parser.setDepth(16);
        parser.parse(out.detail).extract<Poco::JSON::Object::Ptr>();
    } catch (const Poco::Exception&) {
        throw ServiceError(ASPM_ARGUMENT, "The audit event's detail is not a JSON object.");
    }
    return out;
}

aspm_status auditRecord(const aspm_audit* audit, aspm_call* call, const aspm_audit_event* event) {
    return serve(audit->impl, call, "audit.record", [&] {
        InstanceCore& core = coreOf(audit->impl);
        core.services().audit->record(core.id(), auditEventFrom(event));
    });
}

} // namespace

aspm_log makeLogTable(InstanceCore& core) {
    return {sizeof(aspm_log), &core, logEnabled, logWrite};
}
aspm_config makeConfigTable(InstanceCore& core) {
    return {sizeof(aspm_config), &core, configGet};
}
aspm_metrics makeMetricsTable(InstanceCore& core) {
    return {sizeof(aspm_metrics), &core, metricsAdd, metricsSet, metricsObserve};
}
aspm_clock makeClockTable(InstanceCore& core) {
    return {sizeof(aspm_clock), &core, clockNow};
}
aspm_audit makeAuditTable(InstanceCore& core) {
    return {sizeof(aspm_audit), &core, auditRecord};
}

} // namespace aspm::host
