/* Built with a header of a later minor version: its tables are longer than this host knows, and what is
 * behind the known members must not be touched. */
#include <aspm/aspm.h>

#include <stdlib.h>

#define POISON ((void (*)(void))(uintptr_t)0x5a5a5a5a)

struct aspm_instance {
    int nothing;
};

static aspm_status handle(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                          aspm_http_response* response) {
    aspm_str body = {"from the future", 15};
    (void)self;
    (void)call;
    (void)request;
    return response->write(response, body);
}

static aspm_status create(const aspm_host* host, aspm_call* call, aspm_instance** out) {
    (void)host;
    (void)call;
    *out = (aspm_instance*)malloc(sizeof(aspm_instance));
    return *out == NULL ? ASPM_INTERNAL : ASPM_OK;
}

static const struct {
    aspm_settings_page known;
    void (*later[4])(void);
} page = {{.struct_size = sizeof(page),
           .visible_to = ASPM_ROLE_ADMIN,
           .open_to = ASPM_ROLE_ADMIN,
           .id = "page",
           .title = "Page",
           .navigation = "Page",
           .handle = handle},
          {POISON, POISON, POISON, POISON}};

static aspm_status start(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    (void)self;
    return registrar->add(registrar, call, ASPM_SETTINGS_PAGE_1, &page);
}

static void stop(aspm_instance* self, aspm_call* call) {
    (void)self;
    (void)call;
}

static void destroy(aspm_instance* self) {
    free(self);
}

const aspm_plugin* aspm_plugin_query_v1(void) {
    static const struct {
        aspm_plugin known;
        void (*later[4])(void);
    } table = {{.struct_size = sizeof(table),
                .abi_major = ASPM_ABI_MAJOR,
                .abi_minor = 99,
                .abi_minor_min = 0,
                .id = "test.from-the-future",
                .version = "1.0.0",
                .create = create,
                .start = start,
                .stop = stop,
                .destroy = destroy},
               {POISON, POISON, POISON, POISON}};
    return &table.known;
}
