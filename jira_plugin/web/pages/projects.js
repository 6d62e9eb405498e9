// Which Jira project and issue type the findings of each project become.

import { el, fill } from "../dom.js";
import { load, pageHeader } from "../page.js";
import { t } from "../strings.js";
import { busyButton, button } from "../components/button.js";
import { confirmDialog } from "../components/dialog.js";
import { checkField, selectField, textField } from "../components/field.js";
import { notice } from "../components/notice.js";
import { saveBar } from "../components/save_bar.js";
import { askForMany } from "../mapping/bulk_dialog.js";
import { importMappings } from "../mapping/import_dialog.js";
import { JiraChoices } from "../mapping/jira_choices.js";
import { MappingRow } from "../mapping/row.js";

const pageSize = 50;
const checkAfterMs = 400;

export async function render(root, context) {
  const body = el("div", { class: "page" });
  const reload = () => load(body, async () => new MappingPage(context, await everything(context), reload).element, { lines: 8 });
  root.append(pageHeader(t("projects.title"), t("projects.lead"),
    busyButton(t("projects.import"), async () => {
      if (await importMappings(context)) await reload();
    }),
    busyButton(t("projects.exportCsv"), () => context.api.download("mappings?format=csv", "mappings.csv")),
    busyButton(t("projects.exportJson"), () => context.api.download("mappings?format=json", "mappings.json"))), body);
  await reload();
}

async function everything({ api, signal }) {
  const [{ projects }, jira] = await Promise.all([api.get("projects", { signal }), api.get("jira/projects", { signal })]);
  return { projects, jira };
}

class MappingPage {
  constructor(context, { projects, jira }, reload) {
    this.context = context;
    this.reload = reload;
    const choices = new JiraChoices(context.api);
    this.choices = choices;
    this.rows = projects.map((project) => new MappingRow(project, { choices, onChange: (row) => this.changed(row) }));
    this.shown = [];
    this.filter = { text: "", only: "" };
    this.limit = pageSize;
    this.waiting = new Set();
    this.list = el("div", { class: "region" });
    this.bulk = el("div", { class: "row" });
    this.bar = saveBar(context, { save: () => this.save(), discard: () => this.discard() });
    this.element = projects.length === 0
      ? el("section", { class: "card empty-state" }, el("h2", {}, t("projects.none")), el("p", {}, t("projects.noneText")))
      : [jira.notice && notice({ kind: "warn", title: jira.notice.message, remedy: jira.notice.remedy }),
         el("section", { class: "card" }, this.toolbar(), this.bulk, this.list), this.bar.element];
    if (projects.length > 0) this.draw();
  }

  toolbar() {
    const narrow = (name) => (value) => {
      this.filter[name] = value;
      this.limit = pageSize;
      this.draw();
    };
    return el("div", { class: "filter-row", role: "search" },
      textField({ label: t("projects.search"), type: "search", onInput: narrow("text") }).element,
      selectField({ label: t("projects.show"), value: "", onChange: narrow("only"), options: [
        { value: "", label: t("projects.all") }, { value: "unmapped", label: t("projects.unmapped") },
        { value: "problems", label: t("projects.withProblems") }] }).element);
  }

  matches({ project, draft, verdict }) {
    const { text, only } = this.filter;
    if (text && !`${project.key} ${project.name}`.toLocaleLowerCase().includes(text.toLocaleLowerCase())) return false;
    if (only === "unmapped") return !draft.project;
    return only !== "problems" || (verdict && verdict.problems.length + verdict.warnings.length > 0);
  }

  draw() {
    const fitting = this.rows.filter((row) => this.matches(row));
    this.shown = fitting.slice(0, this.limit);
    const left = fitting.length - this.shown.length;
    fill(this.list, this.shown.length > 0 ? this.table() : el("p", { class: "quiet empty" }, t("projects.nothing")),
      left > 0 && button(t("projects.more", { count: left }), () => { this.limit += pageSize; this.draw(); }));
    this.drawBulk();
    this.check(this.shown.filter((row) => row.isComplete && !row.verdict));
    this.shown.filter((row) => !row.isComplete).forEach((row) => row.drawStatus());
  }

