#include <filesystem>
#include <iostream>

#include <Poco/JSON/Array.h>

#include "commands.hpp"
#include "host_client.hpp"
#include "screen.hpp"
#include "table.hpp"

namespace aspm::host::cli {

namespace {

// The largest reports take seconds; a machine under load gets its time.
constexpr long long importMs = 900'000;

/// The host reads the files itself: it may run in another directory.
Json importOrder(const Arguments& arguments) {
    Poco::JSON::Array::Ptr files = new Poco::JSON::Array;
    for (const std::string& file : arguments.operands())
        files->add(std::filesystem::absolute(file).lexically_normal().string());
    Json order = new Poco::JSON::Object;
    order->set("project", arguments.one("project"));
    order->set("files", files);
    return order;
}

} // namespace

int importReports(const Arguments& arguments) {
    HostClient host(arguments);
    Json answer = host.post("import", importOrder(arguments), importMs);
    if (arguments.has("json")) {
        printJson(answer);
        return exitDone;
    }
    Screen screen = Screen::ofStdout();
    if (answer->optValue("projectCreated", false))
        screen.out << "The project " << oneLine(arguments.one("project")) << " is new.\n";
    screen.out << counted(arguments.operands().size(), "file", "files") << ": " << number(answer, "created")
               << " new, " << number(answer, "seenAgain") << " seen again, " << number(answer, "reopened")
               << " reopened, " << number(answer, "noLongerFound") << " no longer found\n";
    Poco::JSON::Array::Ptr warnings = answer->getArray("warnings");
    for (std::size_t i = 0; warnings && i < warnings->size(); ++i)
        printWrapped(screen, "Note: " + warnings->getElement<std::string>(static_cast<unsigned>(i)), 0,
                     Style::warning);
    return exitDone;
}

} // namespace aspm::host::cli
