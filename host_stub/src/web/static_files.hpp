#pragma once

#include "exchange.hpp"

namespace aspm::host {

/// /static/NAME: style sheet, scripts and icon of the shell, built into the program. Throws HttpError 404.
void sendStaticFile(Exchange& exchange);

} // namespace aspm::host
