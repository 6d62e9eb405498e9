// The rows of the field mapping that can be changed, for the organisation or for one project.

import { el, uniqueId } from "../dom.js";
import { t } from "../strings.js";
import { combobox } from "../components/combobox.js";
import { selectField, textField } from "../components/field.js";
import { GroupForm } from "../scope/group_form.js";

const severities = ["critical", "high", "medium", "low", "info"];
const members = { priority: ["priorities"], labels: ["labels"], assignee: ["assignee"], dueDate: ["slaDays", "calendar", "timeZone"] };
const controls = { priority: priorityControls, labels: labelsControl, assignee: assigneeControl, dueDate: dueDateControls };

/** Edits FieldSettings. Each of its `places` (priority, labels, assignee, dueDate) belongs in one row of the table. */
export class SettingsForm extends GroupForm {
  /**
   * @param screen {priorities: [{id, name}], suggestedPriorities} of a Jira project, to choose from
   * @param people search for the assignee, as a combobox wants it, or null
   */
  constructor({ screen, people, ...common }) {
    super({ ...common, members, controls });
    Object.assign(this, { screen, people });
    this.drawAll();
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
