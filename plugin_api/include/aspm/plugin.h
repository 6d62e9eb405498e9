/* The core of the contract: the one exported function, the plugin's table, the host's table.
 *
 *      host                                              plugin
 *       |-- aspm_plugin_query_v1() -------------------->  static table, no work       [any]
 *       |-- create(host, call, &self) ----------------->  an instance, may log        [control]
 *       |-- start(self, call, registrar) -------------->  takes services, registers   [control]
 *       |==  hooks, jobs  ==============================>  ... many, concurrently ...  [worker]
 *       |<==  host services  ===========================  ... from any thread ...      [any]
 *       |-- stop(self, call) -------------------------->  joins all, returns quiet    [control]
 *       |-- destroy(self) ----------------------------->  frees the instance          [control]
 *
 * A failed create leaves *out NULL. A failed start is rolled back by the host (registrations revoked) and
 * followed by destroy, not by stop. After stop the host calls nothing but destroy, and the plugin calls no
 * host function at all. create may be called again, also while other instances live: instances are
 * independent. After the last destroy the library leaves the address space unless it asked to stay.
 *
 * Nothing unwinds across this boundary: every function given to the other side catches all. */
#ifndef ASPM_PLUGIN_H
#define ASPM_PLUGIN_H

#include "types.h"
#include "version.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a host is and does, apart from its services. owner: host, from before create until destroy returned.
 */
typedef struct aspm_host {
    uint32_t struct_size;
    uint16_t abi_major;
    uint16_t abi_minor;
    void* impl; /* the host's own */

    const char* name;    /* e.g. "host_stub"; static */
    const char* version; /* semantic version; static */

    /* The table of a host service, e.g. get_service(host, "aspm.findings/1"), or NULL when this host does
     * not have it. Stable: the same pointer for the same id for the life of the instance; owner: host, until
     * stop returns. During create only "aspm.log/1" answers. [any] */
    const void* (*get_service)(const struct aspm_host* host, const char* id);

    /* Says why this invocation fails: message (what failed and why, for a person), remedy (what to do next,
     * may be empty) and, for ASPM_TRANSIENT, the least wait in ms (0: the caller decides, else > 0). Copies.
     * The last one counts; ignored when the hook returns ASPM_OK. [any] */
    void (*set_error)(aspm_call* call, aspm_str message, aspm_str remedy, int64_t retry_after_ms);

    /* What the last failed host function on this call said: borrowed until the call is next passed to any
     * host function. Empty parts are possible. Any out pointer may be NULL. [any] */
    void (*get_error)(const aspm_call* call, aspm_str* message, aspm_str* remedy, int64_t* retry_after_ms);

    /* Non-zero once nobody waits for this call any more: deadline passed, client gone, host stopping. [any]
     */
    int32_t (*is_cancelled)(const aspm_call* call);

    /* When the host stops waiting, in ms since the epoch of the machine's clock; INT64_MAX: never. [any] */
    int64_t (*deadline_ms)(const aspm_call* call);

    /* Begins a call of the plugin's own, to pass to host services from the plugin's threads; NULL when the
     * host is out of memory or the instance is stopped. Ends with end_call, before stop returns. timeout_ms
     * <= 0: no deadline. [any] */
    aspm_call* (*begin_call)(const struct aspm_host* host, int64_t timeout_ms);
    void (*end_call)(aspm_call* call); /* [any] */

    /* Inside a hook: the answer comes later. The hook then returns ASPM_PENDING; its call and its output
     * object stay valid until complete returns, its inputs do not. NULL when the hook may not be deferred
     * (lifecycle functions, jobs) or was deferred already. [worker] */
    aspm_completion* (*defer)(aspm_call* call);

    /* Completes a deferred hook, exactly once. ASPM_STATE: it was completed before or given up by the host at
     * its deadline; the plugin's log line then names the hook. Unless completed by then, a deferred hook ends
     * as ASPM_INTERNAL at stop. [any] */
    aspm_status (*complete)(aspm_completion* completion, aspm_status status);
} aspm_host;

/* Takes the contributions of an instance during start. owner: host, until start returns. */
typedef struct aspm_registrar {
    uint32_t struct_size;
    void* impl;

    /* Registers one contribution. kind: "aspm.settings-page/1", "aspm.ticket-push/1",
     * "aspm.finding-status/1", "aspm.webhook-route/1". table: the kind's struct, owner: plugin, unchanged
     * until stop returns. Revoked by the host at stop.
     * ASPM_UNSUPPORTED: this host has no such kind. ASPM_ARGUMENT: a required member is missing, the id is
     * taken, or the manifest does not list it; the message says which. ASPM_STATE: start has returned.
     * [control] */
    aspm_status (*add)(const struct aspm_registrar* registrar, aspm_call* call, const char* kind,
                       const void* table);
} aspm_registrar;

/* The library stays mapped after the last destroy. Declare it only when something in it cannot be undone. */
#define ASPM_PLUGIN_RESIDENT ((uint32_t)1u)

/* What a plugin is. Static storage, constant bytes. */
typedef struct aspm_plugin {
    uint32_t struct_size;
    uint16_t abi_major;       /* built for, ASPM_ABI_MAJOR */
    uint16_t abi_minor;       /* built for, ASPM_ABI_MINOR */
    uint16_t abi_minor_min;   /* least host minor needed, see version.h */
    uint16_t max_concurrency; /* [worker] calls at a time; 1: one after another; 0: no limit of its own */
    uint32_t flags;           /* ASPM_PLUGIN_* */

    const char* id;      /* required: reverse domain name, [a-z0-9.-]+, equal to the manifest's */
    const char* version; /* required: semantic version, equal to the manifest's */

    /* Makes an instance. Calls no host function but the log service. On failure *out stays NULL and the
     * error is on the call. required. [control] */
    aspm_status (*create)(const aspm_host* host, aspm_call* call, aspm_instance** out);

    /* Takes services, starts threads, registers contributions. Hooks may arrive before it returns.
     * required. [control] */
    aspm_status (*start)(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar);

    /* Returns when no thread of the plugin runs, every deferred hook is completed, every call it began is
     * ended, and no host function will be called again. Cannot fail. Hooks may still run when it is called:
     * the host cancels their calls first and waits for them. required. [control] */
    void (*stop)(aspm_instance* self, aspm_call* call);

    /* Frees the instance. required. [control] */
    void (*destroy)(aspm_instance* self);

    /* The plugin's table for an optional extension, or NULL; unknown ids are always NULL. May be NULL
     * altogether. No extension is defined in minor 0. [any] */
    const void* (*get_extension)(aspm_instance* self, const char* id);
} aspm_plugin;

/* The one symbol a plugin exports. Does no work: returns the address of a static table, the same one at every
 * call, from any thread. [any] */
#define ASPM_PLUGIN_QUERY_SYMBOL "aspm_plugin_query_v1"
typedef const aspm_plugin* (*aspm_plugin_query_fn)(void);

#if defined(__GNUC__)
#define ASPM_EXPORT __attribute__((visibility("default")))
#else
#define ASPM_EXPORT
#endif

#ifdef ASPM_BUILDING_PLUGIN
ASPM_EXPORT const aspm_plugin* aspm_plugin_query_v1(void);
#endif

#ifdef __cplusplus
}
#endif

#endif
