// How the connection stands, what became of the findings, and the way to disconnect.

import { el, externalLink, fill, icon } from "../dom.js";
import { facts, load, loaded, pageHeader } from "../page.js";
import { dateTime, fullDateTime, number, t } from "../strings.js";
import { badge, connectionBadge } from "../components/badge.js";
import { busyButton, button, linkButton } from "../components/button.js";
import { confirmDialog } from "../components/dialog.js";
import { errorNotice, notice } from "../components/notice.js";
import { webhookCard } from "../sync/webhook.js";

const tiles = [["created", ""], ["queued", ""], ["waiting", ""], ["in_doubt", "warn"], ["parked", "bad"]];

export async function render(root, context) {
  const body = el("div", { class: "page" });
  root.append(pageHeader(t("overview.title"), t("overview.lead")), body);
  const show = () => load(body, async () => {
    const connection = await context.api.get("connection", { signal: context.signal });
    return [handedOver(connection, context, show), connectionCard(connection, context, show),
      connection.site && webhookCard(context, { guide: connection.webhook.state === "manual" }),
      connection.ticketsElsewhere > 0 && context.isAdmin && ticketsElsewhere(connection, context),
      connection.site && nextSteps(context), ticketCounts(context)];
  });
  show();
}

function connectionCard(connection, context, show) {
  const content = connection.site ? connected(connection, context, show) : notConnected(connection, context);
  return el("section", { class: "card" },
    el("div", { class: "card-head" }, el("h2", {}, t("overview.connection")), connectionBadge(shownState(connection))), content);
}

function shownState(connection) {
  const begun = connection.choosingSite || ["open", "choosing_site"].includes(connection.handover?.state);
  return connection.state === "not_connected" && begun ? "connecting" : connection.state;
}

function connected(connection, context, show) {
  const site = externalLink(connection.site.url, [connection.site.name, " ", icon("external"), el("span", { class: "visually-hidden" }, t("shell.opensTab"))]);
  return [
    connection.attention && notice({ kind: "warn", title: connection.attention.message, remedy: connection.attention.remedy }),
    connection.choosingSite && siteWaits(context),
    facts([
      [t("overview.site"), site],
      [t("overview.version"), connection.version],
      connection.username ? [t("overview.username"), `${connection.account} (${connection.username})`]
        : [t("overview.account"), connection.account],
      [t("overview.since"), connection.connectedAt && el("time", { datetime: connection.connectedAt, title: fullDateTime(connection.connectedAt) }, dateTime(connection.connectedAt))],
      [t("overview.by"), connection.connectedByName ?? connection.connectedBy],
    ]),
    context.isAdmin && el("div", { class: "actions" },
      linkButton(t("overview.reconnect"), context.href("/connect"), { kind: connection.attention ? "primary" : "" }),
      button(t("overview.disconnect"), () => disconnect(connection, context, show), { kind: "danger" })),
  ];
}

function siteWaits(context) {
  return notice({ kind: "info", title: t("overview.siteWaits"),
    actions: [linkButton(t("overview.chooseSite"), context.href("/connect"), { kind: "primary" })] });
}

function notConnected(connection, context) {
  const organisation = context.session.organisation.name;
  return [
    connection.attention && notice({ kind: "warn", title: connection.attention.message, remedy: connection.attention.remedy }),
    connection.choosingSite && siteWaits(context),
    el("p", {}, t("overview.invitation")),
    connection.previousSite && el("p", { class: "quiet" }, t("connect.previous", { site: connection.previousSite.name })),
    connection.handover?.state === "open" && el("p", { class: "quiet" }, t("overview.handedOver", { time: dateTime(connection.handover.expiresAt) })),
    context.isAdmin
      ? !connection.choosingSite && el("div", { class: "actions" }, linkButton(t("shell.connectJira"), context.href("/connect"), { kind: "primary" }))
      : el("p", { class: "quiet" }, t("connect.askAdmin", { organisation })),
  ];
}

