#include "process_memory.hpp"

#include "temp_dir.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

namespace bench {

namespace {

std::string fileOf(pid_t process, const char* name) {
    return "/proc/" + std::to_string(process) + "/" + name;
}

double statusMiB(pid_t process, const std::string& member) {
    std::ifstream lines(fileOf(process, "status"));
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(member + ":", 0) == 0) {
            return static_cast<double>(std::stoll(line.substr(member.size() + 1))) / 1024;
        }
    }
    throw std::runtime_error("The process " + std::to_string(process) + " has no " + member +
                             ": it is gone.");
}

} // namespace

double residentMiB(pid_t process) {
    return statusMiB(process, "VmRSS");
}
double peakResidentMiB(pid_t process) {
    return statusMiB(process, "VmHWM");
}

void forgetPeak(pid_t process) {
    std::ofstream file(fileOf(process, "clear_refs"));
    if (!(file << "5" << std::flush)) {
        throw std::runtime_error("The peak of the process " + std::to_string(process) + " cannot be reset.");
    }
}

} // namespace bench
