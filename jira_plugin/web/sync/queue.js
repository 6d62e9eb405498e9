// What failed on its way from Jira or to Jira after a ticket was created, by cause, and trying it again.

import { el, externalLink } from "../dom.js";
import { loaded } from "../page.js";
import { dateTime, fullDateTime, t } from "../strings.js";
import { badge } from "../components/badge.js";
import { busyButton } from "../components/button.js";
import { dataTable } from "../components/table.js";

export function syncQueueCard(context) {
  const { api, signal } = context;
  const card = el("section", { class: "card", id: "sync-queue" });
  show();
  return card;

  function show() {
    card.replaceChildren(el("h2", {}, t("queue.title")), el("p", { class: "quiet" }, t("queue.text")), loaded(async () => {
      const queue = await api.get("sync/queue", { signal });
      return ["incoming", "outgoing"].map((direction) => ofDirection(direction, queue[direction]));
    }));
  }

  function ofDirection(direction, queue) {
    const causes = new Map();
    for (const row of queue.rows) causes.set(row.cause, [...(causes.get(row.cause) ?? []), row]);
    return el("div", { class: "stack-wide" },
      el("div", { class: "row" }, el("h3", {}, t(`queue.${direction}`)),
        badge(t("queue.waiting", { count: queue.waiting }), queue.waiting > 0 ? "info" : "idle"),
        badge(t("queue.parked", { count: queue.parked }), queue.parked > 0 ? "bad" : "idle"),
        queue.parked > 0 && context.isAdmin && causes.size > 1 &&
          busyButton(t("queue.retryAll"), () => retry({ direction, all: true }), { kind: "small" })),
      [...causes.values()].map((rows) => cause(direction, rows)),
      !queue.complete && el("p", { class: "quiet" }, t("queue.more")));
  }

  function cause(direction, rows) {
    const [{ cause: name, message, remedy }] = rows;
    return el("div", { class: "cause" },
      el("p", {}, message), remedy && el("p", { class: "quiet" }, remedy),
      context.isAdmin && el("div", { class: "actions" },
        busyButton(t("queue.retryCause", { count: rows.length }), () => retry({ direction, cause: name }), { kind: "small" })),
      dataTable({
        caption: message, rows,
        columns: [
          { label: t("queue.what"), heading: true, cell: ({ what }) => what },
          { label: t("queue.ticket"), cell: ({ issueKey, issueUrl }) => (issueKey ? externalLink(issueUrl, issueKey) : "–") },
          { label: t("queue.finding"), cell: ({ finding }) => (finding ? el("a", { class: "nowrap", href: context.href(`/finding/${encodeURIComponent(finding)}`) }, finding) : "–") },
          { label: t("queue.since"), cell: ({ since }) => since && el("time", { datetime: since, title: fullDateTime(since) }, dateTime(since)) },
          { label: t("queue.action"), hideLabel: true, cell: (row) => context.isAdmin && el("div", { class: "actions" },
            busyButton(t("queue.retry"), () => retry({ direction, id: row.id }), { kind: "small", "aria-label": t("queue.retryOf", { what: row.what }) }),
            direction === "outgoing" && busyButton(t("queue.drop"), () => drop(row), { kind: "small", "aria-label": t("queue.dropOf", { what: row.what }) })) },
        ],
      }));
  }

  async function retry(which) {
    const { queued } = await api.post("sync/retry", which, { signal });
    context.toast(t("queue.queued", { count: queued }), "good");
    show();
  }

  async function drop({ id }) {
    await api.delete(`sync/outgoing/${encodeURIComponent(id)}`);
    context.toast(t("queue.dropped"), "good");
    show();
  }
}
