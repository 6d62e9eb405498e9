/* A finding and what is said about it. Shared by contributions and services. */
#ifndef ASPM_FINDING_H
#define ASPM_FINDING_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t aspm_severity;
#define ASPM_SEVERITY_INFO ((aspm_severity)0)
#define ASPM_SEVERITY_LOW ((aspm_severity)1)
#define ASPM_SEVERITY_MEDIUM ((aspm_severity)2)
#define ASPM_SEVERITY_HIGH ((aspm_severity)3)
#define ASPM_SEVERITY_CRITICAL ((aspm_severity)4)

typedef int32_t aspm_finding_status;
#define ASPM_FINDING_OPEN ((aspm_finding_status)0)
#define ASPM_FINDING_RESOLVED ((aspm_finding_status)1)
#define ASPM_FINDING_ACCEPTED ((aspm_finding_status)2)       /* the risk is accepted */
#define ASPM_FINDING_FALSE_POSITIVE ((aspm_finding_status)3) /* not a defect */
#define ASPM_FINDING_NOT_FOUND ((aspm_finding_status)4)      /* the scanner no longer reports it */
#define ASPM_FINDING_AWAITING_SCAN ((aspm_finding_status)5)  /* closed by a ticket, a scan must confirm */

/* One finding. Always passed by pointer, borrowed until the receiving function returns. Read members that
 * came after minor 0 through struct_size. */
typedef struct aspm_finding {
    uint32_t struct_size;
    aspm_severity severity;
    aspm_finding_status status;
    uint32_t label_count;
    const aspm_str* labels; /* label_count of them, as the host's users set them */

    aspm_str organisation; /* id */
    aspm_str project;      /* id of the host's project */
    aspm_str project_key;  /* what people call it, e.g. payments-api */
    aspm_str id;           /* unique within the organisation, never reused */
    aspm_str title;        /* one line */
    aspm_str description;  /* what the scanner says about this place; plain text */
    aspm_str scanner;      /* e.g. Flawfinder */
    aspm_str rule_id;      /* e.g. FF1040 */
    aspm_str rule_name;
    aspm_str rule_help;     /* how to fix this kind of defect; Markdown */
    aspm_str rule_help_url; /* http or https, or empty */
    aspm_str cwe;           /* e.g. CWE-120; several separated by a comma; may be empty */
    aspm_str file_path;     /* within the project, '/' separated; may be empty */
    aspm_str snippet;       /* the code at that place; may be empty */
    aspm_str url;           /* the finding's page in the host */
    aspm_str due_date;      /* yyyy-MM-dd by which the host wants it done; empty: it has no opinion */
    int64_t line;           /* from 1; 0: unknown */
    int64_t first_seen_ms;
    int64_t revision; /* grows with every change of the finding: the newer of two is the larger */
} aspm_finding;

/* Receives one finding, borrowed until it returns; answers non-zero to go on, 0 to stop the listing (which
 * is then still ASPM_OK). context: the caller's own. Must not throw. */
typedef int32_t (*aspm_finding_fn)(void* context, const aspm_finding* finding);

/* A ticket in the other system. Borrowed until the receiving function returns. */
typedef struct aspm_ticket_ref {
    uint32_t struct_size;
    uint32_t label_count;
    const aspm_str* labels; /* label_count of them */
    aspm_str system;        /* which installation, e.g. a Jira cloud id; with id the identity of the ticket */
    aspm_str id;            /* the other system's own, immutable */
    aspm_str key;           /* what people call it, e.g. PAY-12; may change */
    aspm_str url;           /* for a browser */
    aspm_str status;        /* the other system's wording; may be empty */
    aspm_str priority;      /* as above */
    aspm_str assignee;      /* display name; may be empty */
    aspm_str due_date;      /* yyyy-MM-dd or empty */
} aspm_ticket_ref;

/* Where a push stands. */
typedef int32_t aspm_push_state;
#define ASPM_PUSH_NONE ((aspm_push_state)0)   /* never asked for */
#define ASPM_PUSH_QUEUED ((aspm_push_state)1) /* durable, will be sent */
#define ASPM_PUSH_WAITING                                                                                    \
    ((aspm_push_state)2) /* the other system could not take it yet; retried by itself                        \
                          */
#define ASPM_PUSH_IN_DOUBT                                                                                   \
    ((aspm_push_state)3) /* sent, answer lost; being looked up before any second try                         \
                          */
#define ASPM_PUSH_PARKED                                                                                     \
    ((aspm_push_state)4) /* a person must change something; message and remedy say what */
#define ASPM_PUSH_CREATED ((aspm_push_state)5) /* the ticket exists */
#define ASPM_PUSH_REFUSED ((aspm_push_state)6) /* not taken at all: e.g. its project is not mapped */

#ifdef __cplusplus
}
#endif

#endif
