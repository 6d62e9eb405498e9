/* A plugin that does everything right, for bad plugins to spoil in one place: define one of the macros below,
 * or write one function anew and name it in a macro, then include this file. As C99 and as C++.
 *
 * It contributes one settings page, "page", whose handler is the hook that the bad ones misbehave in.
 * PLUGIN_ID comes from the build. */
#ifndef BAD_PLUGINS_GOOD_H
#define BAD_PLUGINS_GOOD_H

/* NOLINTBEGIN(modernize-use-nullptr): C has none */

#include <aspm/aspm.h>

#include <stdlib.h>
#include <string.h>

struct aspm_instance {
    const aspm_host* host;
    void* own; /* for the bad plugin */
};

static inline aspm_str text(const char* s) {
    aspm_str lent;
    lent.data = s;
    lent.size = strlen(s);
    return lent;
}

/* ---- what can be spoiled ---- */

#ifndef TABLE_SIZE
#define TABLE_SIZE sizeof(aspm_plugin)
#endif
#ifndef TABLE_MAJOR
#define TABLE_MAJOR ASPM_ABI_MAJOR
#endif
#ifndef TABLE_MINOR_MIN
#define TABLE_MINOR_MIN 0
#endif
#ifndef TABLE_ID
#define TABLE_ID PLUGIN_ID
#endif
#ifndef TABLE_CREATE
#define TABLE_CREATE good_create
#endif
#ifndef TABLE_START
#define TABLE_START good_start
#endif
#ifndef TABLE_STOP
#define TABLE_STOP good_stop
#endif
#ifndef TABLE_DESTROY
#define TABLE_DESTROY good_destroy
#endif
#ifndef PAGE_HANDLE
#define PAGE_HANDLE good_page
#endif

#ifdef __GNUC__ /* what a bad plugin replaces goes unused */
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-variable"
#pragma GCC diagnostic ignored "-Wunused-const-variable"
#endif

/* Functions that the bad plugin writes; declared here so that the tables below find them. */
static aspm_status TABLE_CREATE(const aspm_host* host, aspm_call* call, aspm_instance** out);
static aspm_status TABLE_START(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar);
static void TABLE_DESTROY(aspm_instance* self);
static aspm_status PAGE_HANDLE(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                               aspm_http_response* response);

/* ---- what is good ---- */

static aspm_status good_page(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                             aspm_http_response* response) {
    (void)self;
    (void)call;
    (void)request;
    return response->write(response, text("good"));
}

static const aspm_settings_page good_page_table = {
    sizeof(aspm_settings_page), ASPM_ROLE_ADMIN, ASPM_ROLE_ADMIN, 0, "page", "Page",
    "Integrations / Page",      PAGE_HANDLE};

static aspm_status good_create(const aspm_host* host, aspm_call* call, aspm_instance** out) {
    (void)call;
    *out = (aspm_instance*)calloc(1, sizeof(aspm_instance));
    if (*out == NULL) {
        return ASPM_INTERNAL;
    }
    (*out)->host = host;
    return ASPM_OK;
}

static aspm_status good_start(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    (void)self;
    return registrar->add(registrar, call, ASPM_SETTINGS_PAGE_1, &good_page_table);
}

static void good_stop(aspm_instance* self, aspm_call* call) {
    (void)self;
    (void)call;
}

static void good_destroy(aspm_instance* self) {
    free(self);
}

#ifdef __cplusplus
extern "C"
#endif
    ASPM_EXPORT const aspm_plugin*
    aspm_plugin_query_v1(void) {
    static const aspm_plugin table = {
        TABLE_SIZE,   TABLE_MAJOR, ASPM_ABI_MINOR, TABLE_MINOR_MIN, 0,   0, TABLE_ID, "1.0.0",
        TABLE_CREATE, TABLE_START, TABLE_STOP,     TABLE_DESTROY,   NULL};
    return &table;
}

/* NOLINTEND(modernize-use-nullptr) */

#endif
