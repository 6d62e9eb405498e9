// Messages that stay on the page, and the banner above it.

import { el, icon } from "../dom.js";
import { isAbort } from "../api.js";
import { t } from "../strings.js";

/**
 * @param kind good, info, warn or bad. Bad ones are read out at once, the others when there is time.
 * @param actions buttons or links below the text
 */
export function notice({ kind = "info", title, message, remedy, details = [], actions = [] }) {
  return el("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : "status" },
    icon(kind),
    el("div", { class: "notice-text" },
      title && el("p", { class: "notice-title" }, title),
      message && el("p", {}, message),
      remedy && el("p", {}, remedy),
      details.length > 0 && el("ul", {}, details.map((each) => el("li", {}, `${each.message} ${each.remedy || ""}`.trim()))),
      [actions].flat().some(Boolean) && el("div", { class: "actions" }, actions)));
}

/** Opens a tab of its own, so that nothing on this page is lost; the host leads to its sign-in from there. */
export function signInLink() {
  return el("a", { class: "button primary", href: `${document.body.dataset.mount}/`, target: "_blank", rel: "noopener" },
    `${t("shell.signInAgain")} ${t("shell.opensTab")}`);
}

/** An error of the API; with a function, a button that tries again. */
export function errorNotice(error, retry) {
  const isKnown = "remedy" in error;
  if (!isKnown && !isAbort(error)) console.error(error);
  return notice({
    kind: "bad",
    title: isKnown ? error.message : t("errors.page"),
    message: isKnown ? error.cause : "",
    remedy: isKnown ? error.remedy : t("errors.pageRemedy"),
    // One detail says no more than the message does, and the first no more than the cause.
    details: error.details?.length > 1 ? error.details.slice(error.cause ? 1 : 0) : [],
    actions: [
      error.code === "signed_out" && signInLink(),
      retry && el("button", { type: "button", class: "button", onclick: retry }, t("shell.tryAgain")),
    ],
  });
}
