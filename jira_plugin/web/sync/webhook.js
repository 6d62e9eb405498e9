// Whether Jira tells us of changes: state, what was heard, what mends it, and setting it up by hand.

import { el, fill } from "../dom.js";
import { facts, load } from "../page.js";
import { ago, dateTime, fullDateTime, number, t } from "../strings.js";
import { webhookBadge } from "../components/badge.js";
import { busyButton, copyButton } from "../components/button.js";
import { confirmDialog } from "../components/dialog.js";
import { errorNotice, notice } from "../components/notice.js";

const noticeKinds = { healthy: null, off: null, registering: "info", unproven: "info", expired: "warn", manual: "warn" };

/** A card that loads by itself. `guide`: with the steps for a Jira admin where the webhook is created by hand. */
export function webhookCard(context, { guide = true } = {}) {
  const head = el("div", { class: "card-head" }, el("h2", {}, t("webhook.title")));
  const body = el("div", { class: "region" });
  load(body, async () => draw(await context.api.get("webhook", { signal: context.signal })));
  return el("section", { class: "card", id: "webhook" }, head, body);

  function draw(webhook) {
    fill(head, el("h2", {}, t("webhook.title")), webhookBadge(webhook.state));
    const trouble = el("div", { role: "status" });
    const ask = (action, done) => async () => {
      const next = await context.api.post(`webhook/${action}`, {}, { signal: context.signal });
      context.toast(t(done), "good");
      fill(body, draw(next));
      body.querySelector("button, a")?.focus();
    };
    const onError = (error) => fill(trouble, errorNotice(error));
    return [
      sentence(webhook),
      facts([
        [t("webhook.heard"), webhook.heardAt ? time(webhook.heardAt) : webhook.state !== "off" && t("webhook.nothingHeard")],
        [t("webhook.delay"), webhook.delayMs !== null && t("webhook.delayOf", { seconds: number(webhook.delayMs / 1000) })],
        [t("webhook.expires"), webhook.expiresAt && time(webhook.expiresAt)],
        [t("webhook.checked"), webhook.checkedAt && time(webhook.checkedAt)],
      ]),
      trouble,
      context.isAdmin && webhook.state !== "off" && el("div", { class: "actions" },
        webhook.repairable && busyButton(t("webhook.repair"), ask("repair", "webhook.repaired"), { kind: "primary", onError }),
        busyButton(t(webhook.state === "manual" ? "webhook.verify" : "webhook.check"), ask("check", "webhook.checkBegun"), { onError })),
      guide && webhook.manual && manualSetup(webhook.manual, context, { rotate: ask("rotate", "webhook.rotated") }),
    ];
  }
}

function sentence({ state, message, remedy }) {
  const kind = state in noticeKinds ? noticeKinds[state] : "bad";
  if (!kind) return el("p", {}, `${message} ${remedy ?? ""}`.trim());
  return notice({ kind, title: message, remedy });
}

const time = (iso) => el("time", { datetime: iso, title: fullDateTime(iso) }, `${dateTime(iso)} (${ago(iso)})`);

/** The words for a Jira admin, each value with a button that copies it. */
function manualSetup(manual, context, { rotate }) {
  const secret = el("div", { class: "region" });
  return el("details", {}, el("summary", {}, t("webhook.byHand")),
    el("div", { class: "stack-wide" },
      el("ol", { class: "steps" }, manual.steps.map((step) => el("li", {}, step))),
      copied(t("webhook.url"), manual.url),
      el("p", { class: "quiet small" }, t("webhook.urlSecret")),
      manual.hasSecret && secretPlace(secret, context),
      el("div", {}, el("p", { class: "copy-label" }, t("webhook.events")),
        el("ul", { class: "chips" }, manual.events.map((event) => el("li", { class: "chip" }, event)))),
      manual.jql && copied(t("webhook.jql"), manual.jql),
      el("div", { class: "actions" }, busyButton(t("webhook.rotate"), async () => {
        const sure = await confirmDialog({ title: t("webhook.rotateTitle"), body: t("webhook.rotateText"), confirm: t("webhook.rotate") });
        if (sure) await rotate();
      }))));
}

/** Not on the page before somebody asks for it, and gone again with the page. */
function secretPlace(place, context) {
  const show = busyButton(t("webhook.showSecret"), async () => {
    const { secret } = await context.api.post("webhook/secret", {}, { signal: context.signal });
    fill(place, copied(t("webhook.secret"), secret));
  }, { onError: (error) => fill(place, actions, errorNotice(error)) });
  const actions = el("div", { class: "actions" }, show);
  fill(place, actions);
  return place;
}

function copied(label, value) {
  return el("div", {}, el("p", { class: "copy-label" }, label),
    el("div", { class: "copy-row" }, el("code", {}, value), copyButton(value, t("webhook.copy", { name: label }))));
}
