#include "process.hpp"

#include "temp_dir.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace test_support {

namespace {

/// Everything exec needs, made before the fork: in the child of a threaded program only system calls are
/// safe.
class ExecArguments {
public:
    explicit ExecArguments(const ProcessOptions& options) : _texts{options.program.string()} {
        _texts.insert(_texts.end(), options.arguments.begin(), options.arguments.end());
        for (char** entry = environ; *entry != nullptr; ++entry) {
            const std::string text = *entry;
            if (options.environment.count(text.substr(0, text.find('='))) == 0) {
                _variables.push_back(text);
            }
        }
        for (const auto& [name, value] : options.environment) {
            _variables.push_back(name + "=" + value);
        }
        argv = pointers(_texts);
        envp = pointers(_variables);
    }

    std::vector<char*> argv;
    std::vector<char*> envp;

private:
    static std::vector<char*> pointers(std::vector<std::string>& texts) {
        std::vector<char*> out;
        for (auto& text : texts) {
            out.push_back(text.data());
        }
        out.push_back(nullptr);
        return out;
    }

    std::vector<std::string> _texts;
    std::vector<std::string> _variables;
};

int openForWriting(const std::filesystem::path& file) {
    const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot write " + file.string());
    }
    return descriptor;
}

[[noreturn]] void becomeProgram(const ExecArguments& arguments, int output, int errors, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int input = open("/dev/null", O_RDONLY);
    if (getppid() == parent && dup2(input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
        dup2(errors, STDERR_FILENO) >= 0) {
        execve(arguments.argv[0], arguments.argv.data(), arguments.envp.data());
    }
    _exit(127);
}

int statusOf(int raw) {
    return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
}

} // namespace

Process::Process(ProcessOptions options) : _options(std::move(options)) {
    if (access(_options.program.c_str(), X_OK) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot run " + _options.program.string());
    }
    const ExecArguments arguments(_options);
    const int output = openForWriting(_options.output);
    const int errors = openForWriting(_options.errors);
    const pid_t parent = getpid();
    _pid = fork();
    if (_pid == 0) {
        becomeProgram(arguments, output, errors, parent);
    }
    close(output);
    close(errors);
    if (_pid < 0) {
        throw std::system_error(errno, std::generic_category(),
                                "cannot fork for " + _options.program.string());
    }
}

Process::~Process() {
    if (isRunning()) {
        kill();
    }
}

std::optional<int> Process::reap(int waitFlags) {
    int raw = 0;
    if (!_status && waitpid(_pid, &raw, waitFlags) == _pid) {
        _status = statusOf(raw);
    }
    return _status;
}

bool Process::isRunning() {
    return !reap(WNOHANG);
}

std::optional<int> Process::wait(std::chrono::milliseconds limit) {
    eventually([this] { return !isRunning(); }, limit);
    return _status;
}

int Process::terminate(std::chrono::milliseconds limit) {
    if (isRunning()) {
        ::kill(_pid, SIGTERM);
        if (!wait(limit)) {
            kill();
        }
    }
    return _status.value();
}

void Process::kill() {
    if (isRunning()) {
        ::kill(_pid, SIGKILL);
        reap(0);
    }
}

std::string Process::waitForLine(const std::string& prefix, std::chrono::milliseconds limit) {
    std::string line;
    const auto find = [&] {
        const std::string text = "\n" + output();
        const auto start = text.find("\n" + prefix);
        const auto end = start == std::string::npos ? start : text.find('\n', start + 1);
        if (end != std::string::npos) {
            line = text.substr(start + 1, end - start - 1);
        }
        return !line.empty();
    };
    eventually([&] { return find() || !isRunning(); }, limit);
    if (!find()) {
        throw std::runtime_error(_options.program.filename().string() +
                                 " did not write a line beginning with '" + prefix + "'. It wrote:\n" +
                                 output() + errors());
    }
    return line;
}

std::string Process::output() const {
    return readFile(_options.output);
}
std::string Process::errors() const {
    return readFile(_options.errors);
}

Outcome run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
            const std::map<std::string, std::string>& environment, std::chrono::milliseconds limit) {
    const TempDir directory;
    Process process({program, arguments, environment, directory / "output", directory / "errors"});
    if (!process.wait(limit)) {
        process.kill();
    }
    return {process.wait().value(), process.output(), process.errors()};
}

} // namespace test_support
