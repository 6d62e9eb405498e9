/* Contribution "aspm.webhook-route/1": a public URL that another system calls. */
#ifndef ASPM_CONTRIB_WEBHOOK_ROUTE_H
#define ASPM_CONTRIB_WEBHOOK_ROUTE_H

#include "../http.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_WEBHOOK_ROUTE_1 "aspm.webhook-route/1"

/* Where it is mounted is the host's choice and told by the urls service; everything below the mount is
 * included. One URL per organisation, e.g. <base>/hooks/<organisation>/<plugin>/<id>. */
#define ASPM_ROUTE_PER_ORGANISATION ((uint32_t)1u)
/* One URL for all, e.g. <base>/hooks/-/<plugin>/<id>; the plugin finds the organisation in verified
 * content. */
#define ASPM_ROUTE_GLOBAL ((uint32_t)2u)

/* Requests come without a session: the plugin authenticates them itself, over the raw headers and body. The
 * same delivery may come twice, late and out of order. */
typedef struct aspm_webhook_route {
    uint32_t struct_size;
    uint32_t scopes;        /* ASPM_ROUTE_*, one or both */
    uint32_t max_body_size; /* bytes; a larger body gets 413 from the host; 0: 1 MiB */
    const char* id;         /* required: path segment, [a-z0-9-]+, one of its kind per instance */
    const char* methods;    /* required: separated by a space, e.g. "POST"; others get 405 from the host */

    /* Answers one delivery; the host gives it 10 s. required. [worker] */
    aspm_status (*handle)(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                          aspm_http_response* response);
} aspm_webhook_route;

#ifdef __cplusplus
}
#endif

#endif
