#include "settings/mapping_csv.hpp"
#include "settings/csv.hpp"
#include "target.hpp"

/// A table of mappings as a spreadsheet writes it.
FUZZ_TARGET(mapping_csv) {
    using namespace jira_plugin::settings;
    const std::string text(input);
    try {
        for (const auto& row : readCsv(text)) {
            const auto again = readCsv("sep=,\r\n" + csvLine(row.cells));
            fuzz::require(again.size() == 1 && again.front().cells == row.cells,
                          "a row is read as it is written");
            for (const auto& cell : row.cells)
                fuzz::require(unguardedCell(guardedCell(cell)) == cell, "a guard goes as it came");
        }
        readMappingCsv(text);
    } catch (const CsvProblem&) {
        // Whoever sent it is told.
    }
}
