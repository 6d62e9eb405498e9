#pragma once

#include <string>

#include <Poco/Dynamic/Var.h>

#include "exchange.hpp"

namespace aspm::host {

void sendJson(Exchange& exchange, int status, const Poco::Dynamic::Var& value);

/// {"error": {"message": "...", "remedy": "..."}}
void sendJsonError(Exchange& exchange, int status, const std::string& message, const std::string& remedy);

} // namespace aspm::host
