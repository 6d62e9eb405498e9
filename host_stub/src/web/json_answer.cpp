#include "json_answer.hpp"

#include <sstream>

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Stringifier.h>

namespace aspm::host {

void sendJson(Exchange& exchange, int status, const Poco::Dynamic::Var& value) {
    std::ostringstream text;
    Poco::JSON::Stringifier::stringify(value, text);
    exchange.send(status, "application/json; charset=utf-8", text.str());
}

void sendJsonError(Exchange& exchange, int status, const std::string& message, const std::string& remedy) {
    Poco::JSON::Object error;
    error.set("message", message);
    error.set("remedy", remedy);
    Poco::JSON::Object answer;
    answer.set("error", error);
    sendJson(exchange, status, answer);
}

} // namespace aspm::host
