// The rows of the field mapping that can be changed, for the organisation or for one project.

import { el, fill, uniqueId } from "../dom.js";
import { t } from "../strings.js";
import { combobox } from "../components/combobox.js";
import { checkField, selectField, textField } from "../components/field.js";

const severities = ["critical", "high", "medium", "low", "info"];
const members = { priority: ["priorities"], labels: ["labels"], assignee: ["assignee"], dueDate: ["slaDays", "calendar", "timeZone"] };
const controls = { priority: priorityControls, labels: labelsControl, assignee: assigneeControl, dueDate: dueDateControls };

/** Edits FieldSettings. Each of its `places` (priority, labels, assignee, dueDate) belongs in one row of the table. */
export class SettingsForm {
  /**
   * @param mapping {own, effective, inherited} of the API
   * @param screen {priorities: [{id, name}], suggestedPriorities} of a Jira project, to choose from
   * @param people search for the assignee, as a combobox wants it, or null
   */
  constructor({ mapping, canInherit, isEditable, screen, people, onChange }) {
    Object.assign(this, { mapping, canInherit, isEditable, screen, people, onChange });
    this.draft = structuredClone(mapping.effective);
    this.own = {};
    this.places = {};
    for (const [group, names] of Object.entries(members)) {
      this.own[group] = !canInherit || names.some((name) => name in mapping.own);
      this.places[group] = el("div", { class: "region" });
      this.draw(group);
    }
    this.before = JSON.stringify(this.value);
  }

  get isChanged() { return JSON.stringify(this.value) !== this.before; }
  get ownsAnything() { return Object.values(this.own).some(Boolean); }

  /** FieldSettings with the members that are set here; the others are inherited. */
  get value() {
    const own = Object.keys(members).filter((group) => this.own[group]).flatMap((group) => members[group]);
    return Object.fromEntries(own.map((name) => [name, this.draft[name]]));
  }

  draw(group) {
    fill(this.places[group], this.canInherit && this.inheritance(group), controls[group](this, !this.isEditable || !this.own[group]));
  }

  inheritance(group) {
    return checkField({ label: t("fields.inherit"), checked: !this.own[group], disabled: !this.isEditable, onChange: (inherits) => {
      this.own[group] = !inherits;
      if (inherits) for (const name of members[group]) this.draft[name] = structuredClone(this.mapping.inherited[name]);
      this.draw(group);
      this.onChange();
    } }).element;
  }

  set(name, value) {
    this.draft[name] = value;
    this.onChange();
  }
}

const perSeverity = (control) => el("div", { class: "severity-grid" }, severities.map(control));

function priorityControls(form, disabled) {
  const { priorities, suggestedPriorities } = form.screen;
  return perSeverity((severity) => {
    const chosen = form.draft.priorities[severity] ?? "";
    const suggested = priorities.find(({ id }) => id === suggestedPriorities[severity]);
    const options = [{ value: "", label: suggested ? t("fields.byName", { priority: suggested.name }) : t("fields.byNameUnknown") },
      ...priorities.map(({ id, name }) => ({ value: id, label: name }))];
    if (chosen && !priorities.some(({ id }) => id === chosen)) options.push({ value: chosen, label: t("fields.gone", { id: chosen }) });
    return selectField({ label: t(`severities.${severity}`), value: chosen, options, disabled,
      onChange: (id) => form.set("priorities", { ...form.draft.priorities, [severity]: id || null }) }).element;
  });
}

function labelsControl(form, disabled) {
  return textField({ label: t("fields.labels"), hint: t("fields.labelsHint"), value: form.draft.labels.join("\n"), multiline: true, rows: 3, disabled,
    onInput: (text) => form.set("labels", text.split("\n").map((line) => line.trim()).filter(Boolean)) }).element;
}

function assigneeControl(form, disabled) {
  const { assignee } = form.draft;
  return combobox({ label: t("fields.assignee"), hint: t("fields.assigneeHint"), placeholder: t("fields.noOverride"), disabled: disabled || !form.people,
    value: assignee && { value: assignee.accountId, label: assignee.name || assignee.accountId }, search: form.people,
    onChange: (item) => form.set("assignee", item ? { accountId: item.value, name: item.label } : null) }).element;
}

function dueDateControls(form, disabled) {
  const zones = uniqueId("zones");
  return [
    perSeverity((severity) => textField({ label: t("fields.daysFor", { severity: t(`severities.${severity}`) }), type: "number", min: "0", max: "3650", disabled,
      placeholder: t("fields.noDueDate"), value: form.draft.slaDays[severity] ?? "",
      onInput: (text) => form.set("slaDays", { ...form.draft.slaDays, [severity]: text === "" ? null : Number(text) }) }).element),
    el("div", { class: "two" },
      selectField({ label: t("fields.calendar"), value: form.draft.calendar, disabled, onChange: (value) => form.set("calendar", value),
        options: [{ value: "calendar", label: t("fields.calendarDays") }, { value: "business", label: t("fields.businessDays") }] }).element,
      textField({ label: t("fields.timeZone"), hint: t("fields.timeZoneHint"), value: form.draft.timeZone, list: zones, disabled,
        onInput: (value) => form.set("timeZone", value.trim()) }).element,
      el("datalist", { id: zones }, timeZones().map((zone) => el("option", { value: zone })))),
  ];
}

function timeZones() {
  return typeof Intl.supportedValuesOf === "function" ? ["UTC", ...Intl.supportedValuesOf("timeZone")] : ["UTC"];
}
