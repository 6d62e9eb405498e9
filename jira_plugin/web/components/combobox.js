// A combobox after ARIA 1.2: a text field with a list that is searched for page by page.

import { el, fill, uniqueId } from "../dom.js";
import { isAbort } from "../api.js";
import { t } from "../strings.js";
import { announce } from "./toast.js";
import { OptionList } from "./option_list.js";

const debounceMs = 200;
const nearEndPx = 60;

/**
 * @param label name of the field; shown unless hideLabel
 * @param value the item chosen at first, or null
 * @param search async (query, {cursor, signal}) => {items: [{value, label, hint?}], next}; next is the cursor of the
 *        following page or null. Items may carry more members; they come back as `value` of this combobox.
 * @param onChange called with the chosen item, or null when it was cleared
 * @param required without it the choice can be cleared
 * @returns {element, value, focus(), setError(text), setDisabled(flag)}
 */
export function combobox({ label, hideLabel = false, hint, value = null, placeholder = "", search, onChange,
                           required = false, disabled = false }) {
  const id = uniqueId("combobox");
  const input = el("input", {
    type: "text", id, role: "combobox", autocomplete: "off", spellcheck: "false", placeholder, disabled,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
    "aria-describedby": `${hint ? `${id}-hint ` : ""}${id}-error`, "aria-required": required ? "true" : null,
  });
  const clearButton = el("button", { type: "button", class: "combobox-clear", "aria-label": t("combobox.clear", { label }), tabindex: "-1" }, "×");
  const error = el("p", { class: "field-error", id: `${id}-error` });
  const list = new OptionList(`${id}-list`, label);
  const frame = el("div", { class: "combobox" }, input, clearButton, list.popup);
  const element = el("div", { class: "field" }, el("label", { for: id, class: hideLabel ? "visually-hidden" : null }, label),
    frame, hint && el("p", { class: "field-hint", id: `${id}-hint` }, hint), error);

  let chosen = value;
  let timer = 0;
  let running = null;
  let cursor = null;
  let asked = null;

  const showChosen = () => {
    input.value = chosen ? chosen.label : "";
    clearButton.hidden = required || !chosen || input.disabled;
  };

  function choose(item) {
    const changed = item?.value !== chosen?.value;
    chosen = item;
    showChosen();
    close();
    setError("");
    if (changed) onChange?.(item);
  }

  function open() {
    if (list.isOpen || input.disabled) return;
    list.open(frame);
    input.setAttribute("aria-expanded", "true");
  }

  function close() {
    clearTimeout(timer);
    running?.abort();
    asked = null;
    list.close();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  /** A new search; whatever an older one still brings is dropped. */
  async function find(query) {
    running?.abort();
    asked = query;
    cursor = null;
    open();
    list.wait();
    await page(query);
  }

  async function page(query) {
    const control = new AbortController();
    running = control;
    try {
      const { items, next = null } = await search(query, { cursor, signal: control.signal });
      if (control.signal.aborted) return;
      cursor = next;
      list.add(items, chosen?.value);
      list.say(statusOf(query), true);
    } catch (problem) {
      if (isAbort(problem) || control.signal.aborted) return;
      list.say(t("combobox.failed", { message: `${problem.message} ${problem.remedy || ""}`.trim() }), true);
    } finally {
      if (running === control) running = null;
    }
  }

  function statusOf(query) {
    const count = list.items.length;
    const text = count > 0 ? t(cursor === null ? "combobox.found" : "combobox.more", { count })
      : query ? t("combobox.nothing", { query }) : t("combobox.empty");
    announce(text);
    return text;
  }

  function more() {
    if (!running && cursor !== null && asked !== null) page(asked);
  }

  function later() {
    clearTimeout(timer);
    running?.abort();
    open();
    list.wait();
    timer = setTimeout(() => find(input.value.trim()), debounceMs);
  }

  function moveTo(index) {
    const option = list.activate(index);
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    if (list.active >= list.items.length - 3) more();
  }

  const keys = {
    ArrowDown: (event) => (list.isOpen ? moveTo(list.active + 1) : find(""), event.preventDefault()),
    ArrowUp: (event) => (list.isOpen ? moveTo(list.active - 1) : find(""), event.preventDefault()),
    PageDown: (event) => list.isOpen && (moveTo(list.active + 8), event.preventDefault()),
    PageUp: (event) => list.isOpen && (moveTo(Math.max(0, list.active - 8)), event.preventDefault()),
    Enter: (event) => {
      if (!list.isOpen) return;
      event.preventDefault();
      if (list.items[list.active]) choose(list.items[list.active]);
    },
    Escape: (event) => {
      if (!list.isOpen) return;
      event.preventDefault(); // the dialog around it stays
      showChosen();
      close();
    },
    Tab: () => list.isOpen && list.items[list.active] && choose(list.items[list.active]),
  };

  input.addEventListener("keydown", (event) => keys[event.key]?.(event));
  input.addEventListener("input", () => {
    if (!required && input.value === "") choose(null);
    later();
  });
  input.addEventListener("click", () => {
    if (list.isOpen) return;
    input.select();
    find("");
  });
  input.addEventListener("blur", () => {
    showChosen();
    close();
  });
  clearButton.addEventListener("click", () => {
    choose(null);
    input.focus();
  });
  list.onPick = choose;
  list.list.addEventListener("scroll", () => {
    const box = list.list;
    if (box.scrollTop + box.clientHeight > box.scrollHeight - nearEndPx) more();
  });

  function setError(text) {
    fill(error, text || null);
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  showChosen();
  return {
    element, input, setError,
    focus: () => input.focus(),
    setDisabled(flag) {
      input.disabled = flag;
      showChosen();
    },
    get value() { return chosen; },
    set value(item) {
      chosen = item;
      showChosen();
    },
  };
}

/** A search in a list that is at hand: search: within(items). */
export function within(items) {
  return async (query) => {
    const wanted = query.toLocaleLowerCase();
    return { items: items.filter((item) => `${item.label} ${item.hint ?? ""}`.toLocaleLowerCase().includes(wanted)), next: null };
  };
}
