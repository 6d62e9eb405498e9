// Mappings from a file: first what it would do, line by line, then the saving.

import { el, fill } from "../dom.js";
import { t } from "../strings.js";
import { badge } from "../components/badge.js";
import { button, busyButton } from "../components/button.js";
import { openDialog } from "../components/dialog.js";
import { errorNotice, notice } from "../components/notice.js";
import { dataTable } from "../components/table.js";
import { labelled } from "../components/field.js";

const kinds = { saved: "good", valid: "good", removed: "info", unchanged: "idle", invalid: "bad", forbidden: "bad", unknown_project: "bad" };
const mostShown = 200;

/** @returns a promise of true when something was saved */
export function importMappings(context) {
  const region = el("div", { class: "region" });
  let file = null;
  let useful = 0;
  const send = async (dryRun) => context.api.upload(`mappings/import?dryRun=${dryRun}`, await file.text(),
    /\.json$/i.test(file.name) ? "application/json" : "text/csv");

  const tryOut = async () => {
    try {
      const outcome = await send(true);
      useful = outcome.results.filter(({ outcome: word }) => word === "valid" || word === "removed").length;
      fill(region, summaryOf(outcome, useful), resultTable(outcome.results));
    } catch (error) {
      useful = 0;
      fill(region, errorNotice(error));
    }
  };
  const choice = labelled({ label: t("projects.file"), hint: t("projects.fileHint") }, (attributes) => el("input", {
    type: "file", accept: ".csv,.json,text/csv,application/json", ...attributes,
    onchange: (event) => { file = event.target.files[0] ?? null; if (file) tryOut(); },
  }));
  return openDialog({
    title: t("projects.importTitle"), wide: true,
    body: () => [choice.element, region],
    actions: (close) => [
      button(t("shell.cancel"), () => close(false)),
      busyButton(t("projects.importSave"), async () => {
        if (!file) return choice.setError(t("projects.fileMissing"));
        if (useful === 0) return choice.setError(t("projects.nothingToSave"));
        const outcome = await send(false);
        context.toast(t("projects.saved", { count: outcome.saved }), "good");
        close(true);
      }, { kind: "primary", onError: (error) => fill(region, errorNotice(error)) }),
    ],
  });
}

function summaryOf(outcome, useful) {
  return notice({ kind: outcome.failed > 0 ? "warn" : "good",
    title: t("projects.wouldSave", { count: useful }), message: outcome.failed > 0 ? t("projects.wouldFail", { count: outcome.failed }) : "" });
}

function resultTable(results) {
  // What is wrong comes first: it is what one wants to see of hundreds of lines.
  const rows = [...results].sort((one, other) => isBad(other) - isBad(one)).slice(0, mostShown);
  return [dataTable({
    caption: t("projects.importTitle"), rows,
    columns: [
      { label: t("projects.line"), number: true, cell: (row) => row.line ?? "" },
      { label: t("projects.project"), heading: true, cell: (row) => row.projectKey ?? row.project },
      { label: t("projects.outcome"), cell: (row) => badge(t(`projects.outcomes.${row.outcome}`), kinds[row.outcome]) },
      { label: t("projects.remarks"), cell: (row) => [...row.problems, ...row.warnings].map(({ message, remedy }) => el("p", {}, `${message} ${remedy}`.trim())) },
    ],
  }), results.length > mostShown && el("p", { class: "quiet" }, t("projects.moreLines", { count: results.length - mostShown }))];
}

const isBad = (row) => Number(kinds[row.outcome] === "bad");
