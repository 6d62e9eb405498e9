// The bar that stands at the foot of a page while something on it is not saved.

import { el, fill } from "../dom.js";
import { t } from "../strings.js";
import { button, busyButton } from "./button.js";

/** @returns {element, show(count)}; 0 hides it. The page's guard against leaving follows. */
export function saveBar(context, { save, discard }) {
  const text = el("p", { role: "status" });
  const element = el("div", { class: "save-bar", hidden: true }, text,
    el("div", { class: "actions" }, button(t("saveBar.discard"), discard), busyButton(t("shell.save"), save, { kind: "primary", busy: t("saveBar.saving") })));
  return {
    element,
    show(count) {
      element.hidden = count === 0;
      fill(text, count > 0 && t("saveBar.unsaved", { count }));
      context.setUnsaved(count > 0);
    },
  };
}
