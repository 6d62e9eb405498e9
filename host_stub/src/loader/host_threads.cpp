#include <aspm_host/host_threads.hpp>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace aspm::host {

namespace {

std::mutex marksMutex;
std::set<int>& marks() {
    static auto* ids = new std::set<int>;
    return *ids;
}

int currentThreadId() {
    return static_cast<int>(::syscall(SYS_gettid));
}

std::filesystem::path taskDirectory(int id) {
    return std::filesystem::path("/proc/self/task") / std::to_string(id);
}

struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool holds(std::uint64_t address) const { return address >= begin && address < end; }
};

struct Map {
    Range range;
    std::string file;
};

std::vector<Map> readMaps() {
    std::vector<Map> maps;
    std::ifstream in("/proc/self/maps");
    for (std::string line; std::getline(in, line);) {
        Map map;
        char dash = 0;
        std::istringstream fields(line);
        fields >> std::hex >> map.range.begin >> dash >> map.range.end;
        auto slash = line.find('/');
        if (slash != std::string::npos)
            map.file = line.substr(slash);
        maps.push_back(map);
    }
    return maps;
}

/// Words of this process's memory. Goes through the kernel, because the stack of a thread that ends meanwhile
/// is unmapped.
std::vector<std::uint64_t> readWords(Range range) {
    constexpr std::uint64_t most = std::uint64_t{512} * 1024;
    std::vector<std::uint64_t> words(static_cast<std::size_t>(std::min(range.end - range.begin, most) / 8));
    iovec local{words.data(), words.size() * 8};
    iovec remote{reinterpret_cast<void*>(range.begin), words.size() * 8}; // NOLINT(performance-no-int-to-ptr)
    ssize_t got = ::process_vm_readv(::getpid(), &local, 1, &remote, 1, 0);
    words.resize(got > 0 ? static_cast<std::size_t>(got) / 8 : 0);
    return words;
}

/// Where the thread's stack and program counter are while it waits; false when the kernel does not say.
bool registersOf(int id, std::uint64_t& stack, std::uint64_t& program) {
    std::ifstream in(taskDirectory(id) / "syscall");
    std::string line;
    if (!std::getline(in, line))
        return false;
    std::istringstream fields(line);
    std::vector<std::string> words;
    for (std::string word; fields >> word;)
        words.push_back(word);
    if (words.size() < 3)
        return false;
    stack = std::stoull(words[words.size() - 2], nullptr, 16);
    program = std::stoull(words.back(), nullptr, 16);
    return true;
}

bool runsCodeOf(int id, const std::string& library) {
    std::uint64_t stack = 0;
    std::uint64_t program = 0;
    if (!registersOf(id, stack, program))
        return true; // running right now, or hidden: better suspected than unmapped under its feet
    std::vector<Range> code;
    Range stackRange;
    for (const Map& map : readMaps()) {
        if (map.file == library)
            code.push_back(map.range);
        if (map.range.holds(stack))
            stackRange = {(stack + 7) / 8 * 8, map.range.end};
    }
    auto inCode = [&](std::uint64_t address) {
        for (const Range& range : code)
            if (range.holds(address))
                return true;
        return false;
    };
    if (inCode(program))
        return true;
    for (std::uint64_t word : readWords(stackRange))
        if (inCode(word))
            return true;
    return false;
}

std::string nameOf(int id) {
    std::ifstream in(taskDirectory(id) / "comm");
    std::string name;
    std::getline(in, name);
    return name;
}

} // namespace

HostThread::HostThread(const char* name) : _id(currentThreadId()) {
    if (*name != '\0')
        ::prctl(PR_SET_NAME, name);
    std::lock_guard<std::mutex> lock(marksMutex);
    marks().insert(_id);
}

HostThread::~HostThread() {
    std::lock_guard<std::mutex> lock(marksMutex);
    marks().erase(_id);
}

std::set<int> threadsNow() {
    std::set<int> ids;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task", error))
        ids.insert(std::stoi(entry.path().filename().string()));
    return ids;
}

std::vector<StrayThread> strayThreads(const std::set<int>& before, const std::filesystem::path& library) {
    std::error_code error;
    std::string file = std::filesystem::canonical(library, error).string();
    std::vector<StrayThread> strays;
    // A joined thread is still listed for a moment after pthread_join returned.
    for (int attempt = 0; attempt < 50; ++attempt) {
        strays.clear();
        for (int id : threadsNow()) {
            {
                std::lock_guard<std::mutex> lock(marksMutex);
                if (before.count(id) != 0 || marks().count(id) != 0)
                    continue;
            }
            if (runsCodeOf(id, file) && std::filesystem::exists(taskDirectory(id), error))
                strays.push_back({id, nameOf(id)});
        }
        if (strays.empty())
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return strays;
}

} // namespace aspm::host
