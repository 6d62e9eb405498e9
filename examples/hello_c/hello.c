/* A plugin in plain C99 with one contribution of each kind. Its tickets are small files in its data
 * directory, so it needs no other system. Without CMake it is built by
 *
 *   cc -std=c99 -shared -fPIC -fvisibility=hidden -Wl,-z,defs -Wl,--version-script=exports.map
 *      -I<prefix>/include hello.c -o libhello_c.so
 *
 * and its manifest.json takes the output of sha256sum libhello_c.so. */
#ifndef ASPM_BUILDING_PLUGIN
#define ASPM_BUILDING_PLUGIN
#endif
#include <aspm/aspm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 4096, LINE_SIZE = 512 };

/* One instance. Written by create and start only, so hooks may read it from any thread. */
struct aspm_instance {
    const aspm_host* host;
    const aspm_log* log; /* optional: may be NULL */
    const aspm_config* config;
    const aspm_findings* findings;
    const aspm_urls* urls;
    char directory[PATH_SIZE];
};

static aspm_str text(const char* s) {
    aspm_str lent;
    lent.data = s;
    lent.size = strlen(s);
    return lent;
}

static int same(aspm_str a, aspm_str b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static aspm_status fail(aspm_instance* self, aspm_call* call, aspm_status status, const char* message,
                        const char* remedy) {
    self->host->set_error(call, text(message), text(remedy), 0);
    return status;
}

static void note(aspm_instance* self, aspm_log_level level, const char* message, const char* name,
                 aspm_str value) {
    aspm_log_field field;
    field.name = text(name);
    field.value = value;
    if (self->log != NULL) {
        self->log->write(self->log, level, text(message), &field, 1);
    }
}

/* An aspm_text_fn: keeps a text that the host lends, cut to LINE_SIZE - 1 bytes. */
static void keep_line(void* context, aspm_str value) {
    char* line = (char*)context;
    size_t size = value.size < LINE_SIZE ? value.size : LINE_SIZE - 1;
    if (size > 0) {
        memcpy(line, value.data, size);
    }
    line[size] = '\0';
}

static void keep_directory(void* context, aspm_str value) {
    char* path = (char*)context;
    if (value.size > 0 && value.size < PATH_SIZE) {
        memcpy(path, value.data, value.size);
        path[value.size] = '\0';
    }
}

/* ---- tickets: one file for each finding, so asking twice makes one ticket ---- */

/* Ids are the host's and may hold any character: the file's name is their bytes in hexadecimal. */
static int ticket_path(const aspm_instance* self, aspm_str organisation, aspm_str finding, char* path) {
    static const char digits[] = "0123456789abcdef";
    const aspm_str parts[2] = {organisation, finding};
    size_t length = strlen(self->directory);
    size_t part;
    size_t i;
    if (length + 2 * (organisation.size + finding.size) + sizeof("/-.txt") > PATH_SIZE) {
        return 0;
    }
    memcpy(path, self->directory, length);
    for (part = 0; part < 2; ++part) {
        path[length++] = part == 0 ? '/' : '-';
        for (i = 0; i < parts[part].size; ++i) {
            const unsigned char byte = (unsigned char)parts[part].data[i];
            path[length++] = digits[byte >> 4];
            path[length++] = digits[byte & 15];
        }
    }
    memcpy(path + length, ".txt", sizeof(".txt"));
    return 1;
}

static int ticket_exists(const aspm_instance* self, aspm_str organisation, aspm_str finding) {
    char path[PATH_SIZE];
    FILE* file = ticket_path(self, organisation, finding, path) ? fopen(path, "rb") : NULL;
    if (file != NULL) {
        fclose(file);
    }
    return file != NULL;
}

static int write_ticket(const aspm_instance* self, const aspm_finding* finding) {
    char path[PATH_SIZE];
    FILE* file = ticket_path(self, finding->organisation, finding->id, path) ? fopen(path, "wb") : NULL;
    int written;
    if (file == NULL) {
        return 0;
    }
    written = fwrite(finding->title.data, 1, finding->title.size, file) == finding->title.size;
    return fclose(file) == 0 && written;
}

static aspm_ticket_ref ticket_of(aspm_str finding, const char* url) {
    aspm_ticket_ref ticket;
    memset(&ticket, 0, sizeof(ticket));
    ticket.struct_size = sizeof(ticket);
    ticket.system = text("hello-c");
    ticket.id = finding;
    ticket.key = finding;
    ticket.url = text(url);
    ticket.status = text("Open");
    return ticket;
}

/* ---- contribution: ticket push ---- */

static aspm_status push(aspm_instance* self, aspm_call* call, const aspm_push_request* request,
                        aspm_push_receipts* receipts) {
    char url[LINE_SIZE] = "";
    aspm_status status = self->urls->settings_page(self->urls, call, text("hello-c"), keep_line, url);
    size_t i;
    if (status != ASPM_OK) {
        return status; /* what the host said about it stays on the call */
    }
    for (i = 0; i < request->finding_count; ++i) {
        const aspm_finding* finding = request->findings[i];
        const aspm_ticket_ref ticket = ticket_of(finding->id, url);
        if (!write_ticket(self, finding)) {
            receipts->set(receipts, i, ASPM_PUSH_REFUSED, text("The ticket's file cannot be written."),
                          text("Make room in the plugin's data directory, then push again."));
            continue;
        }
        status = self->findings->report_push(self->findings, call, finding->organisation, finding->id,
                                             ASPM_PUSH_CREATED, text(""), text(""), &ticket);
        if (status != ASPM_OK) {
            return status;
        }
        receipts->set(receipts, i, ASPM_PUSH_CREATED, text(""), text(""));
    }
    return ASPM_OK;
}

static aspm_status preview(aspm_instance* self, aspm_call* call, const aspm_finding* finding,
                           aspm_preview* out) {
    (void)self;
    (void)call;
    out->add_field(out, text("Title"), finding->title);
    return out->set_payload(out, text("text/plain"), finding->title);
}

static aspm_status state(aspm_instance* self, aspm_call* call, aspm_str organisation, aspm_str finding,
                         aspm_push_status* out) {
    char url[LINE_SIZE] = "";
    aspm_ticket_ref ticket;
    aspm_status status;
    if (!ticket_exists(self, organisation, finding)) {
        return out->set(out, ASPM_PUSH_NONE, 0, text(""), text(""), NULL);
    }
    status = self->urls->settings_page(self->urls, call, text("hello-c"), keep_line, url);
    ticket = ticket_of(finding, url);
    return status != ASPM_OK ? status : out->set(out, ASPM_PUSH_CREATED, 0, text(""), text(""), &ticket);
}

static const aspm_ticket_push ticket_push = {
    .struct_size = sizeof(aspm_ticket_push),
    .id = "hello-c",
    .title = "Create a hello ticket",
    .push = push,
    .preview = preview,
    .state = state,
};

/* ---- contribution: settings page ---- */

static aspm_status show_page(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                             aspm_http_response* response) {
    if (!same(request->path, text("/"))) {
        return fail(self, call, ASPM_NOT_FOUND, "This plugin has one page only.",
                    "Open it without a path behind it.");
    }
    response->add_header(response, text("Content-Type"), text("text/plain; charset=utf-8"));
    response->write(response, text("Hello, "));
    response->write(response, request->principal->user_name);
    return response->write(response, text(".\n"));
}

static const aspm_settings_page page = {
    .struct_size = sizeof(aspm_settings_page),
    .visible_to = ASPM_ROLE_ADMIN,
    .open_to = ASPM_ROLE_ADMIN,
    .id = "hello-c",
    .title = "Hello in C",
    .navigation = "Integrations / Hello in C",
    .handle = show_page,
};

/* ---- contribution: what happened to a finding ---- */

static aspm_status changed(aspm_instance* self, aspm_call* call, const aspm_finding_change* change) {
    (void)call;
    note(self, ASPM_LOG_INFO, "A finding changed.", "finding", change->finding->id);
    return ASPM_OK;
}

static const aspm_finding_status_hook status_hook = {
    .struct_size = sizeof(aspm_finding_status_hook),
    .interests = ASPM_CHANGED_STATUS | ASPM_CHANGED_DELETED,
    .id = "hello-c",
    .changed = changed,
};

/* ---- contribution: webhook route. The body is the id of a finding that is resolved ---- */

/* Takes as long for a wrong token as for the right one. */
static int same_secret(aspm_str given, aspm_str wanted) {
    unsigned char difference = given.size != wanted.size;
    size_t i;
    for (i = 0; i < given.size && wanted.size > 0; ++i) {
        difference |=
            (unsigned char)((unsigned char)given.data[i] ^ (unsigned char)wanted.data[i % wanted.size]);
    }
    return difference == 0 && wanted.size > 0;
}

static aspm_str header_value(const aspm_http_request* request, const char* lower_name) {
    uint32_t i;
    for (i = 0; i < request->header_count; ++i) {
        const aspm_str name = request->headers[i].name;
        size_t at = 0;
        while (at < name.size && lower_name[at] != '\0' &&
               (name.data[at] | 0x20) == (lower_name[at] | 0x20)) {
            ++at;
        }
        if (at == name.size && lower_name[at] == '\0') {
            return request->headers[i].value;
        }
    }
    return text("");
}

static aspm_status receive(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                           aspm_http_response* response) {
    char token[LINE_SIZE] = "";
    aspm_status status = self->config->get(self->config, call, text("hello.token"), keep_line, token);
    if (status != ASPM_OK && status != ASPM_NOT_FOUND) {
        return status;
    }
    if (!same_secret(header_value(request, "x-hello-token"), text(token))) {
        return response->set_status(response, 401);
    }
    status = self->findings->set_status(self->findings, call, request->organisation, request->body,
                                        ASPM_FINDING_RESOLVED, text("Resolved by a hello delivery."), 0);
    return status != ASPM_OK ? status : response->set_status(response, 204);
}

static const aspm_webhook_route route = {
    .struct_size = sizeof(aspm_webhook_route),
    .scopes = ASPM_ROUTE_PER_ORGANISATION,
    .max_body_size = 4096,
    .id = "hello-c",
    .methods = "POST",
    .handle = receive,
};

/* ---- lifecycle ---- */

static aspm_status create(const aspm_host* host, aspm_call* call, aspm_instance** out) {
    *out = (aspm_instance*)calloc(1, sizeof(aspm_instance));
    if (*out == NULL) {
        host->set_error(call, text("The plugin ran out of memory."), text(""), 0);
        return ASPM_INTERNAL;
    }
    (*out)->host = host;
    return ASPM_OK;
}

static aspm_status start(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    const aspm_host* host = self->host;
    const aspm_storage* storage = (const aspm_storage*)host->get_service(host, ASPM_STORAGE_1);
    aspm_status status;
    self->log = (const aspm_log*)host->get_service(host, ASPM_LOG_1);
    self->config = (const aspm_config*)host->get_service(host, ASPM_CONFIG_1);
    self->findings = (const aspm_findings*)host->get_service(host, ASPM_FINDINGS_1);
    self->urls = (const aspm_urls*)host->get_service(host, ASPM_URLS_1);
    if (storage == NULL || self->config == NULL || self->findings == NULL || self->urls == NULL) {
        return fail(self, call, ASPM_UNSUPPORTED, "The host lacks a service that this plugin requires.",
                    "Use a host that has the services in the plugin's manifest.");
    }
    status = storage->data_directory(storage, call, keep_directory, self->directory);
    if (status != ASPM_OK) {
        return status;
    }
    if ((status = registrar->add(registrar, call, ASPM_SETTINGS_PAGE_1, &page)) != ASPM_OK ||
        (status = registrar->add(registrar, call, ASPM_TICKET_PUSH_1, &ticket_push)) != ASPM_OK ||
        (status = registrar->add(registrar, call, ASPM_FINDING_STATUS_1, &status_hook)) != ASPM_OK) {
        return status;
    }
    return registrar->add(registrar, call, ASPM_WEBHOOK_ROUTE_1, &route);
}

/* No thread to join, no call to end. */
static void stop(aspm_instance* self, aspm_call* call) {
    (void)self;
    (void)call;
}

static void destroy(aspm_instance* self) {
    free(self);
}

const aspm_plugin* aspm_plugin_query_v1(void) {
    static const aspm_plugin plugin = {
        .struct_size = sizeof(aspm_plugin),
        .abi_major = ASPM_ABI_MAJOR,
        .abi_minor = ASPM_ABI_MINOR,
        .abi_minor_min = 0,
        .max_concurrency = 0,
        .id = "com.example.hello-c",
        .version = "1.0.0",
        .create = create,
        .start = start,
        .stop = stop,
        .destroy = destroy,
    };
    return &plugin;
}
