/* Host service "aspm.findings/1": read findings, and say what became of them. */
#ifndef ASPM_SERVICE_FINDINGS_H
#define ASPM_SERVICE_FINDINGS_H

#include "../finding.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_FINDINGS_1 "aspm.findings/1"

typedef int32_t aspm_timeline_kind;
#define ASPM_TIMELINE_NOTE ((aspm_timeline_kind)0)    /* what the plugin did or noticed */
#define ASPM_TIMELINE_COMMENT ((aspm_timeline_kind)1) /* what a person wrote in the other system */
#define ASPM_TIMELINE_PROBLEM ((aspm_timeline_kind)2) /* needs a person; remedy says what to do */

/* One entry of a finding's timeline. Plain text; links are shown as such. */
typedef struct aspm_timeline_entry {
    uint32_t struct_size;
    aspm_timeline_kind kind;
    aspm_str key; /* identity within the finding: the same key again replaces the entry; empty: always new */
    aspm_str author; /* for people; empty: the plugin */
    aspm_str text;
    aspm_str remedy; /* may be empty */
    aspm_str url;    /* http or https, may be empty */
    int64_t at_ms;   /* when it happened; 0: now */
} aspm_timeline_entry;

/* Where the push of one finding stands: an element of report_pushes. Since 1.1. */
typedef struct aspm_push_report {
    uint32_t struct_size;
    aspm_push_state state;
    aspm_str finding; /* id */
    aspm_str message;
    aspm_str remedy;
    const aspm_ticket_ref* ticket; /* as for attach_ticket, or NULL */
} aspm_push_report;

/* The most that one report_pushes takes. */
#define ASPM_PUSH_REPORTS_MAX ((size_t)1000u)

/* Hears of one report that was not taken. index: its position. status: what report_push would have answered,
 * with message and remedy as for set_error. context: the caller's own. Borrowed until it returns. Must not
 * throw. Since 1.1. */
typedef void (*aspm_refusal_fn)(void* context, size_t index, aspm_status status, aspm_str message,
                                aspm_str remedy);

/* All functions: ASPM_NOT_FOUND when the finding is not in this organisation. Writes are durable at return.
 */
typedef struct aspm_findings {
    uint32_t struct_size;
    void* impl;

    /* One finding; fn is called at most once, before the return. [any] */
    aspm_status (*get)(const struct aspm_findings* findings, aspm_call* call, aspm_str organisation,
                       aspm_str finding, aspm_finding_fn fn, void* context);

    /* Findings of one project (empty: of all) in the order of their ids, those after the id `after`. [any] */
    aspm_status (*list)(const struct aspm_findings* findings, aspm_call* call, aspm_str organisation,
                        aspm_str project, aspm_str after, aspm_finding_fn fn, void* context);

    /* Sets the status. based_on: the revision that the plugin decided by; ASPM_STATE when the finding has
     * changed since (read it again), 0: whatever it is. Setting what it already has is no change. [any] */
    aspm_status (*set_status)(const struct aspm_findings* findings, aspm_call* call, aspm_str organisation,
                              aspm_str finding, aspm_finding_status status, aspm_str reason,
                              int64_t based_on);

    /* Adds or, by its key, replaces a timeline entry. [any] */
    aspm_status (*append_timeline)(const struct aspm_findings* findings, aspm_call* call,
                                   aspm_str organisation, aspm_str finding, const aspm_timeline_entry* entry);

    /* Removes the entry with this key; ASPM_OK also when there is none. [any] */
    aspm_status (*remove_timeline)(const struct aspm_findings* findings, aspm_call* call,
                                   aspm_str organisation, aspm_str finding, aspm_str key);

    /* Shows this ticket on the finding; a second call replaces what is shown. [any] */
    aspm_status (*attach_ticket)(const struct aspm_findings* findings, aspm_call* call, aspm_str organisation,
                                 aspm_str finding, const aspm_ticket_ref* ticket);

    /* Shows no ticket any more. [any] */
    aspm_status (*detach_ticket)(const struct aspm_findings* findings, aspm_call* call, aspm_str organisation,
                                 aspm_str finding);

    /* Shows where the push stands. ticket: as for attach_ticket, or NULL. The same outcome may be reported
     * again. [any] */
    aspm_status (*report_push)(const struct aspm_findings* findings, aspm_call* call, aspm_str organisation,
                               aspm_str finding, aspm_push_state state, aspm_str message, aspm_str remedy,
                               const aspm_ticket_ref* ticket);

    /* Since 1.1. Many calls of report_push in one, in the order given and in one transaction, which is far
     * cheaper. reports: count pointers, since aspm_push_report may grow; NULL when count is 0, else count is
     * at most ASPM_PUSH_REPORTS_MAX. Reports stand alone: one that is wrong or names an unknown finding is
     * handed to refused, and the others are taken. ASPM_OK: all are taken but those, also when that leaves
     * none. Any other status, such as ASPM_ARGUMENT for a count too large: count on none of them, and report
     * all again when it may pass; the same outcome may be reported again here too. [any] */
    aspm_status (*report_pushes)(const struct aspm_findings* findings, aspm_call* call, aspm_str organisation,
                                 const aspm_push_report* const* reports, size_t count,
                                 aspm_refusal_fn refused, void* context);
} aspm_findings;

#ifdef __cplusplus
}
#endif

#endif
