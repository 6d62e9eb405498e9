// Labelled form controls with a hint and an error that belong to them.

import { el, fill, uniqueId } from "../dom.js";

/**
 * A control with its label. `control(attributes)` makes it and must take id, aria-describedby.
 * @returns {element, setError(text)}; an empty text takes the error away
 */
export function labelled({ label, hint, hideLabel = false }, control) {
  const id = uniqueId("field");
  const error = el("p", { class: "field-error", id: `${id}-error` });
  const input = control({ id, "aria-describedby": `${hint ? `${id}-hint ` : ""}${id}-error` });
  const element = el("div", { class: "field" },
    el("label", { for: id, class: hideLabel ? "visually-hidden" : null }, label), input,
    hint && el("p", { class: "field-hint", id: `${id}-hint` }, hint), error);
  const setError = (text) => {
    fill(error, text || null);
    const target = element.querySelector(`#${id}`);
    if (text) target.setAttribute("aria-invalid", "true");
    else target.removeAttribute("aria-invalid");
  };
  return { element, setError, input };
}

/** @returns {element, input, value, focus(), setError(text)} */
export function textField({ label, hint, hideLabel, value = "", type = "text", onInput, multiline = false, ...attributes }) {
  const made = labelled({ label, hint, hideLabel }, (own) =>
    el(multiline ? "textarea" : "input", { ...(multiline ? {} : { type }), ...own, ...attributes, value }));
  made.input.addEventListener("input", () => {
    made.setError("");
    onInput?.(made.input.value);
  });
  return withValue(made);
}

/** @param options [{value, label}] */
export function selectField({ label, hint, hideLabel, value, options, onChange, ...attributes }) {
  const made = labelled({ label, hint, hideLabel }, (own) =>
    el("select", { ...own, ...attributes }, options.map((option) =>
      el("option", { value: option.value, selected: option.value === value }, option.label))));
  made.input.addEventListener("change", () => {
    made.setError("");
    onChange?.(made.input.value);
  });
  return withValue(made);
}

/** A checkbox or, with type "radio", a choice of several. */
export function checkField({ label, hint, checked = false, type = "checkbox", onChange, ...attributes }) {
  const input = el("input", { type, checked, ...attributes, onchange: () => onChange?.(input.checked) });
  const element = el("label", { class: "check" }, input, el("span", {}, label, hint && el("span", { class: "field-hint" }, hint)));
  return { element, input, get checked() { return input.checked; } };
}

function withValue(made) {
  return Object.defineProperty({ ...made, focus: () => made.input.focus() }, "value", {
    get: () => made.input.value,
    set: (value) => { made.input.value = value; },
  });
}
