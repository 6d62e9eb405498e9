#include "sarif_problem.hpp"

#include "message_text.hpp"

namespace aspm::host::sarif {

namespace {

std::string sentence(const std::string& source, const std::string& where, const std::string& problem,
                     const std::string& remedy) {
    std::string text = (source.empty() ? std::string("the report") : source) + " cannot be imported: ";
    text += where.empty() ? problem : where + " " + problem;
    return text + ". Nothing was imported. " + remedy;
}

} // namespace

SarifError::SarifError(std::string source, std::string where, std::string problem, std::string remedy)
    : std::runtime_error(sentence(source, where, problem, remedy)), _where(std::move(where)),
      _problem(std::move(problem)), _remedy(std::move(remedy)) {}

SarifError notSarif(const std::string& where, const std::string& problem) {
    return {"", where, problem,
            "Check that the scanner writes SARIF 2.1.0, or report the fault to the scanner's makers."};
}

std::string printable(const std::string& text) {
    return shorten(collapseSpace(cleanText(text)), 60);
}

SarifError withSource(const SarifError& error, const std::string& source) {
    return {source, error.where(), error.problem(), error.remedy()};
}

} // namespace aspm::host::sarif
