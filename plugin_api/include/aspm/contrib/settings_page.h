/* Contribution "aspm.settings-page/1": pages and their JSON API, in the host's settings. */
#ifndef ASPM_CONTRIB_SETTINGS_PAGE_H
#define ASPM_CONTRIB_SETTINGS_PAGE_H

#include "../http.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_SETTINGS_PAGE_1 "aspm.settings-page/1"

/* The host mounts it below <public base URL>/settings/integrations/<id>/, signs the user in, checks roles
 * and, on every method but GET and HEAD, the CSRF token, then calls handle. Handlers enforce what depends on
 * the object (which project, whose ticket) by the principal. */
typedef struct aspm_settings_page {
    uint32_t struct_size;
    aspm_roles visible_to;  /* who sees it in the navigation */
    aspm_roles open_to;     /* whose requests reach handle at all; at least visible_to */
    uint32_t max_body_size; /* bytes; a larger body gets 413 from the host; 0: 1 MiB */
    const char* id;         /* required: path segment, [a-z0-9-]+, unique among all plugins of the host */
    const char* title;      /* required: e.g. Jira */
    const char* navigation; /* required: place in the settings, '/' separated, e.g. Integrations / Jira */

    /* Answers one request. required. [worker] */
    aspm_status (*handle)(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                          aspm_http_response* response);
} aspm_settings_page;

#ifdef __cplusplus
}
#endif

#endif
