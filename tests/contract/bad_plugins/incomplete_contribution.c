/* Registers a ticket push without its preview. */
#define TABLE_START add_push
#include "good.h"

static aspm_status push(aspm_instance* self, aspm_call* call, const aspm_push_request* request,
                        aspm_push_receipts* receipts) {
    (void)self;
    (void)call;
    (void)request;
    (void)receipts;
    return ASPM_OK;
}

static aspm_status state(aspm_instance* self, aspm_call* call, aspm_str organisation, aspm_str finding,
                         aspm_push_status* status) {
    (void)self;
    (void)call;
    (void)organisation;
    (void)finding;
    return status->set(status, ASPM_PUSH_NONE, 0, text(""), text(""), NULL);
}

static const aspm_ticket_push half = {sizeof(aspm_ticket_push), "push", "Push", push, NULL, state};

static aspm_status add_push(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    (void)self;
    return registrar->add(registrar, call, ASPM_TICKET_PUSH_1, &half);
}
