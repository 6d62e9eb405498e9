// Tables that become cards on narrow screens.

import { el } from "../dom.js";

/**
 * @param columns [{label, cell(row) -> nodes, heading?: true for the row's heading, number?: true,
 *        hideLabel?: true when only screen readers need the label}]
 * @param empty what to show when there is no row
 * @param name a class of its own, for the style sheet
 * @param rowAttributes(row) -> attributes of the row, e.g. class
 */
export function dataTable({ caption, columns, rows, empty = null, name = "", rowAttributes = () => ({}) }) {
  if (rows.length === 0 && empty !== null) return el("p", { class: "quiet empty" }, empty);
  // The roles are said aloud: as cards, the elements are no table to the browser any more.
  return el("table", { class: `data-table ${name}`.trim(), role: "table" },
    el("caption", { class: "visually-hidden" }, caption),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, columns.map((column) =>
      el("th", { role: "columnheader", scope: "col", class: column.number ? "number" : null },
        column.hideLabel ? el("span", { class: "visually-hidden" }, column.label) : column.label)))),
    el("tbody", { role: "rowgroup" }, rows.map((row) =>
      el("tr", { role: "row", ...rowAttributes(row) }, columns.map((column) => cellOf(column, row))))));
}

function cellOf(column, row) {
  const content = el("div", { class: "cell" }, column.cell(row));
  const attributes = { "data-label": column.hideLabel ? "" : column.label, class: column.number ? "number" : null };
  return column.heading
    ? el("th", { role: "rowheader", scope: "row", ...attributes }, content)
    : el("td", { role: "cell", ...attributes }, content);
}
