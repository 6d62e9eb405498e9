/// Short ways to get reports into tests.
#pragma once

#include "aspm_host/sarif.hpp"

#include <sstream>
#include <string>

namespace sarif_test {

inline std::string edgeFile(const std::string& name) {
    return ASPM_TEST_DATA_DIR "/sarif/edge/" + name;
}

inline aspm::host::sarif::Report readEdge(const std::string& name) {
    return aspm::host::sarif::readReportFile(edgeFile(name));
}

inline aspm::host::sarif::Report readText(const std::string& json,
                                          const aspm::host::sarif::Limits& limits = {}) {
    std::istringstream in(json);
    return aspm::host::sarif::readReport(in, "report.sarif", limits);
}

/// A report with one run whose results are the JSON given.
inline std::string withResults(const std::string& results,
                               const std::string& driver = R"("name":"Scanner")") {
    return R"({"version":"2.1.0","runs":[{"tool":{"driver":{)" + driver + R"(}},"results":[)" + results +
           "]}]}";
}

/// One result of rule R.
inline std::string result(const std::string& message, const std::string& uri, int line,
                          const std::string& moreMembers = {}) {
    return R"({"ruleId":"R","message":{"text":")" + message +
           R"("},"locations":[{"physicalLocation":{"artifactLocation":{"uri":")" + uri +
           R"("},"region":{"startLine":)" + std::to_string(line) + R"(,"startColumn":1}}}])" +
           (moreMembers.empty() ? "" : "," + moreMembers) + "}";
}

/// What reading the text is refused with; empty when it is not refused.
inline std::string refusal(const std::string& json, const aspm::host::sarif::Limits& limits = {}) {
    try {
        readText(json, limits);
    } catch (const aspm::host::sarif::SarifError& error) {
        return error.what();
    }
    return {};
}

} // namespace sarif_test
