// One project and where its tickets go: Jira project, issue type, assignee, values of required fields, what Jira says.

import { el, fill } from "../dom.js";
import { isAbort } from "../api.js";
import { t } from "../strings.js";
import { badge } from "../components/badge.js";
import { combobox, within } from "../components/combobox.js";
import { checkField } from "../components/field.js";
import { fieldEditor } from "./editors.js";
import { projectItem, typeItem } from "./jira_choices.js";

const stored = (mapping) => mapping && {
  project: projectItem({ ...mapping.jiraProject, teamManaged: false }),
  type: typeItem(mapping.issueType),
  assignee: mapping.assignee && { value: mapping.assignee.accountId, label: mapping.assignee.name || mapping.assignee.accountId },
  extraFields: mapping.extraFields,
};
/** Of a mapping that was made for another Jira only names are of use: its ids and people are others there. */
const renamed = ({ jiraProject, extraFields }) => ({
  project: { value: jiraProject.key, label: `${jiraProject.key} · ${jiraProject.name}`, project: jiraProject },
  type: null, assignee: null, extraFields,
});
const none = { project: null, type: null, assignee: null, extraFields: {} };

export class MappingRow {
  /** onChange(row): something was chosen; check(row) asks what Jira says of the draft. */
  constructor(project, { choices, onChange }) {
    this.project = project;
    this.choices = choices;
    this.onChange = onChange;
    this.draft = this.begin();
    this.editors = new Map();
    this.verdict = null;
    this.status = el("div", { class: "row-status" });
    this.extra = el("div", { class: "row-extra" });
    this.places = { jira: el("div"), type: el("div"), assignee: el("div") };
    this.box = checkField({ label: el("span", { class: "visually-hidden" }, t("projects.select", { project: project.key })), onChange: () => onChange(this) });
    this.draw();
    if (project.mappedElsewhere) this.findType();
  }

  begin() {
    const { mapping, mappedElsewhere } = this.project;
    return { ...(mappedElsewhere ? renamed(mapping) : stored(mapping) ?? none) };
  }

  /** The issue type of the same name in the Jira that is connected now. */
  async findType() {
    const types = await this.choices.types(this.draft.project.value).catch(() => []);
    const type = types.find(({ name }) => name === this.project.mapping.issueType.name);
    if (type && !this.draft.type) this.set({ type: typeItem(type) });
  }

  get isEditable() { return this.project.mayEdit; }
  get isComplete() { return Boolean(this.draft.project && this.draft.type); }
  /** Also true for what is only half chosen: that can be lost, too. */
  get isChanged() { return stateOf(this.draft) !== stateOf(stored(this.project.mapping) ?? none); }

  /** The mapping as the API takes it; null: not mapped. */
  get input() { return inputOf(this.draft); }

  draw() {
    const { draft, project, choices } = this;
    const common = { hideLabel: true, disabled: !this.isEditable };
    fill(this.places.jira, combobox({ ...common, label: t("projects.jiraProjectOf", { project: project.key }), value: draft.project,
      placeholder: t("projects.chooseProject"), search: (text, options) => choices.projects(text, options),
      onChange: (item) => this.set({ project: item, type: null, assignee: null, extraFields: {} }) }).element);
    fill(this.places.type, combobox({ ...common, label: t("projects.issueTypeOf", { project: project.key }), value: draft.type, required: true,
      disabled: common.disabled || !draft.project, placeholder: draft.project ? t("projects.chooseType") : "",
      search: async (text, options) => within((await choices.types(draft.project.value)).map(typeItem))(text, options),
      onChange: (item) => this.set({ type: item, extraFields: {} }) }).element);
    fill(this.places.assignee, combobox({ ...common, label: t("projects.assigneeOf", { project: project.key }), value: draft.assignee,
      disabled: common.disabled || !draft.project, placeholder: t("projects.byPolicy"),
      search: (text, options) => choices.people(draft.project.value, text, options),
      onChange: (item) => this.set({ assignee: item }) }).element);
    this.drawFields();
  }

  /** Changes the draft, draws what depends on it and tells the page. */
  set(changes) {
    Object.assign(this.draft, changes);
    this.verdict = null;
    this.draw();
    this.drawStatus();
    this.onChange(this);
  }

  /** Back to what is stored. */
  reset() {
    this.draft = this.begin();
    this.verdict = null;
    this.draw();
    this.drawStatus();
    if (this.project.mappedElsewhere) this.findType();
  }

  /** The fields that Jira requires and findings do not fill, each with a place for its value. */
  async drawFields() {
    this.editors.clear();
    const { project, type } = this.draft;
    if (!this.isComplete || !this.isEditable) return fill(this.extra);
    try {
      const { fields } = await this.choices.screen(project.value, type.value);
      if (project !== this.draft.project || type !== this.draft.type) return;
      const shown = fields.filter((field) => field.needsValue || field.id in this.draft.extraFields);
      fill(this.extra, shown.length > 0 && this.fieldsBox(shown));
    } catch (error) {
      if (!isAbort(error)) fill(this.extra, el("p", { class: "field-error" }, `${error.message} ${error.remedy ?? ""}`));
    }
  }

  fieldsBox(fields) {
    return el("div", { class: "extra-fields" },
      el("p", { class: "quiet" }, t("projects.requiredFields", { count: fields.length, jira: this.draft.project.project.key, type: this.draft.type.label })),
      el("div", { class: "two" }, fields.map((field) => {
        const editor = fieldEditor(field, this.draft.extraFields[field.id], {
          people: (text, options) => this.choices.people(this.draft.project.value, text, options),
          onChange: () => {
            const values = { ...this.draft.extraFields };
            if (editor.value === undefined) delete values[field.id];
            else values[field.id] = editor.value;
            this.draft.extraFields = values;
            this.verdict = null;
            editor.setError("");
            this.onChange(this);
          },
        });
        this.editors.set(field.id, editor);
        return editor.element;
      })));
  }

  /** What Jira says: a result of the batch. */
  judge(result) {
    this.verdict = result;
    for (const { field, message } of result.problems) {
      const id = /^extraFields\.(.+)$/.exec(field)?.[1];
      this.editors.get(id)?.setError(message);
    }
    this.drawStatus();
  }

  drawStatus() {
    const { verdict } = this;
    if (!this.draft.project) return fill(this.status, badge(t("projects.notMapped")));
    const elsewhere = this.project.mappedElsewhere && { message: t("projects.elsewhere"), remedy: t("projects.elsewhereRemedy") };
    if (!this.draft.type) return fill(this.status, badge(t("projects.typeMissing"), "warn"), elsewhere && el("p", { class: "small" }, elsewhere.message));
    if (!verdict) return fill(this.status);
    const texts = [elsewhere, ...verdict.problems, ...verdict.warnings].filter(Boolean);
    fill(this.status, badge(t(verdict.problems.length > 0 ? "projects.bad" : texts.length > 0 ? "projects.warned" : "projects.good"),
      verdict.problems.length > 0 ? "bad" : texts.length > 0 ? "warn" : "good"),
    texts.map(({ message, remedy }) => el("p", { class: "small" }, `${message} ${remedy}`.trim())));
  }
}

const stateOf = ({ project, type, assignee, extraFields }) =>
  JSON.stringify([project?.value, type?.value, assignee?.value, extraFields]);

function inputOf({ project, type, assignee, extraFields }) {
  if (!project || !type) return null;
  return { jiraProject: { id: project.value }, issueType: { id: type.value },
    assignee: assignee ? { accountId: assignee.value, name: assignee.label } : null, extraFields };
}
