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
 * A failed create leaves *out NULL and is followed by nothing. A failed start has joined its own threads
 * before it returns; the host rolls back its registrations and jobs and calls destroy, not stop. After stop
 * the host calls nothing but destroy, and the plugin calls no host function at all; until destroy returned
 * a host answers one that is called all the same with ASPM_STATE. create may be called again, also while
 * other instances live: instances are independent, each with an aspm_host of its own. After the last destroy
 * the library leaves the address space unless it asked to stay.
 *
 * Nothing unwinds across this boundary: every function given to the other side catches all. */
#ifndef ASPM_PLUGIN_H
#define ASPM_PLUGIN_H

#include "types.h"
#include "version.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a host is and does, apart from its services; one for each instance. owner: host, from before create
 * until destroy returned. */
typedef struct aspm_host {
    uint32_t struct_size;
    uint16_t abi_major;
    uint16_t abi_minor;
    void* impl; /* the host's own */

    const char* name;    /* e.g. "host_stub"; as long-lived as this table */
    const char* version; /* semantic version; likewise */

    /* The table of a host service, e.g. get_service(host, "aspm.findings/1"), or NULL when this host does
     * not have it. Stable: the same pointer for the same id for the life of the instance; owner: host, until
     * stop returns. During create only "aspm.log/1" answers, and only services that the manifest lists ever
     * do. [any] */
    const void* (*get_service)(const struct aspm_host* host, const char* id);

    /* Says why this invocation fails: message (what failed and why, for a person), remedy (what to do next,
     * may be empty) and, for ASPM_TRANSIENT, the least wait in ms (0: the caller decides, else > 0). Copies.
     * The last one counts; without any, what the last failed host function on this call said. Ignored when
     * the hook ends as ASPM_OK. [any] */
    void (*set_error)(aspm_call* call, aspm_str message, aspm_str remedy, int64_t retry_after_ms);

    /* What the last failed host function on this call said: borrowed until the call is next passed to any
     * host function. Empty and 0 after a success. Any out pointer may be NULL. [any] */
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

    /* Ends what begin_call began, and only that; the pointer is dead. NULL is ignored. [any] */
    void (*end_call)(aspm_call* call);

    /* Inside a hook: the answer comes later. The hook then returns ASPM_PENDING; its call and its output
     * object stay valid until complete returns, its inputs do not. complete may come before the hook has
     * returned. A hook that deferred and returns anything else has ended with that status. NULL when the call
     * may not be deferred (lifecycle functions, jobs, calls of the plugin's own) or was deferred already.
     * [worker] */
    aspm_completion* (*defer)(aspm_call* call);

    /* Completes a deferred hook, exactly once; for a failure call set_error first. status: anything but
     * ASPM_PENDING. ASPM_STATE: it was completed before (the host logs it as the plugin's mistake, naming the
     * hook) or given up by the host at its deadline; nothing happens then. A hook that is not completed when
     * stop returns ends as ASPM_INTERNAL. [any] */
    aspm_status (*complete)(aspm_completion* completion, aspm_status status);
} aspm_host;

/* Takes the contributions of an instance during start. owner: host, until start returns. */
typedef struct aspm_registrar {
    uint32_t struct_size;
    void* impl;

    /* Registers one contribution. kind: "aspm.settings-page/1", "aspm.ticket-push/1",
     * "aspm.finding-status/1", "aspm.webhook-route/1". table: the kind's struct, owner: plugin, unchanged
     * until stop returns (its strings too). Revoked by the host at stop. Nothing is called before start has
     * returned ASPM_OK.
     * ASPM_UNSUPPORTED: this host has no such kind. ASPM_ARGUMENT: a required member is missing, the id is
     * taken, or the manifest does not list it; the message says which. ASPM_STATE: start has returned.
     * call: the one that start received. [control] */
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
    uint16_t max_concurrency; /* [worker] calls running at a time, per instance; 1: one after another; 0: no
                               * limit of its own. Deferred hooks do not count once they have returned */
    uint32_t flags;           /* ASPM_PLUGIN_* */

    const char* id;      /* required: reverse domain name, [a-z0-9.-]+, equal to the manifest's */
    const char* version; /* required: semantic version, equal to the manifest's */

    /* Makes an instance. Calls no host function but the log service. On failure *out stays NULL and the
     * error is on the call. required. [control] */
    aspm_status (*create)(const aspm_host* host, aspm_call* call, aspm_instance** out);

    /* Takes services, starts threads, registers contributions. Hooks and jobs come after it returned ASPM_OK.
     * required. [control] */
    aspm_status (*start)(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar);

    /* Returns when no thread of the plugin runs, every deferred hook is completed, every call it began is
     * ended, and no host function will be called again. Cannot fail. Before it is called no new hook begins
     * and every running call is cancelled; hooks may still be running inside when it begins, and the host
     * waits for them before it calls destroy. required. [control] */
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
