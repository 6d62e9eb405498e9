// What a person sets of two-way sync, for the organisation or for one project.

import { el, fill, uniqueId } from "../dom.js";
import { t } from "../strings.js";
import { checkField, selectField } from "../components/field.js";
import { dataTable } from "../components/table.js";
import { fieldEditor } from "../mapping/editors.js";
import { GroupForm } from "../scope/group_form.js";

const policies = ["trust_ticket", "wait_for_scan", "by_resolution"];
const outcomes = ["resolved", "accepted", "false_positive", "awaiting_scan"];
const occasions = ["resolvedByScan", "resolved", "accepted", "falsePositive", "reopened", "severityChanged", "dueDateChanged", "deleted"];
const reactions = ["nothing", "comment", "move_and_comment"];
/** Nothing that a ticket could be moved to follows from these. */
const withoutMove = new Set(["severityChanged", "dueDateChanged"]);
const fields = ["title", "priority", "labels", "assignee", "dueDate"];
const owners = ["set_once", "until_edited", "ours"];

const members = { close: ["onClose", "byResolution"], comments: ["showRestrictedComments"], reactions: ["reactions"],
                  targets: ["closed", "reopened"], ownership: ["ownership"] };
const controls = { close: closeControls, comments: commentControls, reactions: reactionControls, targets: targetControls, ownership: ownershipControls };

/** Edits SyncSettings. Its places are close, comments, reactions, targets and ownership. */
export class SyncForm extends GroupForm {
  /**
   * @param resolutions [{id, name}] of Jira
   * @param workflow {statuses, closing, reopening} of the project's Jira project, or null; the latter are fields
   * @param people search for people, as a combobox wants it, or null
   */
  constructor({ resolutions, workflow, people, ...common }) {
    super({ ...common, members, controls });
    Object.assign(this, { resolutions, workflow, people });
    this.drawAll();
  }
}

const choices = (words, section) => words.map((value) => ({ value, label: t(`${section}.${value}`) }));

function closeControls(form, disabled) {
  const table = el("div", { class: "region" });
  const group = uniqueId("policy");
  const drawTable = () => fill(table, form.draft.onClose === "by_resolution" && resolutionTable(form, disabled));
  drawTable();
  return [
    el("fieldset", {}, el("legend", { class: "visually-hidden" }, t("sync.close")), policies.map((policy) =>
      checkField({ type: "radio", name: group, label: t(`sync.policies.${policy}`), hint: t(`sync.policiesHint.${policy}`), disabled,
        checked: form.draft.onClose === policy, onChange: () => { form.set("onClose", policy); drawTable(); } }).element)),
    table,
  ];
}

/** Jira's resolutions, and those that are set here and that Jira does not have. */
function resolutionTable(form, disabled) {
  const { byResolution } = form.draft;
  const keyOf = ({ id, name }) => (id in byResolution ? id : name.toLowerCase());
  const rows = form.resolutions.map((resolution) => ({ key: keyOf(resolution), id: resolution.id, name: resolution.name }));
  const known = new Set(rows.map(({ key }) => key));
  for (const key of Object.keys(byResolution)) if (!known.has(key)) rows.push({ key, name: key, isMissing: true });
  return dataTable({
    caption: t("sync.resolutions"), rows, empty: t("sync.noResolutions"),
    columns: [
      { label: t("sync.resolution"), heading: true, cell: ({ name, isMissing }) => [name, isMissing && el("div", { class: "quiet small" }, t("sync.notInJira"))] },
      { label: t("sync.finding"), cell: (row) => selectField({ label: t("sync.findingOf", { resolution: row.name }), hideLabel: true, disabled,
        value: byResolution[row.key] ?? "resolved", options: choices(outcomes, "sync.outcomes"), onChange: (outcome) => choose(row, outcome) }).element },
    ],
  });

  /** By id from now on, which stays when the resolution is renamed. */
  function choose(row, outcome) {
    const next = { ...form.draft.byResolution };
    delete next[row.key];
    delete next[row.name.toLowerCase()];
    row.key = row.id ?? row.key;
    if (outcome !== "resolved") next[row.key] = outcome;
    form.set("byResolution", next);
  }
}

