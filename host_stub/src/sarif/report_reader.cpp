#include "aspm_host/sarif.hpp"

#include "fingerprint.hpp"
#include "report_handler.hpp"
#include "sarif_problem.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace aspm::host::sarif {

std::string Scanner::key() const {
    return category.empty() ? name : name + " (" + category + ")";
}

namespace {

Report readOne(std::istream& in, const Limits& limits) {
    Report report;
    const Poco::SharedPtr<ReportHandler> handler(new ReportHandler(limits, report));
    streamJson(in, handler, limits);
    handler->checkComplete();
    return report;
}

template <class T> void appendAll(std::vector<T>& to, std::vector<T>& from) {
    if (to.empty())
        to.swap(from);
    else
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

} // namespace

ReportReader::ReportReader(Limits limits) : _limits(limits) {}

void ReportReader::read(std::istream& in, const std::string& name) {
    try {
        Report report = readOne(in, _limits);
        for (std::string& warning : report.warnings)
            warning = name + ": " + warning;
        appendAll(_report.findings, report.findings);
        appendAll(_report.runs, report.runs);
        appendAll(_report.warnings, report.warnings);
        _report.skippedNotFailing += report.skippedNotFailing;
        _report.skippedAbsent += report.skippedAbsent;
    } catch (const SarifError& error) {
        throw withSource(error, name);
    }
}

void ReportReader::readFile(const std::string& path) {
    std::error_code problem;
    const bool isFolder = std::filesystem::is_directory(path, problem);
    if (isFolder)
        throw SarifError(path, "", "it is a folder", "Name the report files in it.");
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        const std::string reason = std::error_code(errno, std::generic_category()).message();
        throw SarifError(path, "", "it cannot be opened (" + reason + ")",
                         "Check the path and that the file may be read.");
    }
    read(file, path);
}

Report ReportReader::finish() {
    Report report = std::move(_report);
    _report = {};
    report.duplicates = dropDuplicatesAndNumber(report.findings);
    return report;
}

Report readReport(std::istream& in, const std::string& name, const Limits& limits) {
    ReportReader reader(limits);
    reader.read(in, name);
    return reader.finish();
}

Report readReportFile(const std::string& path, const Limits& limits) {
    ReportReader reader(limits);
    reader.readFile(path);
    return reader.finish();
}

} // namespace aspm::host::sarif
