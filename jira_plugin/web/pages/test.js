// A test ticket per mapped project: send it, see field by field what arrived, delete it or leave it.

import { el, externalLink, fill } from "../dom.js";
import { load, pageHeader } from "../page.js";
import { ago, dateTime, fullDateTime, t } from "../strings.js";
import { badge } from "../components/badge.js";
import { busyButton, linkButton } from "../components/button.js";
import { errorNotice, notice } from "../components/notice.js";
import { dataTable } from "../components/table.js";

const longText = 400;

export async function render(root, context) {
  const body = el("div", { class: "page" });
  root.append(pageHeader(t("test.title"), t("test.lead")), body);
  load(body, async () => {
    const { signal } = context;
    const [{ projects }, { testTickets }] = await Promise.all([
      context.api.get("projects", { signal }), context.api.get("test-tickets", { signal })]);
    const mapped = projects.filter((project) => project.mapping);
    if (mapped.length === 0) return nothingMapped(context);
    const latest = new Map(testTickets.map((ticket) => [ticket.project, ticket]));
    return mapped.map((project) => projectCard(project, latest.get(project.id) ?? null, context));
  });
}

function nothingMapped(context) {
  return el("section", { class: "card empty-state" }, el("h2", {}, t("test.nothingMapped")), el("p", {}, t("test.nothingMappedText")),
    linkButton(t("connect.mapProjects"), context.href("/projects"), { kind: "primary" }));
}

function projectCard(project, ticket, context) {
  const result = el("div", { class: "region" });
  const { mapping } = project;
  const headingId = `test-${project.id}`;
  const send = busyButton(t("test.send"), async () => {
    try {
      draw(await context.api.post("test-tickets", { project: project.id }));
      context.announce(t("test.arrived", { project: project.key }));
    } catch (error) {
      fill(result, errorNotice(error));
    }
  }, { kind: "primary", "aria-describedby": headingId, busy: t("test.sending") });

  function draw(now) {
    fill(result, now && ticketResult(now, context, draw));
  }

  draw(ticket);
  return el("section", { class: "card" },
    el("div", { class: "card-head" },
      el("div", {}, el("h2", { id: headingId }, project.key),
        el("p", { class: "quiet" }, t("test.target", { jira: mapping.jiraProject.key, name: mapping.jiraProject.name, type: mapping.issueType.name }))),
      project.mayEdit ? send : el("span", { class: "quiet" }, t("test.notYours"))),
    result);
}

function ticketResult(ticket, context, draw) {
  const id = encodeURIComponent(ticket.id);
  const link = ticket.ticket && externalLink(ticket.ticket.url, ticket.ticket.key);
  const isThere = ticket.state === "there";
  return [
    headline(ticket, link),
    ticket.fields.length > 0 && ticket.state !== "deleted" && comparison(ticket),
    ["there", "in_doubt", "sending"].includes(ticket.state) && el("div", { class: "actions" },
      busyButton(t("test.readAgain"), async () => draw(await context.api.get(`test-tickets/${id}`))),
      isThere && context.mayEdit(ticket.project) && busyButton(t("test.delete"), async () => {
        draw(await context.api.delete(`test-tickets/${id}`));
        context.toast(t("test.deleted"), "good");
      }, { kind: "danger" }),
      isThere && el("span", { class: "quiet" }, t("test.orLeave"))),
  ];
}

function headline(ticket, link) {
  const when = el("time", { datetime: ticket.createdAt, title: fullDateTime(ticket.createdAt) }, ago(ticket.createdAt));
  const kind = ticket.state === "there" ? (ticket.verdict === "same" ? "good" : "warn")
    : { failed: "bad", in_doubt: "warn" }[ticket.state] ?? "info";
  const title = ticket.state === "there" ? t(ticket.verdict === "same" ? "test.same" : "test.differs") : t(`test.states.${ticket.state}`);
  return notice({ kind, title, message: ticket.message, remedy: ticket.remedy,
    actions: [link, el("span", { class: "quiet" }, when,
      ticket.deletedAt && ` · ${t("test.deletedAt", { time: dateTime(ticket.deletedAt) })}`)] });
}

const verdictKinds = { same: "good", differs: "warn", missing: "bad" };

function comparison(ticket) {
  return dataTable({
    caption: t("test.comparison"), rows: ticket.fields,
    columns: [
      { label: t("test.field"), heading: true, cell: (field) => field.name },
      { label: t("test.sent"), cell: (field) => value(field.sent) },
      { label: t("test.stored"), cell: (field) => value(field.stored) },
      { label: t("test.result"), cell: (field) => badge(t(`test.verdicts.${field.verdict}`), verdictKinds[field.verdict]) },
    ],
  });
}

function value(text) {
  if (text === null || text === "") return el("span", { class: "quiet" }, t("test.empty"));
  // What scrolls must be reached by the keyboard, too.
  return el("div", text.length > longText ? { class: "field-value long", tabindex: "0" } : { class: "field-value" }, text);
}
