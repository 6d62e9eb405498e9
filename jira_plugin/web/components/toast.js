// Short messages in the corner, and in the ears of those who listen.

import { el, icon } from "../dom.js";
import { t } from "../strings.js";

const stayMs = 6_000;
let corner = null;
let listener = null;

/** The places for messages; they must be in the page before the first message. */
export function messagePlaces() {
  corner = el("div", { class: "toasts", role: "region", "aria-label": t("shell.messages") });
  listener = el("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  return [corner, listener];
}

/** Says something to screen readers only. */
export function announce(text) {
  listener.textContent = "";
  requestAnimationFrame(() => { listener.textContent = text; });
}

/** Errors stay until they are closed, the rest goes by itself unless the pointer or the focus is on it. */
export function toast(text, kind = "info") {
  const box = el("div", { class: `toast ${kind}`, role: kind === "bad" ? "alert" : null },
    icon(kind), el("p", {}, text),
    el("button", { type: "button", class: "toast-close", "aria-label": t("shell.close"), onclick: () => box.remove() }, icon("bad")));
  corner.append(box);
  if (kind === "bad") return;
  announce(text);
  const leave = () => (box.matches(":hover, :focus-within") ? setTimeout(leave, stayMs) : box.remove());
  setTimeout(leave, stayMs);
}
