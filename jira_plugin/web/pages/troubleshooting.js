// The checks, each result as it arrives; what the user guide says of the usual problems; the support bundle.

import { el, fill } from "../dom.js";
import { isAbort } from "../api.js";
import { load, pageHeader, section } from "../page.js";
import { t } from "../strings.js";
import { badge } from "../components/badge.js";
import { busyButton, copyButton } from "../components/button.js";
import { errorNotice, notice } from "../components/notice.js";
import { dataTable } from "../components/table.js";
import { webhookCard } from "../sync/webhook.js";

const kinds = { ok: "good", warning: "warn", failed: "bad", skipped: "idle", running: "info" };
const knownProblems = ["redirect", "projects", "ticket", "webhook"];

export async function render(root, context) {
  const results = el("div", { class: "region" });
  const summary = el("div", { role: "status" });
  root.append(
    pageHeader(t("troubleshooting.title"), t("troubleshooting.lead")),
    el("section", { class: "card" },
      el("div", { class: "card-head" }, el("h2", {}, t("troubleshooting.checks")),
        busyButton(t("troubleshooting.run"), run, { kind: "primary", busy: t("troubleshooting.running") })),
      summary, results),
    webhookCard(context),
    section(t("troubleshooting.known"), knownTable()),
    context.isAdmin && section(t("troubleshooting.bundle"), el("p", {}, t("troubleshooting.bundleText")),
      el("div", { class: "actions" },
        busyButton(t("troubleshooting.download"), async () => {
          const name = await context.api.download("support-bundle", "mayo-aspm-jira-support.json");
          context.toast(t("troubleshooting.downloaded", { name }), "good");
        }),
        copyButton(async () => JSON.stringify(await context.api.get("support-bundle"), null, 2), t("troubleshooting.copy")))));
  load(results, async () => {
    const { checks } = await context.api.get("checks", { signal: context.signal });
    return el("p", { class: "quiet" }, t("troubleshooting.before", { checks: checks.map((check) => check.title).join(", ") }));
  });

  async function run() {
    const rows = new Map();
    const list = el("ul", { class: "check-list" });
    fill(results, list);
    fill(summary);
    popUpCheck(list);
    try {
      for await (const result of context.api.stream("POST", "checks/run", {}, { signal: context.signal })) {
        if (result.done) fill(summary, verdict(result));
        else put(rows, list, result);
      }
    } catch (error) {
      if (isAbort(error)) return;
      fill(summary, errorNotice(error, run));
    }
  }

  function put(rows, list, result) {
    const key = `${result.check} ${result.project ?? ""}`;
    const item = rows.get(key) ?? el("li");
    fill(item, resultItem(result));
    if (!rows.has(key)) list.append(item);
    rows.set(key, item);
  }

  function resultItem(result) {
    const name = result.project ? t("troubleshooting.ofProject", { title: result.title, project: result.project }) : result.title;
    return [
      el("div", { class: "check-head" }, badge(t(`troubleshooting.states.${result.state}`), kinds[result.state]),
        el("strong", {}, name), result.tookMs > 0 && el("span", { class: "quiet small" }, t("troubleshooting.took", { ms: result.tookMs }))),
      result.evidence && el("p", { class: "quiet" }, result.evidence),
      result.cause && el("p", {}, result.cause),
      result.remedy && el("p", {}, result.remedy),
      result.fix && el("div", { class: "actions" }, busyButton(result.fix.label, async () => {
        const { message } = await context.api.post("checks/fix", { fix: result.fix.id });
        context.toast(message, "good");
        await run();
      }, { kind: "small" })),
    ];
  }

  /** Only the browser knows whether it allows pop-ups; it tells when one is opened. */
  function popUpCheck(list) {
    list.append(el("li", {},
      el("div", { class: "check-head" }, badge(t("troubleshooting.states.skipped"), "idle"), el("strong", {}, t("troubleshooting.popUps"))),
      el("p", { class: "quiet" }, t("troubleshooting.popUpsText"))));
  }
}

function verdict({ failed, warnings }) {
  if (failed > 0) return notice({ kind: "bad", title: t("troubleshooting.failed", { count: failed }), message: t("troubleshooting.readBelow") });
  if (warnings > 0) return notice({ kind: "warn", title: t("troubleshooting.warned", { count: warnings }), message: t("troubleshooting.readBelow") });
  return notice({ kind: "good", title: t("troubleshooting.allGood") });
}

function knownTable() {
  return dataTable({
    caption: t("troubleshooting.known"), rows: knownProblems,
    columns: [
      { label: t("troubleshooting.problem"), heading: true, cell: (name) => t(`troubleshooting.problems.${name}`) },
      { label: t("troubleshooting.solution"), cell: (name) => t(`troubleshooting.solutions.${name}`) },
    ],
  });
}
