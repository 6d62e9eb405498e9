// How the fields of a finding become fields of a ticket: for the organisation, and where a project differs.

import { el } from "../dom.js";
import { pageHeader, section } from "../page.js";
import { t } from "../strings.js";
import { badge } from "../components/badge.js";
import { selectField } from "../components/field.js";
import { notice } from "../components/notice.js";
import { SettingsForm } from "../fields/settings_form.js";
import { JiraChoices } from "../mapping/jira_choices.js";
import { PreviewPanel } from "../preview/panel.js";
import { SettingsScope } from "../scope/scope.js";

const noScreen = { priorities: [], suggestedPriorities: {} };

export async function render(root, context) {
  const { api, signal } = context;
  const { projects } = await api.get("projects", { signal });
  const mapped = projects.filter(({ mapping }) => mapping);
  const choices = new JiraChoices(api);
  let reference = "";
  const scope = new SettingsScope(context, projects, { address: "field-mapping", saved: t("fields.saved"), content });
  root.append(pageHeader(t("fields.title"), t("fields.lead")), scope.card, scope.body);
  await scope.show();

  /** The Jira project whose priorities and people are offered: the scope's own, else one of the mapped. */
  function referenceProject() {
    return mapped.find(({ id }) => id === scope.id) ?? mapped.find(({ id }) => id === reference) ?? mapped[0] ?? null;
  }

  async function content({ settings, isEditable, onChange }) {
    const source = referenceProject();
    const screen = source ? await choices.screen(source.mapping.jiraProject.id, source.mapping.issueType.id) : noScreen;
    const preview = new PreviewPanel(context, { project: scope.id, tried: () => ({ fieldMapping: form.value }) });
    const form = new SettingsForm({ settings, screen, isEditable, canInherit: scope.id !== "",
      people: source && ((text, options) => choices.people(source.mapping.jiraProject.id, text, options)),
      onChange: () => { onChange(); preview.later(); } });
    preview.begin();
    return { form, nodes: el("div", { class: "two wide-first" },
      section(t("fields.table"), !source && notice({ kind: "info", title: t("fields.noReference") }), referenceChoice(source), fieldTable(form),
        scope.inheritAll(form)),
      section(t("preview.title"), preview.element)) };
  }

  /** The organisation's settings are for many Jira projects; one of them lends its names. */
  function referenceChoice(source) {
    if (scope.id || mapped.length < 2) return null;
    return selectField({ label: t("fields.reference"), hint: t("fields.referenceHint"), value: source.id,
      options: mapped.map(({ id, mapping }) => ({ value: id, label: `${mapping.jiraProject.key} · ${mapping.issueType.name}` })),
      onChange: async (id) => {
        if (scope.isChanged) return context.toast(t("fields.saveFirst"), "bad");
        reference = id;
        await scope.show();
      } }).element;
  }
}

/** The guide's table; what can be changed has its controls in a line below, the rest is shown as fixed. */
function fieldTable(form) {
  const head = (name) => el("th", { role: "columnheader", scope: "col" }, t(`fields.${name}`));
  const cell = (label, content) => el("td", { role: "cell", "data-label": t(`fields.${label}`) }, el("div", { class: "cell" }, content));
  return el("table", { class: "data-table fields-table", role: "table" },
    el("caption", { class: "visually-hidden" }, t("fields.table")),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ["ours", "jira", "customizable"].map(head))),
    el("tbody", { role: "rowgroup" }, ["priority", "summary", "description", "labels", "assignee", "dueDate"].map((name) => [
      el("tr", { role: "row", class: form.places[name] ? "open-row" : null },
        el("th", { role: "rowheader", scope: "row", "data-label": t("fields.ours") }, el("div", { class: "cell" }, t(`fields.rows.${name}.ours`))),
        cell("jira", t(`fields.rows.${name}.jira`)),
        cell("customizable", [!form.places[name] && badge(t("fields.fixed")), el("span", { class: "quiet small" }, t(`fields.rows.${name}.how`))])),
      form.places[name] && el("tr", { role: "row", class: "controls-row" }, el("td", { role: "cell", colspan: "3", "data-label": "" }, form.places[name])),
    ])));
}
