/* Registers a page, then fails: the page must be gone and destroy must follow. */
#define TABLE_START fail_late
#include "good.h"

static aspm_status fail_late(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    (void)good_start(self, call, registrar);
    self->host->set_error(call, text("The licence file is missing."),
                          text("Put licence.txt beside the library."), 0);
    return ASPM_CONFIG;
}
