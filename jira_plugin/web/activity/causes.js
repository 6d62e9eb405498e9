// What waits or failed for the same reason, together: one remedy, one button.

import { el } from "../dom.js";
import { section } from "../page.js";
import { t } from "../strings.js";
import { pushBadge } from "../components/badge.js";
import { busyButton, button } from "../components/button.js";

/** @param causes as the API lists them; onShow(cause) filters by one, onRetry({cause}) tries its findings again */
export function causesCard(causes, filter, { onShow, onRetry }) {
  if (causes.length === 0) return null;
  return section(t("activity.causes"), el("ul", { class: "plain-list" }, causes.map((each) =>
    el("li", { class: each.cause === filter.cause ? "cause chosen" : "cause" },
      el("div", { class: "row" }, pushBadge(each.state), el("strong", {}, t("activity.count", { count: each.count }))),
      el("p", {}, each.message), each.remedy && el("p", { class: "quiet" }, each.remedy),
      el("div", { class: "actions" },
        each.cause === filter.cause
          ? button(t("activity.showAll"), () => onShow(""), { kind: "small" })
          : button(t("activity.showThese"), () => onShow(each.cause), { kind: "small" }),
        each.state === "parked" && busyButton(t("activity.retryAll"), () => onRetry({ cause: each.cause }), { kind: "small" }))))));
}
