#include "handlers/page.hpp"

namespace jira_sim {

Response htmlPage(int status, const std::string& title, const std::string& body) {
    Response response = Response::html(
        status, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" +
                    htmlEscape(title) +
                    "</title><link rel=\"icon\" href=\"/_assets/avatar.svg\">"
                    "<link rel=\"stylesheet\" href=\"/_assets/style.css\"></head>\n<body>" +
                    body + "</body></html>\n");
    return response
        .with("Content-Security-Policy",
              "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'")
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "same-origin")
        .with("Cache-Control", "no-store");
}

} // namespace jira_sim
