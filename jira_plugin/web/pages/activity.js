// Every push with its state and reason; trying again; why a finding has no ticket.

import { el, externalLink, fill } from "../dom.js";
import { query } from "../api.js";
import { load, pageHeader, section } from "../page.js";
import { ago, dateTime, fullDateTime, number, t } from "../strings.js";
import { pushBadge, severityBadge } from "../components/badge.js";
import { busyButton } from "../components/button.js";
import { selectField, textField } from "../components/field.js";
import { notice } from "../components/notice.js";
import { dataTable } from "../components/table.js";
import { reconciliationCard } from "../sync/reconciliation.js";
import { syncQueueCard } from "../sync/queue.js";
import { causesCard } from "../activity/causes.js";
import { whyCard } from "../activity/why.js";

const states = ["queued", "waiting", "in_doubt", "parked", "created"];
const typingMs = 300;

export async function render(root, context) {
  const { api, signal } = context;
  const { projects } = await api.get("projects", { signal });
  const keyOf = new Map(projects.map((project) => [project.id, project.key]));
  const filter = { state: context.query.get("state") ?? "", project: context.query.get("project") ?? "",
                   text: context.query.get("text") ?? "", cause: context.query.get("cause") ?? "" };
  const region = el("div", { class: "region" });
  let timer = 0;

  root.append(
    pageHeader(t("activity.title"), t("activity.lead"), busyButton(t("activity.refresh"), () => show())),
    filters(), region, syncQueueCard(context), reconciliationCard(context),
    section(t("activity.why"), whyCard(context, filter.project)));
  show();

  function filters() {
    const change = (name) => (value) => {
      filter[name] = value;
      filter.cause = "";
      clearTimeout(timer);
      timer = setTimeout(show, name === "text" ? typingMs : 0);
    };
    return el("form", { class: "card filter-bar", role: "search", onsubmit: (event) => event.preventDefault() },
      selectField({ label: t("activity.state"), value: filter.state, onChange: change("state"),
        options: [{ value: "", label: t("activity.anyState") }, ...states.map((state) => ({ value: state, label: t(`pushStates.${state}`) }))] }).element,
      selectField({ label: t("activity.project"), value: filter.project, onChange: change("project"),
        options: [{ value: "", label: t("activity.anyProject") }, ...projects.map(({ id, key }) => ({ value: id, label: key }))] }).element,
      textField({ label: t("activity.text"), hint: t("activity.textHint"), value: filter.text, type: "search", onInput: change("text") }).element);
  }

  function show() {
    context.setQuery(query(filter));
    return load(region, async () => {
      const page = await api.get(`pushes${query(filter)}`, { signal });
      const rows = page.pushes;
      const body = el("div", { class: "region" });
      const drawRows = (next) => fill(body, table(rows), next && busyButton(t("activity.more"), async () => {
        const more = await api.get(`pushes${query({ ...filter, after: next })}`, { signal });
        rows.push(...more.pushes);
        drawRows(more.next);
      }));
      drawRows(page.next);
      return [
        page.pause && notice({ kind: "warn", title: page.pause.message, remedy: page.pause.remedy }),
        causesCard(page.causes, filter, { onShow: (cause) => { filter.cause = cause; show(); }, onRetry: retry }),
        section(filter.cause ? t("activity.ofCause") : t("activity.pushes"), body),
      ];
    });
  }

  async function retry(which) {
    const { queued } = await api.post("pushes/retry", which);
    context.toast(t("activity.queued", { count: queued }), "good");
    await show();
  }

  function table(rows) {
    return dataTable({
      caption: t("activity.pushes"), rows, empty: t("activity.nothing"),
      columns: [
        { label: t("activity.finding"), heading: true, cell: (push) => [el("a", { href: context.href(`/finding/${encodeURIComponent(push.finding)}`) }, push.title), el("div", { class: "quiet small" }, `${keyOf.get(push.project) ?? push.project} · `, el("span", { class: "nowrap" }, push.finding))] },
        { label: t("activity.severity"), cell: (push) => severityBadge(push.severity) },
        { label: t("activity.state"), cell: (push) => el("div", { class: "stack tight" }, pushBadge(push.state),
          push.since && el("time", { class: "quiet small", datetime: push.since, title: fullDateTime(push.since) }, ago(push.since))) },
        { label: t("activity.reason"), cell: reason },
        { label: t("activity.ticket"), cell: (push) => (push.ticket ? externalLink(push.ticket.url, push.ticket.key) : el("span", { class: "quiet" }, "–")) },
        { label: t("activity.action"), hideLabel: true, cell: (push) => push.state === "parked" && context.mayEdit(push.project) &&
          busyButton(t("activity.retry"), () => retry({ finding: push.finding }), { kind: "small", "aria-label": t("activity.retryOf", { title: push.title }) }) },
      ],
    });
  }

  function reason(push) {
    const texts = [push.message, push.remedy].filter(Boolean);
    const asked = push.requestedAt && t(push.requestedBy ? "activity.asked" : "activity.askedByPolicy",
      { time: dateTime(push.requestedAt), user: push.requestedBy, attempts: number(push.attempts) });
    return [texts.map((text, index) => el("p", { class: index > 0 ? "quiet" : null }, text)),
      push.notes.map((note) => el("p", { class: "quiet" }, note)), asked && el("p", { class: "quiet small" }, asked)];
  }
}
