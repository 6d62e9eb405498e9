/* Registers a webhook route that its manifest does not list, and hides the refusal. */
#define TABLE_START add_route
#include "good.h"

static aspm_status handle(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                          aspm_http_response* response) {
    (void)self;
    (void)call;
    (void)request;
    (void)response;
    return ASPM_OK;
}

static const aspm_webhook_route route = {
    sizeof(aspm_webhook_route), ASPM_ROUTE_PER_ORGANISATION, 0, "secret-door", "POST", handle};

static aspm_status add_route(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    (void)registrar->add(registrar, call, ASPM_WEBHOOK_ROUTE_1, &route);
    return good_start(self, call, registrar);
}
