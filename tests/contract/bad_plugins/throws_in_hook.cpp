// Lets an exception out of a hook: a std::exception on /, something else below it.
#define PAGE_HANDLE throwPage
#include "good.h"

#include <stdexcept>

static aspm_status throwPage(aspm_instance*, aspm_call*, const aspm_http_request* request,
                             aspm_http_response*) {
    if (request->path.size > 1) {
        throw 42;
    }
    throw std::runtime_error("the page went wrong");
}
