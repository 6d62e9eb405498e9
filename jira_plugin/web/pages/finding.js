// The ticket of one finding: which it is, why there is none, and linking, unlinking and creating it by hand.

import { el, externalLink, fill } from "../dom.js";
import { facts, load, pageHeader, section } from "../page.js";
import { day, t } from "../strings.js";
import { severityBadge } from "../components/badge.js";
import { busyButton } from "../components/button.js";
import { confirmDialog } from "../components/dialog.js";
import { textField } from "../components/field.js";
import { errorNotice, notice } from "../components/notice.js";
import { verdictKinds } from "../activity/why.js";

export async function render(root, context) {
  const { api, signal } = context;
  const [id] = context.parameters;
  const path = `findings/${encodeURIComponent(id)}/explanation`;
  const body = el("div", { class: "page" });
  root.append(pageHeader(t("finding.title"), t("finding.lead")), body);
  await show();

  function show() {
    return load(body, async () => {
      const told = await api.get(path, { signal });
      const ticket = told.push?.ticket ?? null;
      const mayEdit = context.mayEdit(told.finding.project);
      return [
        section(told.finding.title,
          el("div", { class: "row" }, severityBadge(told.finding.severity), el("span", { class: "quiet" }, `${told.finding.projectKey} · ${told.finding.id}`),
            externalLink(told.finding.url, t("finding.open"))),
          notice({ kind: verdictKinds[told.verdict] ?? "info", title: told.message, remedy: told.remedy }),
          ticket && ticketFacts(ticket), !mayEdit && el("p", { class: "quiet" }, t("finding.notYours"))),
        mayEdit && (ticket ? changes(ticket) : linking()),
      ];
    });
  }

  function ticketFacts(ticket) {
    return facts([
      [t("finding.ticket"), externalLink(ticket.url, ticket.key)], [t("finding.status"), ticket.status], [t("finding.priority"), ticket.priority],
      [t("finding.assignee"), ticket.assignee], [t("finding.dueDate"), ticket.dueDate && day(ticket.dueDate)],
      [t("finding.labels"), ticket.labels.join(", ")],
    ]);
  }

  function linking() {
    const trouble = el("div");
    const field = textField({ label: t("finding.reference"), hint: t("finding.referenceHint"), autocomplete: "off", maxlength: "2000" });
    const onError = (error) => (error.field === "ticket" ? field.setError(`${error.message} ${error.remedy}`) : fill(trouble, errorNotice(error)));
    const link = async () => {
      if (!field.value.trim()) {
        field.setError(t("finding.referenceMissing"));
        return field.focus();
      }
      const { ticket, others } = await api.post(`links/${encodeURIComponent(id)}`, { ticket: field.value.trim() });
      context.toast(others.length > 0 ? t("finding.linkedShared", { key: ticket.key, count: others.length }) : t("finding.linked", { key: ticket.key }), "good");
      await show();
    };
    return section(t("finding.linkTitle"), el("p", { class: "quiet" }, t("finding.linkText")), field.element, trouble,
      el("div", { class: "actions" }, busyButton(t("finding.link"), link, { kind: "primary", onError }),
        busyButton(t("finding.create"), createAgain, { onError })));
  }

  function changes(ticket) {
    const unlink = () => ask({ title: t("finding.unlinkTitle", { key: ticket.key }), body: t("finding.unlinkText"), confirm: t("finding.unlink"),
      work: () => api.delete(`links/${encodeURIComponent(id)}`), done: t("finding.unlinked", { key: ticket.key }) });
    const again = () => ask({ title: t("finding.againTitle"), body: t("finding.againText", { key: ticket.key }), confirm: t("finding.createAgain"),
      work: () => api.post(`links/${encodeURIComponent(id)}/create-again`), done: t("finding.queued") });
    return section(t("finding.changeTitle"), el("p", { class: "quiet" }, t("finding.changeText")),
      el("div", { class: "actions" }, busyButton(t("finding.unlink"), unlink), busyButton(t("finding.createAgain"), again)));
  }

  async function ask({ done, ...dialog }) {
    if (!(await confirmDialog(dialog))) return;
    context.toast(done, "good");
    await show();
  }

  async function createAgain() {
    await api.post(`links/${encodeURIComponent(id)}/create-again`);
    context.toast(t("finding.queued"), "good");
    await show();
  }
}
