/* Host service "aspm.urls/1": where things are from outside. */
#ifndef ASPM_SERVICE_URLS_H
#define ASPM_SERVICE_URLS_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_URLS_1 "aspm.urls/1"

/* All URLs are absolute, public, and without a '/' at the end. fn is called once before ASPM_OK returns.
 * ASPM_NOT_FOUND: no such page, route, organisation or finding. */
typedef struct aspm_urls {
    uint32_t struct_size;
    void* impl;

    /* The host's own address, e.g. https://mayoaspm.com. [any] */
    aspm_status (*base)(const struct aspm_urls* urls, aspm_call* call, aspm_text_fn fn, void* context);

    /* Where a settings page of this plugin is mounted. [any] */
    aspm_status (*settings_page)(const struct aspm_urls* urls, aspm_call* call, aspm_str page,
                                 aspm_text_fn fn, void* context);

    /* Where a webhook route of this plugin is mounted; organisation empty: the ASPM_ROUTE_GLOBAL one. [any]
     */
    aspm_status (*webhook_route)(const struct aspm_urls* urls, aspm_call* call, aspm_str organisation,
                                 aspm_str route, aspm_text_fn fn, void* context);

    /* The page of a finding. [any] */
    aspm_status (*finding)(const struct aspm_urls* urls, aspm_call* call, aspm_str organisation,
                           aspm_str finding, aspm_text_fn fn, void* context);
} aspm_urls;

#ifdef __cplusplus
}
#endif

#endif