  table() {
    const heads = [el("span", { class: "visually-hidden" }, t("projects.selection")), t("projects.project"), t("projects.jiraProject"), t("projects.issueType"), t("projects.assignee"), t("projects.check")];
    return el("table", { class: "data-table mapping-table", role: "table" },
      el("caption", { class: "visually-hidden" }, t("projects.title")),
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, heads.map((text) => el("th", { role: "columnheader", scope: "col" }, text)))),
      el("tbody", { role: "rowgroup" }, this.shown.map((row) => this.tableRows(row))));
  }

  tableRows(row) {
    const cell = (label, content) => el("td", { role: "cell", "data-label": label }, el("div", { class: "cell" }, content));
    return [
      el("tr", { role: "row", class: row.isChanged ? "changed" : null },
        cell("", row.isEditable && row.box.element),
        el("th", { role: "rowheader", scope: "row", "data-label": t("projects.project") },
          el("div", { class: "cell" }, row.project.key, row.project.name !== row.project.key && el("div", { class: "quiet small" }, row.project.name))),
        cell(t("projects.jiraProject"), row.places.jira), cell(t("projects.issueType"), row.places.type),
        cell(t("projects.assignee"), row.places.assignee), cell(t("projects.check"), row.status)),
      el("tr", { role: "row", class: "extra-row" }, el("td", { role: "cell", colspan: "6", "data-label": "" }, row.extra)),
    ];
  }

  get selected() { return this.shown.filter((row) => row.box.checked && row.isEditable); }

  drawBulk() {
    const editable = this.shown.filter((row) => row.isEditable);
    const count = this.selected.length;
    fill(this.bulk, editable.length > 1 && checkField({ label: t("projects.selectAll"), checked: count > 0 && count === editable.length,
      onChange: (on) => { editable.forEach((row) => { row.box.input.checked = on; }); this.drawBulk(); } }).element,
    count > 0 && button(t("projects.bulk", { count }), () => this.editMany(), { kind: "small" }),
    count > 0 && button(t("projects.bulkClear", { count }), () => this.selected.forEach((row) => row.set({ project: null, type: null, assignee: null, extraFields: {} })), { kind: "small" }));
  }

  async editMany() {
    const chosen = await askForMany(this.selected.length, this.choices);
    if (!chosen) return;
    for (const row of this.selected) row.set({ ...chosen, extraFields: {} });
  }

  changed(row) {
    row.status.closest("tr")?.classList.toggle("changed", row.isChanged);
    this.drawBulk();
    this.bar.show(this.pending.length);
    if (!row.isComplete || row.verdict) return;
    this.waiting.add(row);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const rows = [...this.waiting];
      this.waiting.clear();
      this.check(rows.filter((each) => each.isComplete));
    }, checkAfterMs);
  }

  get pending() { return this.rows.filter((row) => row.isEditable && row.isChanged); }

  /** What Jira says of these drafts, all in one request; nothing is saved. */
  async check(rows) {
    if (rows.length === 0) return;
    const asked = rows.map((row) => JSON.stringify(row.input));
    try {
      const { results } = await this.context.api.post("mappings/batch", { dryRun: true, mappings: rows.map(entry) }, { signal: this.context.signal });
      results.forEach((result, index) => {
        if (JSON.stringify(rows[index].input) === asked[index]) rows[index].judge(result);
      });
    } catch {
      // The check is a help: what is wrong with the connection is said at saving, and by the page's own requests.
    }
  }

  async save() {
    const rows = this.pending;
    const unfinished = rows.filter((row) => row.draft.project && !row.draft.type);
    if (unfinished.length > 0) return this.context.toast(t("projects.finishFirst", { project: unfinished[0].project.key }), "bad");
    const { results, saved, failed } = await this.context.api.post("mappings/batch", { mappings: rows.map(entry) });
    results.forEach((result, index) => {
      const row = rows[index];
      if (result.outcome === "saved" || result.outcome === "unchanged") row.project.mapping = result.mapping;
      if (result.outcome === "removed") row.project.mapping = null;
      if (["saved", "unchanged", "removed"].includes(result.outcome)) {
        row.project.mappedElsewhere = false;
        row.reset();
      }
      if (row.isComplete) row.judge(result);
      this.changed(row);
    });
    if (saved > 0) this.context.toast(t("projects.saved", { count: saved }), "good");
    if (failed > 0) this.context.toast(t("projects.notSaved", { count: failed }), "bad");
    this.draw();
  }

  async discard() {
    const sure = await confirmDialog({ title: t("projects.discardTitle"), body: t("projects.discardText"), confirm: t("saveBar.discard"), danger: true });
    if (!sure) return;
    for (const row of this.pending) row.reset();
    this.bar.show(0);
    this.draw();
  }
}

const entry = (row) => ({ project: row.project.id, mapping: row.input });
