#include "static_files.hpp"

#include "random_token.hpp"

namespace aspm::host {

namespace shell {
const std::string& style_css();
const std::string& app_js();
const std::string& icon_svg();
} // namespace shell

namespace {

struct StaticFile {
    const char* name;
    const char* type;
    const std::string& (*content)();
};

const StaticFile files[] = {
    {"style.css", "text/css; charset=utf-8", shell::style_css},
    {"app.js", "text/javascript; charset=utf-8", shell::app_js},
    {"icon.svg", "image/svg+xml", shell::icon_svg},
};

} // namespace

void sendStaticFile(Exchange& exchange) {
    if (!exchange.isSafe())
        throw HttpError(405, "This address does not take " + exchange.method() + ".");
    const auto& path = exchange.segments();
    for (const StaticFile& file : files) {
        if (path.size() != 2 || path[1] != file.name)
            continue;
        // Asked again each time, sent again only after an update of the program.
        std::string tag = "\"" + digestOf(file.content()).substr(0, 32) + "\"";
        exchange.setHeader("ETag", tag);
        exchange.setHeader("Cache-Control", "no-cache");
        if (exchange.header("If-None-Match") == tag)
            return exchange.send(304, "", "");
        return exchange.send(200, file.type, file.content());
    }
    throw HttpError(404, "There is no such file.");
}

} // namespace aspm::host
