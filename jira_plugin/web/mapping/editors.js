// An editor for each kind of field that Jira takes when an issue is created. A value is what the API stores; undefined
// stands for none.

import { el } from "../dom.js";
import { t } from "../strings.js";
import { button } from "../components/button.js";
import { combobox } from "../components/combobox.js";
import { checkField, selectField, textField } from "../components/field.js";

/**
 * @param people search for people, as a combobox wants it
 * @returns {element, value, setError(text)}
 */
export function fieldEditor(field, value, { onChange, people }) {
  const make = editors[field.editor] ?? editors.json;
  return make(field, value ?? undefined, onChange, people);
}

const labelOf = (field) => (field.required ? t("editors.required", { name: field.name }) : field.name);

function typed(attributes, { toText = (value) => String(value), fromText = (text) => text } = {}) {
  return (field, value, onChange) => {
    const control = textField({ label: labelOf(field), value: value === undefined ? "" : toText(value), ...attributes, onInput: () => onChange() });
    return { ...control, get value() { return control.input.value.trim() === "" ? undefined : fromText(control.input.value.trim()); } };
  };
}

const choices = (values) => [{ value: "", label: t("editors.choose") }, ...values.map(({ id, name }) => ({ value: id, label: name }))];

function select(field, value, onChange) {
  const control = selectField({ label: labelOf(field), value: value?.id ?? "", options: choices(field.allowedValues), onChange: () => onChange() });
  return { ...control, get value() { return control.input.value ? { id: control.input.value } : undefined; } };
}

function multiSelect(field, value, onChange) {
  const chosen = new Set((value ?? []).map((each) => each.id ?? each));
  const boxes = field.allowedValues.map(({ id, name }) => checkField({ label: name, checked: chosen.has(id), onChange: (on) => {
    if (on) chosen.add(id);
    else chosen.delete(id);
    onChange();
  } }));
  const error = el("p", { class: "field-error" });
  return {
    element: el("fieldset", { class: "choice-list" }, el("legend", {}, labelOf(field)), boxes.map((box) => box.element), error),
    setError: (text) => { error.textContent = text || ""; },
    get value() { return chosen.size > 0 ? [...chosen].map((id) => ({ id })) : undefined; },
  };
}

function cascade(field, value, onChange) {
  const second = el("div");
  let child;
  const first = selectField({ label: labelOf(field), value: value?.id ?? "", options: choices(field.allowedValues), onChange: () => {
    draw();
    onChange();
  } });
  function draw(chosen = "") {
    const children = field.allowedValues.find(({ id }) => id === first.input.value)?.children ?? [];
    child = children.length > 0
      ? selectField({ label: t("editors.second", { name: field.name }), value: chosen, options: choices(children), onChange: () => onChange() }) : null;
    second.replaceChildren(...(child ? [child.element] : []));
  }
  draw(value?.child?.id ?? "");
  return {
    element: el("div", { class: "stack" }, first.element, second), setError: first.setError,
    get value() {
      if (!first.input.value) return undefined;
      return child?.input.value ? { id: first.input.value, child: { id: child.input.value } } : { id: first.input.value };
    },
  };
}

const personValue = (value) => (value ? { value: value.accountId, label: value.name ?? value.accountId } : null);

function user(field, value, onChange, people) {
  const control = combobox({ label: labelOf(field), value: personValue(value), search: people, onChange: () => onChange() });
  return { element: control.element, setError: control.setError,
    get value() { return control.value ? { accountId: control.value.value } : undefined; } };
}

function multiUser(field, value, onChange, people) {
  const chosen = (value ?? []).map(personValue);
  const list = el("ul", { class: "chips" });
  const add = combobox({ label: labelOf(field), search: people, placeholder: t("editors.addPerson"), onChange: (item) => {
    if (item && !chosen.some((each) => each.value === item.value)) chosen.push(item);
    add.value = null;
    draw();
    onChange();
  } });
  function draw() {
    list.replaceChildren(...chosen.map((item, index) => el("li", { class: "chip" }, item.label,
      button("×", () => { chosen.splice(index, 1); draw(); onChange(); }, { kind: "quiet small", "aria-label": t("editors.remove", { name: item.label }) }))));
  }
  draw();
  return { element: el("div", { class: "stack" }, add.element, list), setError: add.setError,
    get value() { return chosen.length > 0 ? chosen.map((each) => ({ accountId: each.value })) : undefined; } };
}

const words = (text) => text.split(/[\s,]+/).filter(Boolean);
const lines = (text) => text.split(/\s*,\s*/).filter(Boolean);
/** Jira writes 2026-01-31T09:00:00.000+0000; the browser's control wants 2026-01-31T09:00. */
const localTime = (text) => {
  const at = new Date(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(at.getTime()) ? "" : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
const jiraTime = (text) => new Date(text).toISOString().replace("Z", "+0000");

const json = typed({ multiline: true, hint: t("editors.json"), spellcheck: "false" }, {
  toText: (value) => JSON.stringify(value, null, 1),
  fromText: (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  },
});

const editors = {
  text: typed({}),
  url: typed({ type: "url", placeholder: "https://" }),
  richText: typed({ multiline: true }),
  number: typed({ type: "number", step: "any" }, { fromText: Number }),
  date: typed({ type: "date" }),
  datetime: typed({ type: "datetime-local" }, { toText: localTime, fromText: jiraTime }),
  labels: typed({ hint: t("editors.labels") }, { toText: (value) => value.join(" "), fromText: words }),
  group: typed({ hint: t("editors.group") }, { toText: (value) => value.name ?? value, fromText: (name) => ({ name }) }),
  multiGroup: typed({ hint: t("editors.groups") }, { toText: (value) => value.map((each) => each.name ?? each).join(", "),
    fromText: (text) => lines(text).map((name) => ({ name })) }),
  select, multiSelect, cascade, user, multiUser, json,
};
