// Dialogs: the browser's own <dialog>, which keeps the focus inside and gives it back.

import { el, fill, uniqueId } from "../dom.js";
import { t } from "../strings.js";
import { button, busyButton } from "./button.js";
import { errorNotice } from "./notice.js";
import { textField } from "./field.js";

/**
 * Opens a dialog. `body(close)` and `actions(close)` return nodes; close(value) ends it.
 * @returns a promise of that value; undefined when it was dismissed
 */
export function openDialog({ title, body, actions, wide = false }) {
  return new Promise((resolve) => {
    const opener = document.activeElement;
    const titleId = uniqueId("dialog");
    let value;
    const box = el("dialog", { class: wide ? "dialog wide" : "dialog", "aria-labelledby": titleId });
    const close = (result) => {
      value = result;
      box.close();
    };
    box.append(el("h2", { id: titleId, tabindex: "-1" }, title),
      el("div", { class: "dialog-body" }, body(close)), el("div", { class: "actions dialog-actions" }, actions(close)));
    box.addEventListener("close", () => {
      box.remove();
      if (opener?.isConnected) opener.focus();
      resolve(value);
    });
    document.body.append(box);
    box.showModal();
    (box.querySelector("[autofocus]") ?? box.querySelector("h2")).focus();
  });
}

/**
 * Asks before something is done.
 * @param expected when given, this text must be typed first
 * @param work when given, runs on confirmation while the dialog stays; its error is shown in it
 * @returns a promise of true when it was confirmed (and done)
 */
export async function confirmDialog({ title, body, confirm, danger = false, expected, cancel = t("shell.cancel"), work }) {
  const typed = expected && textField({ label: t("dialog.type", { expected }), autocomplete: "off", autofocus: true });
  const trouble = el("div");
  const run = (close) => async () => {
    if (typed && typed.value.trim() !== expected) {
      typed.setError(t("dialog.mismatch"));
      typed.focus();
      return;
    }
    if (work) await work();
    close(true);
  };
  const result = await openDialog({
    title,
    body: (close) => {
      typed?.input.addEventListener("keydown", (event) => event.key === "Enter" && run(close)().catch(show));
      return [[body].flat().map((part) => (typeof part === "string" ? el("p", {}, part) : part)), typed?.element, trouble];
    },
    actions: (close) => [
      button(cancel, () => close(false), { autofocus: !typed }),
      busyButton(confirm, run(close), { kind: danger ? "danger" : "primary", onError: show }),
    ],
  });
  return result === true;

  function show(error) {
    fill(trouble, errorNotice(error));
    trouble.scrollIntoView({ block: "nearest" });
  }
}
