/* Types shared by every table of the contract: statuses, strings, handles, the thread tags.
 *
 * Plugins are trusted code: they run with all rights of the host's process. Nothing here is a sandbox.
 *
 * Only fixed-width integers, size_t, IEEE 754 doubles, pointers and structs of them cross the boundary: no
 * long, no bool, no C enum as a member, no bit-field, no packing, no varargs, no FILE*, no time_t. Times are
 * int64_t milliseconds since 1970-01-01T00:00:00Z, durations int64_t milliseconds, sizes size_t bytes.
 *
 * GROWTH. A struct that begins with struct_size (set by whoever fills it, to its own sizeof) gains members at
 * its end only; look at one added after minor 0 through ASPM_HAS or ASPM_REACHES. A struct without
 * struct_size never changes. Flags and roles that a reader does not know are ignored.
 *
 * THREAD TAGS. Every function of the contract carries exactly one:
 *   [control]  lifecycle. The host calls it from one thread at a time per instance, and never while another
 *              [control] function of that instance runs.
 *   [worker]   hooks. The host calls it from its pool, several at once up to the plugin's max_concurrency,
 *              after start returned ASPM_OK and before stop returns.
 *   [any]      any thread of either side, between the call of create and the return of stop. query is [any]
 *              whenever the library is loaded.
 * A host object that a hook receives (aspm_call, aspm_http_response, ...) is used by one thread at a time;
 * which thread may change. Only is_cancelled and deadline_ms may be asked at any time, by several threads.
 * A callback (aspm_text_fn, aspm_finding_fn, ...) runs on the thread that called the host function, before
 * that function returns. It may call host functions itself, also with the same aspm_call: no side holds a
 * lock while it calls the other.
 *
 * STRINGS are UTF-8, pointer and length, may contain NUL and need not end in one. The host refuses text that
 * is not UTF-8 with ASPM_ARGUMENT (log lines and error texts are repaired instead). Where a comment says
 * bytes, anything goes. The only NUL-ended strings are static identifiers, typed const char*. Empty strings
 * have size 0; data may then be NULL.
 *
 * MEMORY. What a function receives is borrowed until it returns, in both directions: keep a copy, never the
 * pointer. What a function gives back it writes into a host object or hands to a callback, which copy.
 * Nobody frees memory of the other side. Out pointers are written only on ASPM_OK. A pointer argument is
 * never NULL unless its comment allows it. */
#ifndef ASPM_TYPES_H
#define ASPM_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Who has to act. A closed list; a value that a reader does not know counts as ASPM_INTERNAL. */
typedef int32_t aspm_status;

#define ASPM_OK ((aspm_status)0)        /* done */
#define ASPM_PENDING ((aspm_status)1)   /* hooks only: will be completed once, see aspm_host.defer */
#define ASPM_ARGUMENT ((aspm_status)2)  /* the caller: the call itself is wrong, do not repeat it as it is */
#define ASPM_NOT_FOUND ((aspm_status)3) /* the caller: no such thing, or not in this organisation */
#define ASPM_CONFIG ((aspm_status)4)    /* an administrator: settings must change first */
#define ASPM_TRANSIENT ((aspm_status)5) /* nobody: try again, not before retry_after_ms */
#define ASPM_REMOTE ((aspm_status)6)    /* a person at the remote system: it refused */
#define ASPM_CANCELLED ((aspm_status)7) /* nobody: the caller no longer waits */
#define ASPM_STATE ((aspm_status)8)     /* the caller: wrong moment (not started, stopped, completed twice) */
#define ASPM_UNSUPPORTED ((aspm_status)9) /* nobody: this side does not have it; go on without */
#define ASPM_INTERNAL ((aspm_status)10)   /* the developer of the side that answered */

/* Borrowed UTF-8 text, or bytes where a function says so. Frozen: it is passed by value. */
typedef struct aspm_str {
    const char* data;
    size_t size;
} aspm_str;

/* owner: host, for one invocation. Carries deadline, cancellation and the error text of that invocation. */
typedef struct aspm_call aspm_call;

/* owner: host, from aspm_host.defer until stop returns. Only good for aspm_host.complete; its value names no
 * other completion until then, so completing twice is noticed and harmless. */
typedef struct aspm_completion aspm_completion;

/* owner: plugin, from create until destroy returns. */
typedef struct aspm_instance aspm_instance;

/* Receives one text. context: the caller's own, as it gave it. value is borrowed until the function returns.
 * Must not throw. */
typedef void (*aspm_text_fn)(void* context, aspm_str value);

/* Roles, as bits. */
typedef uint32_t aspm_roles;
#define ASPM_ROLE_ADMIN ((aspm_roles)1u)         /* administers the organisation */
#define ASPM_ROLE_PROJECT_ADMIN ((aspm_roles)2u) /* administers the projects named in the principal */
#define ASPM_ROLE_MEMBER ((aspm_roles)4u)        /* any signed-in member of the organisation */

/* True when p, a T*, is not NULL and long enough to have member f. The only legal way to look at a member
 * that was added after minor 0. */
#define ASPM_REACHES(T, p, f) ((p) != NULL && (p)->struct_size >= offsetof(T, f) + sizeof((p)->f))

/* The same for a function or pointer member: it is there and not NULL. */
#define ASPM_HAS(T, p, f) (ASPM_REACHES(T, p, f) && (p)->f != NULL)

#ifdef __cplusplus
}
#endif

#endif
