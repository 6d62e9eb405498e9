/* Contribution "aspm.finding-status/1": the host tells what happened to a finding on its side. */
#ifndef ASPM_CONTRIB_FINDING_STATUS_H
#define ASPM_CONTRIB_FINDING_STATUS_H

#include "../finding.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_FINDING_STATUS_1 "aspm.finding-status/1"

/* What changed, as bits; several may be set. */
#define ASPM_CHANGED_STATUS ((uint32_t)1u)
#define ASPM_CHANGED_SEVERITY ((uint32_t)2u)
#define ASPM_CHANGED_DUE_DATE ((uint32_t)4u)
#define ASPM_CHANGED_TEXT ((uint32_t)8u)
#define ASPM_CHANGED_DELETED ((uint32_t)16u) /* the finding is gone; finding is its last state */

/* Borrowed until the hook returns. */
typedef struct aspm_finding_change {
    uint32_t struct_size;
    uint32_t changes;               /* ASPM_CHANGED_* */
    const aspm_finding* finding;    /* after the change; its revision orders changes of one finding */
    aspm_finding_status old_status; /* equal to the finding's unless ASPM_CHANGED_STATUS */
    aspm_severity old_severity;     /* equal to the finding's unless ASPM_CHANGED_SEVERITY */
    aspm_str old_due_date;          /* equal to the finding's unless ASPM_CHANGED_DUE_DATE */
    aspm_str event;                 /* id of this change: the same when it is told again */
    aspm_str actor;                 /* user id, or plugin id, or "scan", or "policy" */
    aspm_str actor_name;            /* for people */
    aspm_str reason;                /* as given by the actor; may be empty */
    int64_t occurred_at_ms;
} aspm_finding_change;

typedef struct aspm_finding_status_hook {
    uint32_t struct_size;
    uint32_t interests; /* ASPM_CHANGED_* that this hook wants to hear of */
    const char* id;     /* required: [a-z0-9-]+, one of its kind per instance */

    /* May be told twice and out of order: compare finding->revision. Changes that the plugin made itself
     * through the findings service are told too, with its id as the actor. On ASPM_TRANSIENT the host tells
     * it again, not before retry_after_ms; any other failure is logged and not repeated. required. [worker]
     */
    aspm_status (*changed)(aspm_instance* self, aspm_call* call, const aspm_finding_change* change);
} aspm_finding_status_hook;

#ifdef __cplusplus
}
#endif

#endif
