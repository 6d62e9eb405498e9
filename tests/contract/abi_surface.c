/* Every type of the contract in one function's parameters: the library made of this file is what the ABI dump
 * describes. It is never called. */
#include <aspm/aspm.h>

__attribute__((visibility("default"))) const aspm_plugin* aspm_plugin_query_v1(void);
const aspm_plugin* aspm_plugin_query_v1(void) {
    return NULL;
}

#define SURFACE(type)                                                                                        \
    __attribute__((visibility("default"))) void surface_of_##type(const type* value);                        \
    void surface_of_##type(const type* value) {                                                              \
        (void)value;                                                                                         \
    }

SURFACE(aspm_finding_change)
SURFACE(aspm_finding_status_hook)
SURFACE(aspm_settings_page)
SURFACE(aspm_push_request)
SURFACE(aspm_push_receipts)
SURFACE(aspm_preview)
SURFACE(aspm_push_status)
SURFACE(aspm_ticket_push)
SURFACE(aspm_webhook_route)
SURFACE(aspm_finding)
SURFACE(aspm_ticket_ref)
SURFACE(aspm_principal)
SURFACE(aspm_header)
SURFACE(aspm_http_request)
SURFACE(aspm_http_response)
SURFACE(aspm_host)
SURFACE(aspm_registrar)
SURFACE(aspm_plugin)
SURFACE(aspm_alert)
SURFACE(aspm_alerts)
SURFACE(aspm_audit_event)
SURFACE(aspm_audit)
SURFACE(aspm_clock)
SURFACE(aspm_config)
SURFACE(aspm_organisation)
SURFACE(aspm_project)
SURFACE(aspm_member)
SURFACE(aspm_directory)
SURFACE(aspm_timeline_entry)
SURFACE(aspm_findings)
SURFACE(aspm_push_report)
SURFACE(aspm_log_field)
SURFACE(aspm_log)
SURFACE(aspm_metric_label)
SURFACE(aspm_metrics)
SURFACE(aspm_ownership)
SURFACE(aspm_scheduler)
SURFACE(aspm_secrets)
SURFACE(aspm_storage)
SURFACE(aspm_urls)
SURFACE(aspm_str)

/* Callbacks are function pointers: by value. */
#define CALLBACK_SURFACE(type)                                                                               \
    __attribute__((visibility("default"))) void surface_of_##type(type value);                               \
    void surface_of_##type(type value) {                                                                     \
        (void)value;                                                                                         \
    }

CALLBACK_SURFACE(aspm_finding_fn)
CALLBACK_SURFACE(aspm_refusal_fn)
CALLBACK_SURFACE(aspm_organisation_fn)
CALLBACK_SURFACE(aspm_project_fn)
CALLBACK_SURFACE(aspm_member_fn)
CALLBACK_SURFACE(aspm_job_fn)
CALLBACK_SURFACE(aspm_key_fn)
CALLBACK_SURFACE(aspm_text_fn)
