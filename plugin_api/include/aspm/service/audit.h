/* Host service "aspm.audit/1": who did what, kept for auditors. */
#ifndef ASPM_SERVICE_AUDIT_H
#define ASPM_SERVICE_AUDIT_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_AUDIT_1 "aspm.audit/1"

typedef struct aspm_audit_event {
    uint32_t struct_size;
    aspm_str organisation;
    aspm_str actor;  /* user id; empty: the plugin itself */
    aspm_str action; /* verb with the plugin's prefix, e.g. jira.connection.created */
    aspm_str object; /* what it was done to, e.g. the site or the project's key */
    aspm_str detail; /* JSON object with what changed, no secrets; may be empty */
} aspm_audit_event;

typedef struct aspm_audit {
    uint32_t struct_size;
    void* impl;

    /* Durable at return. [any] */
    aspm_status (*record)(const struct aspm_audit* audit, aspm_call* call, const aspm_audit_event* event);
} aspm_audit;

#ifdef __cplusplus
}
#endif

#endif