function commentControls(form, disabled) {
  return checkField({ label: t("sync.restricted"), hint: t("sync.restrictedHint"), checked: form.draft.showRestrictedComments, disabled,
    onChange: (shown) => form.set("showRestrictedComments", shown) }).element;
}

function reactionControls(form, disabled) {
  return dataTable({
    caption: t("sync.reactions"), rows: occasions,
    columns: [
      { label: t("sync.occasion"), heading: true, cell: (occasion) => t(`sync.occasions.${occasion}`) },
      { label: t("sync.reaction"), cell: (occasion) => selectField({ label: t("sync.reactionOf", { occasion: t(`sync.occasions.${occasion}`) }), hideLabel: true, disabled,
        value: form.draft.reactions[occasion], options: choices(reactions.filter((word) => word !== "move_and_comment" || !withoutMove.has(occasion)), "sync.reactionWords"),
        onChange: (reaction) => form.set("reactions", { ...form.draft.reactions, [occasion]: reaction }) }).element },
    ],
  });
}

function ownershipControls(form, disabled) {
  return [
    dataTable({
      caption: t("sync.ownership"), rows: fields,
      columns: [
        { label: t("sync.field"), heading: true, cell: (field) => t(`sync.fields.${field}`) },
        { label: t("sync.owner"), cell: (field) => selectField({ label: t("sync.ownerOf", { field: t(`sync.fields.${field}`) }), hideLabel: true, disabled,
          value: form.draft.ownership[field], options: choices(owners, "sync.owners"),
          onChange: (owner) => form.set("ownership", { ...form.draft.ownership, [field]: owner }) }).element },
      ],
    }),
    el("dl", { class: "facts" }, owners.map((owner) => el("div", {}, el("dt", {}, t(`sync.owners.${owner}`)), el("dd", {}, t(`sync.ownersHint.${owner}`))))),
  ];
}

function targetControls(form, disabled) {
  return [["closed", (status) => status.category === "done"], ["reopened", (status) => status.category !== "done"]]
    .map(([name, fits]) => targetControl(form, disabled, name, fits));
}

function targetControl(form, disabled, name, fits) {
  const place = el("div", { class: "two" });
  const target = () => form.draft[name];
  const status = form.workflow && statusField();
  drawFields();
  const isEmpty = !status && !place.hasChildNodes();
  return !isEmpty && el("fieldset", {}, el("legend", {}, t(`sync.targets.${name}`)), status, place);

  function statusField() {
    const chosen = target().status;
    const options = [{ value: "", label: t(`sync.anyStatus.${name}`) }, ...form.workflow.statuses.filter(fits).map(({ id, name: label }) => ({ value: id, label }))];
    if (chosen && !options.some(({ value }) => value === chosen.id)) options.push({ value: chosen.id, label: t("sync.statusGone", { status: chosen.name ?? chosen.id }) });
    return selectField({ label: t("sync.status"), hint: t("sync.statusHint"), value: chosen?.id ?? "", options, disabled, onChange: (id) => {
      const found = form.workflow.statuses.find((each) => each.id === id);
      form.set(name, { ...target(), status: found ? { id, name: found.name } : null });
    } }).element;
  }

  /** The fields that the screens on the way ask for, as far as they are known, and those that have a value here. */
  function drawFields() {
    const screen = form.workflow?.[name === "closed" ? "closing" : "reopening"] ?? [];
    const resolution = { id: "resolution", name: t("sync.resolution"), editor: "select", allowedValues: form.resolutions };
    const known = screen.some(({ id }) => id === "resolution") || name === "reopened" ? screen : [resolution, ...screen];
    const shown = [...known];
    for (const id of Object.keys(target().fields)) if (!known.some((field) => field.id === id)) shown.push({ id, name: id, editor: "json" });
    fill(place, shown.map((field) => {
      const editor = fieldEditor(field, target().fields[field.id], { people: form.people, onChange: () => {
        const values = { ...target().fields };
        if (editor.value === undefined) delete values[field.id];
        else values[field.id] = editor.value;
        form.set(name, { ...target(), fields: values });
      } });
      for (const input of editor.element.querySelectorAll("input, select, textarea, button")) input.disabled ||= disabled;
      return editor.element;
    }));
  }
}