/** Tells the admins that somebody finished the step that was handed over. */
function handedOver({ handover }, context, show) {
  if (handover?.state !== "done") return null;
  return notice({ kind: "good", title: t("handover.done", { name: handover.doneByName || t("handover.somebody") }),
    actions: [busyButton(t("overview.dismiss"), async () => {
      await context.api.delete("connection/handover");
      await show();
    })] });
}

/** After a move to another Jira: looks for the tickets there, portion by portion, and reports what was found. */
function ticketsElsewhere({ ticketsElsewhere: count, site }, context) {
  const report = el("div", { class: "region", "aria-live": "polite" });
  const relink = busyButton(t("relink.start"), async () => {
    let found = 0;
    const missing = [];
    for (let after = ""; after !== null;) {
      const portion = await context.api.post("links/relink", after ? { after } : {}, { signal: context.signal });
      found += portion.found;
      missing.push(...portion.tickets.filter((ticket) => !ticket.found));
      after = portion.next;
    }
    fill(report, notice({ kind: missing.length > 0 ? "warn" : "good", title: t("relink.found", { count: found }),
      message: missing.length > 0 && t("relink.missing", { count: missing.length }) }),
    missing.length > 0 && el("ul", {}, missing.map(({ key, url }) => el("li", {}, externalLink(url, key)))));
  }, { onError: (error) => fill(report, errorNotice(error)) });
  return el("section", { class: "card" }, el("h2", {}, t("relink.title")),
    el("p", {}, t("relink.text", { count, site: site.name })), el("div", { class: "actions" }, relink), report);
}

function nextSteps(context) {
  return loaded(async () => {
    const { projects } = await context.api.get("projects", { signal: context.signal });
    const mapped = projects.filter((project) => project.mapping).length;
    const isComplete = projects.length > 0 && mapped === projects.length;
    return el("section", { class: "card" }, el("div", { class: "card-head" }, el("h2", {}, t("overview.mapping")),
      badge(t("overview.mapped", { mapped, count: projects.length }), isComplete ? "good" : "idle")),
      el("p", {}, t(projects.length === 0 ? "overview.noProjects" : mapped === 0 ? "overview.mapFirst" : "overview.mapMore")),
      projects.length > 0 && el("div", { class: "actions" },
        linkButton(t("connect.mapProjects"), context.href("/projects"), { kind: mapped === 0 ? "primary" : "" }),
        mapped > 0 && linkButton(t("overview.testTicket"), context.href("/test"))));
  });
}

function ticketCounts(context) {
  return loaded(async () => {
    const { counts, pause } = await context.api.get("pushes", { signal: context.signal });
    return [
      el("h2", {}, t("overview.tickets")),
      pause && notice({ kind: "warn", title: pause.message, remedy: pause.remedy }),
      el("div", { class: "tiles" }, tiles.map(([state, kind]) => {
        const count = counts[state] ?? 0;
        return el("a", { class: `tile ${count > 0 ? kind : ""}`.trim(), href: context.href(`/activity?state=${state}`) },
          el("strong", {}, number(count)), el("span", {}, t(`pushStates.${state}`)));
      })),
    ];
  });
}

/** What happens to the webhook: only its maker can take it away. */
function webhookEnd({ webhook }) {
  if (webhook.state === "off") return "noWebhook";
  return webhook.state === "manual" ? "webhookByHand" : "webhook";
}

async function disconnect(connection, context, show) {
  const site = connection.site.name;
  const consequences = [connection.deployment === "data_center" ? "tokensServer" : "tokens", "stops", "tickets", "links", webhookEnd(connection), "mappings"];
  const done = await confirmDialog({
    title: t("disconnect.title", { site }),
    body: [t("disconnect.text"), el("ul", {}, consequences.map((name) => el("li", {}, t(`disconnect.${name}`))))],
    confirm: t("overview.disconnect"), danger: true, expected: site,
    work: () => context.api.delete("connection", { site }),
  });
  if (!done) return;
  context.toast(t("disconnect.done", { site }), "good");
  await show();
}
