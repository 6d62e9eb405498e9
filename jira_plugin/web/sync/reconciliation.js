// The comparison of linked tickets with Jira: the last one's report, and a button for a new one.

import { el, externalLink, fill } from "../dom.js";
import { facts, load } from "../page.js";
import { dateTime, t } from "../strings.js";
import { badge } from "../components/badge.js";
import { busyButton } from "../components/button.js";
import { errorNotice, notice } from "../components/notice.js";
import { dataTable } from "../components/table.js";

const pollMs = 1500;
const kinds = { running: "info", done: "good", failed: "bad" };

export function reconciliationCard(context) {
  const { api, signal } = context;
  const head = el("div", { class: "card-head" });
  const body = el("div", { class: "region", "aria-live": "polite" });
  const trouble = el("div", { role: "status" });
  const compare = context.isAdmin && busyButton(t("compare.now"), start, { onError: (error) => fill(trouble, errorNotice(error)) });
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  load(body, async () => draw((await api.get("reconciliation", { signal })).report));
  drawHead(null);
  return el("section", { class: "card", id: "comparison" }, head, el("p", { class: "quiet" }, t("compare.text")), trouble, body);

  function drawHead(report) {
    fill(head, el("h2", {}, t("compare.title")),
      el("div", { class: "row" }, report && badge(t(`compare.states.${report.state}`), kinds[report.state]), compare));
  }

  async function start() {
    fill(trouble);
    const { report, started } = await api.post("reconciliation", {}, { signal });
    context.toast(t(started ? "compare.started" : "compare.underWay"), "good");
    fill(body, draw(report));
  }

  async function lookAgain() {
    try {
      fill(body, draw((await api.get("reconciliation", { signal })).report));
    } catch (error) {
      if (!signal.aborted) fill(trouble, errorNotice(error, lookAgain));
    }
  }

  function draw(report) {
    clearTimeout(timer);
    drawHead(report);
    if (!report) return el("p", { class: "quiet empty" }, t("compare.none"));
    if (report.state === "running") timer = setTimeout(lookAgain, pollMs);
    const { counts } = report;
    return [
      report.problem && notice({ kind: "bad", title: report.problem, remedy: report.remedy }),
      report.state === "running" && el("p", {}, report.progress ?? t("compare.running")),
      report.state === "done" && el("p", {}, counts.drifted > 0 ? t("compare.drifted", { count: counts.drifted }) : t("compare.equal", { count: counts.checked })),
      facts([
        [t("compare.when"), t("compare.whenOf", { started: dateTime(report.startedAt), reason: t(`compare.reasons.${report.reason}`) })],
        [t("compare.by"), report.byName ?? report.by],
        [t("compare.finished"), report.finishedAt && dateTime(report.finishedAt)],
        [t("compare.checked"), t("compare.checkedOf", { count: counts.checked, changed: counts.changed, gone: counts.gone })],
        [t("compare.requests"), counts.requests],
      ]),
      report.rows.length > 0 && differences(report),
      report.orphans.length > 0 && orphans(report),
      report.doubles.length > 0 && doubles(report),
    ];
  }

  function differences({ rows, counts }) {
    return [el("h3", {}, t("compare.differences")), dataTable({
      caption: t("compare.differences"), rows,
      columns: [
        { label: t("compare.ticket"), heading: true, cell: ({ issueKey }) => issueKey },
        { label: t("compare.finding"), cell: ({ finding }) => el("a", { class: "nowrap", href: context.href(`/finding/${encodeURIComponent(finding)}`) }, finding) },
        { label: t("compare.what"), cell: ({ what }) => what },
        { label: t("compare.inJira"), cell: ({ inJira }) => inJira || "–" },
        { label: t("compare.here"), cell: ({ here }) => here || "–" },
        { label: t("compare.done"), cell: ({ done }) => done },
      ],
    }), more(rows, counts.drifted)];
  }

  function orphans({ orphans: rows, counts }) {
    return [el("h3", {}, t("compare.orphans")), el("p", { class: "quiet" }, t("compare.orphansText")), dataTable({
      caption: t("compare.orphans"), rows,
      columns: [
        { label: t("compare.ticket"), heading: true, cell: ({ url, issueKey }) => externalLink(url, issueKey) },
        { label: t("compare.summary"), cell: ({ summary }) => summary },
      ],
    }), more(rows, counts.orphans)];
  }

  function doubles({ doubles: rows, counts }) {
    return [el("h3", {}, t("compare.doubles")), el("p", { class: "quiet" }, t("compare.doublesText")), dataTable({
      caption: t("compare.doubles"), rows,
      columns: [
        { label: t("compare.finding"), heading: true, cell: ({ finding }) => el("a", { class: "nowrap", href: context.href(`/finding/${encodeURIComponent(finding)}`) }, finding) },
        { label: t("compare.ticket"), cell: ({ issueKey }) => issueKey },
        { label: t("compare.other"), cell: ({ otherUrl, otherKey }) => externalLink(otherUrl, otherKey) },
      ],
    }), more(rows, counts.doubles)];
  }
}

const more = (rows, count) => count > rows.length && el("p", { class: "quiet" }, t("compare.more", { count: count - rows.length }));
