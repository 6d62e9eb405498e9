/* HTTP as settings pages and webhook routes see it, and who is asking. */
#ifndef ASPM_HTTP_H
#define ASPM_HTTP_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The signed-in user behind a request or a push. Borrowed until the receiving function returns. */
typedef struct aspm_principal {
    uint32_t struct_size;
    aspm_roles roles;
    aspm_str organisation;      /* id */
    aspm_str organisation_name; /* for people */
    aspm_str user;              /* id, unique within the host */
    aspm_str user_name;         /* for people */
    aspm_str email;             /* may be empty */
    aspm_str locale;            /* BCP 47, e.g. en-GB; may be empty */
    aspm_str time_zone;         /* IANA name, e.g. Europe/Berlin; may be empty */
    /* ids of the projects that an ASPM_ROLE_PROJECT_ADMIN administers */
    const aspm_str* administered_projects;
    size_t administered_project_count;
    /* What a page sends back with every unsafe request, and the header it goes in. The host has checked it
     * before it calls the handler. */
    aspm_str csrf_token;
    aspm_str csrf_header;
} aspm_principal;

/* Frozen: arrays of it cross the boundary. */
typedef struct aspm_header {
    aspm_str name;  /* as received; compare without case */
    aspm_str value; /* bytes, no control character but tab */
} aspm_header;

/* A request below the place where the contribution is mounted. Borrowed until the handler returns. */
typedef struct aspm_http_request {
    uint32_t struct_size;
    uint32_t header_count;
    const aspm_header* headers;      /* as received, in order, repeated names kept */
    aspm_str method;                 /* upper case */
    aspm_str path;                   /* below the mount, begins with '/', not decoded, no query */
    aspm_str query;                  /* raw, without '?'; may be empty */
    aspm_str body;                   /* raw bytes; within the contribution's limit */
    aspm_str mount_url;              /* public absolute URL of the mount, without a '/' at its end */
    aspm_str organisation;           /* id; empty on a webhook route of scope ASPM_ROUTE_GLOBAL */
    aspm_str peer;                   /* address of the client as the host knows it */
    const aspm_principal* principal; /* settings pages: who asks; webhook routes: NULL */
} aspm_http_request;

/* Takes the answer. owner: host, until the handler returns (or the deferred hook is completed). A handler
 * that returns anything but ASPM_OK has its answer replaced by the host's error page for that status, unless
 * the answer was flushed. One thread at a time. */
typedef struct aspm_http_response {
    uint32_t struct_size;
    void* impl;

    /* 200 to 599; 200 when never called. ASPM_STATE after the first flush. [any] */
    aspm_status (*set_status)(struct aspm_http_response* response, int32_t status);

    /* Adds a header; copies. ASPM_ARGUMENT: name or value has a control character or the host keeps that
     * header to itself (Content-Length, Transfer-Encoding, Connection, Set-Cookie). The host adds its own
     * security headers where the plugin sets none. [any] */
    aspm_status (*add_header)(struct aspm_http_response* response, aspm_str name, aspm_str value);

    /* Appends to the body; copies. [any] */
    aspm_status (*write)(struct aspm_http_response* response, aspm_str bytes);

    /* Sends what was written so far, for answers that grow while the client reads. ASPM_CANCELLED: the
     * client is gone. Needs no call at the end. [any] */
    aspm_status (*flush)(struct aspm_http_response* response);
} aspm_http_response;

#ifdef __cplusplus
}
#endif

#endif
