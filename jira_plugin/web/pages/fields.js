// How the fields of a finding become fields of a ticket: for the organisation, and where a project differs.

import { el, fill } from "../dom.js";
import { query } from "../api.js";
import { load, pageHeader, section } from "../page.js";
import { t } from "../strings.js";
import { badge } from "../components/badge.js";
import { busyButton } from "../components/button.js";
import { confirmDialog } from "../components/dialog.js";
import { selectField } from "../components/field.js";
import { notice } from "../components/notice.js";
import { saveBar } from "../components/save_bar.js";
import { SettingsForm } from "../fields/settings_form.js";
import { JiraChoices } from "../mapping/jira_choices.js";
import { PreviewPanel } from "../preview/panel.js";

const noScreen = { priorities: [], suggestedPriorities: {} };

export async function render(root, context) {
  const { api, signal } = context;
  const { projects } = await api.get("projects", { signal });
  const choices = new JiraChoices(api);
  const body = el("div", { class: "page" });
  let scope = projects.find(({ id, key }) => [id, key].includes(context.query.get("project")))?.id ?? "";
  let reference = "";
  let form = null;

  const scopeField = selectField({ label: t("fields.scope"), hint: t("fields.scopeHint"), value: scope, onChange: changeScope,
    options: [{ value: "", label: t("fields.organisation", { organisation: context.session.organisation.name }) },
      ...projects.map(({ id, key }) => ({ value: id, label: key }))] });
  root.append(pageHeader(t("fields.title"), t("fields.lead")), el("div", { class: "card" }, scopeField.element), body);
  await show();

  async function changeScope(next) {
    if (form?.isChanged && !(await confirmDialog({ title: t("shell.unsavedTitle"), body: t("shell.unsavedText"),
      confirm: t("shell.unsavedLeave"), cancel: t("shell.unsavedStay"), danger: true }))) {
      scopeField.value = scope;
      return;
    }
    scope = next;
    context.setUnsaved(false);
    context.setQuery(query({ project: projects.find(({ id }) => id === scope)?.key }));
    await show();
  }

  function path() {
    return scope ? `field-mapping/${encodeURIComponent(scope)}` : "field-mapping";
  }

  /** The Jira project whose priorities and people are offered: the scope's own, else one of the mapped. */
  function referenceProject() {
    const mapped = projects.filter(({ mapping }) => mapping);
    return projects.find(({ id, mapping }) => id === scope && mapping) ?? mapped.find(({ id }) => id === reference) ?? mapped[0] ?? null;
  }

  function show() {
    return load(body, async () => {
      const source = referenceProject();
      const [mapping, screen] = await Promise.all([api.get(path(), { signal }),
        source ? choices.screen(source.mapping.jiraProject.id, source.mapping.issueType.id) : noScreen]);
      return content(mapping, screen, source);
    }, { lines: 8 });
  }

  function content(mapping, screen, source) {
    const isEditable = scope ? context.mayEdit(scope) : context.isAdmin;
    const preview = new PreviewPanel(context, { project: scope, tried: () => ({ fieldMapping: form.value }) });
    const bar = saveBar(context, { save: () => save(), discard: () => discard() });
    form = new SettingsForm({ mapping, screen, isEditable, canInherit: scope !== "",
      people: source && ((text, options) => choices.people(source.mapping.jiraProject.id, text, options)),
      onChange: () => { bar.show(form.isChanged ? 1 : 0); preview.later(); } });

    async function save() {
      await api.put(path(), form.value);
      context.setUnsaved(false);
      context.toast(t("fields.saved"), "good");
      await show();
    }
    async function discard() {
      context.setUnsaved(false);
      await show();
    }

    preview.begin();
    return [
      !isEditable && notice({ kind: "info", title: t(scope ? "fields.notYours" : "fields.adminOnly") }),
      el("div", { class: "two wide-first" },
        section(t("fields.table"), !source && notice({ kind: "info", title: t("fields.noReference") }), referenceChoice(source), fieldTable(form),
          scope && form.ownsAnything && isEditable && inheritAll()),
        section(t("preview.title"), preview.element)),
      bar.element,
    ];
  }

  /** The organisation's settings are for many Jira projects; one of them lends its names. */
  function referenceChoice(source) {
    const mapped = projects.filter(({ mapping }) => mapping);
    if (scope || mapped.length < 2) return null;
    return selectField({ label: t("fields.reference"), hint: t("fields.referenceHint"), value: source.id,
      options: mapped.map(({ id, mapping }) => ({ value: id, label: `${mapping.jiraProject.key} · ${mapping.issueType.name}` })),
      onChange: async (id) => {
        const kept = scope;
        if (form.isChanged) return context.toast(t("fields.saveFirst"), "bad");
        reference = id;
        if (kept === scope) await show();
      } }).element;
  }

  function inheritAll() {
    return el("div", { class: "actions" }, busyButton(t("fields.inheritAll"), async () => {
      await api.delete(path());
      context.setUnsaved(false);
      context.toast(t("fields.saved"), "good");
      await show();
    }));
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
