// Lets an exception out of create.
#define TABLE_CREATE throwCreate
#include "good.h"

#include <stdexcept>

static aspm_status throwCreate(const aspm_host*, aspm_call*, aspm_instance**) {
    throw std::runtime_error("create went wrong");
}
