/* Contribution "aspm.ticket-push/1": findings become tickets. */
#ifndef ASPM_CONTRIB_TICKET_PUSH_H
#define ASPM_CONTRIB_TICKET_PUSH_H

#include "../finding.h"
#include "../http.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_TICKET_PUSH_1 "aspm.ticket-push/1"

/* The same finding again, on purpose: a parked one is tried at once, a created one stays as it is. */
#define ASPM_PUSH_RETRY ((uint32_t)1u)

/* Borrowed until push returns. */
typedef struct aspm_push_request {
    uint32_t struct_size;
    uint32_t flags;                      /* ASPM_PUSH_RETRY */
    aspm_str organisation;               /* id; all findings belong to it */
    aspm_str key;                        /* idempotency key: the same key asks for the same thing */
    const aspm_principal* requested_by;  /* NULL: a policy of the host */
    const aspm_finding* const* findings; /* finding_count pointers, since aspm_finding may grow */
    size_t finding_count;                /* at most 10000 */
} aspm_push_request;

/* Takes, for each finding, whether it was accepted. owner: host, until push returns or is completed. */
typedef struct aspm_push_receipts {
    uint32_t struct_size;
    void* impl;

    /* index: position in the request. state: ASPM_PUSH_QUEUED, or _CREATED (there was a ticket already), or
     * any other state it is in from an earlier push, or _REFUSED with message and remedy. The last one for an
     * index counts; an index never set counts as refused with a complaint about the plugin. Copies.
     * ASPM_ARGUMENT: no such index or state. [any] */
    aspm_status (*set)(struct aspm_push_receipts* receipts, size_t index, aspm_push_state state,
                       aspm_str message, aspm_str remedy);
} aspm_push_receipts;

/* Takes what a finding would become. owner: host, until preview returns or is completed. */
typedef struct aspm_preview {
    uint32_t struct_size;
    void* impl;
    /* One line of the ticket as a person reads it, e.g. ("Priority", "High"). Copies. [any] */
    aspm_status (*add_field)(struct aspm_preview* preview, aspm_str name, aspm_str value);
    /* The exact body that would be sent. Copies. [any] */
    aspm_status (*set_payload)(struct aspm_preview* preview, aspm_str media_type, aspm_str body);
    /* Something that would make it fail or differ, with what to do. Copies. [any] */
    aspm_status (*add_problem)(struct aspm_preview* preview, aspm_str message, aspm_str remedy);
} aspm_preview;

/* Takes where a finding's push stands. owner: host, until state returns or is completed. */
typedef struct aspm_push_status {
    uint32_t struct_size;
    void* impl;
    /* ticket: NULL unless there is one. since_ms: when this state began. The last one counts. Copies. [any]
     */
    aspm_status (*set)(struct aspm_push_status* status, aspm_push_state state, int64_t since_ms,
                       aspm_str message, aspm_str remedy, const aspm_ticket_ref* ticket);
} aspm_push_status;

typedef struct aspm_ticket_push {
    uint32_t struct_size;
    const char* id;    /* required: [a-z0-9-]+, one of its kind per instance */
    const char* title; /* required: what the host's button says, e.g. Create Jira ticket */

    /* Makes the request durable and returns; creates nothing while the host waits. A finding has one ticket,
     * however often and in whatever order it is asked for, across restarts. Outcomes come later through the
     * findings service. ASPM_OK also when some findings were refused: see the receipts. required. [worker] */
    aspm_status (*push)(aspm_instance* self, aspm_call* call, const aspm_push_request* request,
                        aspm_push_receipts* receipts);

    /* What this finding would become now; creates nothing. required. [worker] */
    aspm_status (*preview)(aspm_instance* self, aspm_call* call, const aspm_finding* finding,
                           aspm_preview* preview);

    /* Where the push of this finding stands. ASPM_PUSH_NONE for one never pushed. required. [worker] */
    aspm_status (*state)(aspm_instance* self, aspm_call* call, aspm_str organisation, aspm_str finding,
                         aspm_push_status* status);
} aspm_ticket_push;

#ifdef __cplusplus
}
#endif

#endif
