// Its thread still runs its code when stop has returned.
#define TABLE_START startThread
#include "good.h"

#include <chrono>
#include <thread>

static aspm_status startThread(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    std::thread([] { std::this_thread::sleep_for(std::chrono::seconds(3)); }).detach();
    return good_start(self, call, registrar);
}
