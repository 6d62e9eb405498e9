// Buttons that work: one click at a time, progress when it takes longer than a moment.

import { el, fill, icon } from "../dom.js";
import { t } from "../strings.js";
import { toast } from "./toast.js";
import { isAbort } from "../api.js";
import { patienceMs } from "../page.js";

/** A button without waiting. kind: primary, danger, quiet or nothing. */
export function button(label, onclick, { kind = "", ...attributes } = {}) {
  return el("button", { type: "button", class: `button ${kind}`.trim(), onclick, ...attributes }, label);
}

/** A link that looks like a button. */
export function linkButton(label, href, { kind = "", ...attributes } = {}) {
  return el("a", { class: `button ${kind}`.trim(), href, ...attributes }, label);
}

/**
 * A button that runs `work(event)` and cannot be pressed again before that ends.
 * @param onError what to do with an error; without it, it is shown as a toast
 */
export function busyButton(label, work, { kind = "", busy = t("shell.working"), onError, ...attributes } = {}) {
  const text = el("span", {}, label);
  const made = el("button", { type: "button", class: `button ${kind}`.trim(), ...attributes }, text);
  made.addEventListener("click", async (event) => {
    if (made.getAttribute("aria-disabled") === "true") return;
    // Not `disabled`: that would take the focus away.
    made.setAttribute("aria-disabled", "true");
    const timer = setTimeout(() => {
      made.classList.add("busy");
      fill(text, busy);
    }, patienceMs);
    try {
      await work(event);
    } catch (error) {
      if (!isAbort(error)) (onError ?? showError)(error);
    } finally {
      clearTimeout(timer);
      made.classList.remove("busy");
      fill(text, label);
      made.removeAttribute("aria-disabled");
    }
  });
  return made;
}

function showError(error) {
  if (error.code === "signed_out") return; // the banner says it
  if (!("remedy" in error)) console.error(error);
  toast(`${error.message} ${error.remedy || ""}`.trim(), "bad");
}

/** Copies a text, or what a function returns, and says so. */
export function copyButton(text, label = t("shell.copy")) {
  const words = el("span", {}, label);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === "function" ? await text() : text);
      toast(t("shell.copied"), "good");
    } catch (error) {
      toast("remedy" in error ? `${error.message} ${error.remedy}` : t("shell.copyFailed"), "bad");
    }
  };
  return el("button", { type: "button", class: "button", onclick: copy }, icon("copy"), words);
}
