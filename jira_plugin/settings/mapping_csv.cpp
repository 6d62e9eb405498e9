#include "mapping_csv.hpp"

#include "csv.hpp"
#include "mapping/text.hpp"

#include <algorithm>
#include <array>

namespace jira_plugin::settings {
namespace {

using Poco::JSON::Object;
enum Column { Project, JiraProject, IssueType, AssigneeId, AssigneeName, ExtraFields };
const std::array<std::string, 6> columnNames{
    "project", "jira_project", "issue_type", "assignee_account_id", "assignee_name", "extra_fields"};

std::string columnList() {
    std::string list;
    for (const auto& name : columnNames)
        list += (list.empty() ? "" : ", ") + name;
    return list;
}

/// Where each column is in the rows; npos: nowhere.
class Header {
public:
    explicit Header(const CsvRow& row) : _size(row.cells.size()) {
        _at.fill(std::string::npos);
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            place(row, i);
        for (const Column needed : {Project, JiraProject, IssueType})
            if (_at[needed] == std::string::npos)
                throw CsvProblem(
                    row.line, "The column " + columnNames[needed] +
                                  " is missing. The first line must name the columns: " + columnList() + ".");
    }

    std::string cell(const CsvRow& row, Column column) const {
        const std::size_t at = _at[column];
        return at < row.cells.size() ? mapping::cleanText(unguardedCell(row.cells[at])) : "";
    }

    /// Cells without a heading would be lost.
    bool fits(const CsvRow& row) const {
        return std::all_of(row.cells.begin() + static_cast<std::ptrdiff_t>(std::min(_size, row.cells.size())),
                           row.cells.end(), [](const auto& cell) { return mapping::oneLine(cell).empty(); });
    }

private:
    void place(const CsvRow& row, std::size_t i) {
        const std::string name = mapping::lowerAscii(mapping::oneLine(row.cells[i]));
        if (name.empty())
            return;
        const auto found = std::find(columnNames.begin(), columnNames.end(), name);
        const std::string shown = "'" + mapping::cutText(name, 40) + "'";
        if (found == columnNames.end())
            throw CsvProblem(row.line,
                             "There is no column " + shown + ". The columns are: " + columnList() + ".");
        auto& at = _at[static_cast<std::size_t>(found - columnNames.begin())];
        if (at != std::string::npos)
            throw CsvProblem(row.line, "The column " + shown + " is there twice.");
        at = i;
    }

    std::array<std::size_t, 6> _at{};
    std::size_t _size;
};

void add(BatchRow& row, const std::string& field, const std::string& message, const std::string& remedy) {
    row.problems.push_back({field, message, remedy});
}

void setAssignee(const Header& header, const CsvRow& csv, BatchRow& row, Object& mapping) {
    const std::string id = mapping::oneLine(header.cell(csv, AssigneeId));
    const std::string name = mapping::oneLine(header.cell(csv, AssigneeName));
    if (id.empty() && !name.empty())
        add(row, "assignee",
            "'" + mapping::cutText(name, 80) + "' has no account id, and names are not unique.",
            "Fill in assignee_account_id, or leave both cells empty.");
    if (id.empty())
        return;
    Object::Ptr person = new Object;
    person->set("accountId", id);
    person->set("name", name);
    mapping.set("assignee", person);
}

void setExtraFields(const Header& header, const CsvRow& csv, BatchRow& row, Object& mapping) {
    const std::string text = header.cell(csv, ExtraFields);
    if (mapping::oneLine(text).empty())
        return;
    try {
        mapping.set("extraFields", mapping::parseJsonObject(text));
    } catch (const mapping::SettingsProblem& e) {
        add(row, "extraFields", std::string("extra_fields cannot be read. ") + e.what(),
            R"(Write it as {"customfield_10010": "value"}.)");
    }
}

BatchRow readRow(const Header& header, const CsvRow& csv) {
    BatchRow row;
    row.line = csv.line;
    row.project = mapping::oneLine(header.cell(csv, Project));
    if (!header.fits(csv))
        add(row, "project", "The row has more cells than the first line names columns.",
            "Put cells that hold a separator into quotation marks.");
    const std::string jiraProject = mapping::oneLine(header.cell(csv, JiraProject));
    const std::string issueType = mapping::oneLine(header.cell(csv, IssueType));
    Object::Ptr mapping = new Object;
    setAssignee(header, csv, row, *mapping);
    setExtraFields(header, csv, row, *mapping);
    if (jiraProject.empty() && issueType.empty() && mapping->size() == 0) {
        row.wish = BatchRow::Wish::Leave;
        return row;
    }
    mapping->set("jiraProject", jiraProject);
    mapping->set("issueType", issueType);
    if (row.problems.empty())
        readInto(row, mapping);
    return row;
}

} // namespace

std::string writeMappingCsv(
    const std::vector<std::pair<host::Project, std::optional<mapping::ProjectMapping>>>& projects) {
    // The mark makes spreadsheets read the file as UTF-8.
    std::string csv = "\xEF\xBB\xBF" + csvLine({columnNames.begin(), columnNames.end()});
    for (const auto& [project, mapping] : projects) {
        std::vector<std::string> cells(columnNames.size());
        cells[Project] = project.key;
        if (mapping) {
            cells[JiraProject] = mapping->jiraProjectKey;
            cells[IssueType] = mapping->issueTypeName;
            cells[AssigneeId] = mapping->assigneeId;
            cells[AssigneeName] = mapping->assigneeName;
            cells[ExtraFields] =
                mapping->extraFields.empty() ? "" : mapping::extraFieldsText(mapping->extraFields);
        }
        std::transform(cells.begin(), cells.end(), cells.begin(), guardedCell);
        csv += csvLine(cells);
    }
    return csv;
}

std::vector<BatchRow> readMappingCsv(const std::string& text) {
    const auto rows = readCsv(text);
    if (rows.empty())
        throw CsvProblem(1, "The file is empty. The first line must name the columns: " + columnList() + ".");
    const Header header(rows.front());
    std::vector<BatchRow> out;
    for (std::size_t i = 1; i < rows.size(); ++i)
        out.push_back(readRow(header, rows[i]));
    return out;
}

} // namespace jira_plugin::settings
