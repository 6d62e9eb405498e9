#include "name_service.hpp"

#include <algorithm>
#include <mutex>

#include <dlfcn.h>
#include <netdb.h>

namespace {

struct Names {
    std::mutex mutex;
    std::string name;
    std::vector<std::vector<std::string>> answers;
    std::size_t lookups = 0;
};

Names& names() {
    static Names all;
    return all;
}

using Lookup = int (*)(const char*, const char*, const addrinfo*, addrinfo**);

Lookup systemLookup() {
    static const auto lookup = reinterpret_cast<Lookup>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return lookup;
}

/// The answer to this lookup; empty when the name is none of ours.
std::vector<std::string> answerTo(const char* name) {
    Names& all = names();
    const std::lock_guard<std::mutex> lock(all.mutex);
    if (name == nullptr || all.name.empty() || all.name != name)
        return {};
    const std::size_t which = std::min(all.lookups++, all.answers.size() - 1);
    return all.answers[which];
}

} // namespace

NameService::NameService(const std::string& name, std::vector<std::vector<std::string>> answers) {
    const std::lock_guard<std::mutex> lock(names().mutex);
    names().name = name;
    names().answers = std::move(answers);
    names().lookups = 0;
}

NameService::~NameService() {
    const std::lock_guard<std::mutex> lock(names().mutex);
    names().name.clear();
}

int NameService::lookups() const {
    const std::lock_guard<std::mutex> lock(names().mutex);
    return static_cast<int>(names().lookups);
}

/// The libraries' calls come here, since the program's own symbols go first.
extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char* name, const char* service,
                                                                  const addrinfo* hints, addrinfo** result) {
    const auto answer = answerTo(name);
    if (answer.empty())
        return systemLookup()(name, service, hints, result);
    addrinfo** end = result; // of lists of one each, made and freed by the system, put in a row
    for (const std::string& address : answer) {
        if (const int problem = systemLookup()(address.c_str(), service, hints, end))
            return problem;
        while (*end != nullptr)
            end = &(*end)->ai_next;
    }
    return 0;
}
