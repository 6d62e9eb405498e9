// The ticket that a finding would become, as Jira would show it, and the request behind it.

import { el } from "../dom.js";
import { day, t } from "../strings.js";
import { copyButton } from "../components/button.js";
import { notice } from "../components/notice.js";
import { facts } from "../page.js";
import { renderAdf } from "./adf.js";

/** @param preview an answer of POST /api/preview */
export function ticketPreview(preview) {
  return [
    preview.problems.map((problem) => notice({ kind: "bad", title: problem.message, remedy: problem.remedy })),
    preview.notes.length > 0 && notice({ kind: "warn", title: t("preview.notes"), details: preview.notes.map((message) => ({ message })) }),
    preview.ticket && ticketView(preview),
    preview.payload && el("details", {}, el("summary", {}, t("preview.json")),
      el("div", { class: "stack" }, el("p", { class: "quiet" }, t("preview.jsonText")),
        copyButton(JSON.stringify(preview.payload, null, 2)), el("pre", { class: "payload", tabindex: "0" }, JSON.stringify(preview.payload, null, 2)))),
  ];
}

function ticketView({ ticket, payload }) {
  const document = payload?.fields?.description;
  return el("article", { class: "ticket", "aria-label": t("preview.ticket") },
    el("div", { class: "ticket-main" },
      el("p", { class: "quiet small" }, `${ticket.project} / ${ticket.project}-…`),
      el("p", { class: "ticket-summary" }, ticket.summary),
      el("p", { class: "ticket-label" }, t("preview.description")),
      document && typeof document === "object" ? renderAdf(document)
        // Data Center takes wiki markup: the text without it.
        : document ? el("div", { class: "adf" }, (ticket.description ?? "").split("\n").map((line) => el("p", {}, line)))
        : el("p", { class: "quiet" }, ticket.description ?? t("preview.none"))),
    el("div", { class: "ticket-side" },
      facts([
        [t("preview.type"), ticket.issueType],
        [t("preview.priority"), ticket.priority ?? none()],
        [t("preview.assignee"), ticket.assignee ?? t("preview.unassigned")],
        [t("preview.dueDate"), ticket.dueDate ? day(ticket.dueDate) : none()],
        [t("preview.labels"), ticket.labels.length > 0 ? el("div", { class: "chips" }, ticket.labels.map((label) => el("span", { class: "chip" }, label))) : none()],
        ...Object.entries(ticket.extraFields).map(([id, value]) => [id, JSON.stringify(value)]),
      ])));
}

const none = () => el("span", { class: "quiet" }, t("preview.none"));
