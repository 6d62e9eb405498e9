// Connecting Jira Data Center, step by step: the key pair, the application link in Jira, the checks, Jira's own page.

import { el, fill } from "../dom.js";
import { facts, load, section } from "../page.js";
import { dateTime, fullDateTime, t } from "../strings.js";
import { busyButton, copyButton } from "../components/button.js";
import { confirmDialog } from "../components/dialog.js";
import { textField } from "../components/field.js";
import { errorNotice, notice } from "../components/notice.js";
import { tabs } from "../components/tabs.js";
import { consentControl } from "./consent.js";

/**
 * @param hasMoved async () => whether the connection has changed
 * @param onProgress called with {result} once Jira has the consent
 */
export function dataCenterSteps({ api, signal, toast }, connection, { hasMoved, onProgress }) {
  const body = el("div", { class: "region" });
  load(body, async () => steps(await api.get("connection/data-center", { signal })));
  return body;

  function steps(link) {
    return [
      section(t("dataCenter.keys"), el("p", {}, t("dataCenter.keysText")), keyPair(link)),
      section(t("dataCenter.link"), el("p", {}, t("dataCenter.linkText")), linkSteps(link)),
      section(t("dataCenter.verify"), el("p", {}, t("dataCenter.verifyText")), verification(link)),
    ];
  }

  function keyPair(link) {
    const trouble = el("div", { class: "region" });
    const overlaps = connection.deployment === "data_center" && connection.state === "connected";
    const regenerate = busyButton(t("dataCenter.regenerate"), async () => {
      const isSure = await confirmDialog({ title: t("dataCenter.regenerateTitle"),
        body: t(overlaps ? "dataCenter.regenerateConnected" : "dataCenter.regenerateText"),
        confirm: t("dataCenter.regenerate"), danger: true });
      if (!isSure) return;
      const made = await api.post("connection/data-center/keys", { confirm: true });
      fill(body, steps(made));
      toast(t("dataCenter.regenerated"), "good");
    }, { kind: "quiet", onError: (error) => fill(trouble, errorNotice(error)) });
    const key = textField({ label: t("dataCenter.publicKey"), value: link.publicKey, multiline: true, readOnly: true, rows: 9,
      class: "mono", onfocus: (event) => event.target.select() });
    return [
      link.replacesKeyOf && notice({ kind: "info", message: t("dataCenter.replaces", { time: dateTime(link.replacesKeyOf) }) }),
      copyRow(t("dataCenter.consumerKey"), link.consumerKey),
      key.element,
      el("div", { class: "actions" }, copyButton(link.publicKey, t("dataCenter.copyKey")),
        copyButton(link.publicKeyLine, t("dataCenter.copyKeyLine"))),
      el("p", { class: "quiet" }, t("dataCenter.keyForms")),
      el("div", { class: "row" }, el("span", { class: "quiet", title: fullDateTime(link.createdAt) },
        t("dataCenter.made", { time: dateTime(link.createdAt) })), regenerate),
      trouble,
    ];
  }

  function verification(link) {
    const field = textField({ label: t("dataCenter.url"), hint: t("dataCenter.urlHint"), type: "url", inputmode: "url",
      autocomplete: "off", spellcheck: "false", value: link.verified?.url ?? connection.site?.url ?? "" });
    return [
      link.verified && facts([[t("dataCenter.verified"),
        t("dataCenter.verifiedText", { url: link.verified.url, version: link.verified.version, time: dateTime(link.verified.at) })]]),
      field.element,
      consentControl({
        label: t("dataCenter.verifyButton"), words: "consentServer", signal, hasMoved, onProgress,
        authorize: async () => {
          field.setError("");
          const url = field.value.trim();
          if (!url) {
            field.setError(t("dataCenter.urlMissing"));
            field.focus();
            return null;
          }
          return (await api.post("connection/data-center/verify", { url }, { signal })).authorizeUrl;
        },
      }),
    ];
  }
}

/** What to do in Jira, in the words of the release. */
function linkSteps(link) {
  const value = (name, text) => copyRow(t(`dataCenter.${name}`), text);
  const start = [
    [t("dataCenter.open")],
  ];
  const end = [
    [t("dataCenter.ignoreWarning")],
    [t("dataCenter.application"), value("applicationName", link.consumerName)],
    [t("dataCenter.incoming"), value("consumerKey", link.consumerKey), value("consumerName", link.consumerName),
      el("p", { class: "field-hint" }, t("dataCenter.incomingKey")), value("callback", link.callbackUrl)],
  ];
  const list = (items) => el("ol", { class: "steps" }, items.map((item) => el("li", {}, el("div", { class: "stack" }, item))));
  const old = [...start, [t("dataCenter.enterUrl"), value("linkUrl", link.linkUrl)], ...end];
  const since822 = [...start, [t("dataCenter.createLink"), notice({ kind: "info", message: t("dataCenter.notExternal") }),
    value("applicationUrl", link.linkUrl)], ...end];
  return [
    tabs({ label: t("dataCenter.versions"), tabs: [
      { id: "until821", label: t("dataCenter.until821"), render: () => list(old) },
      { id: "since822", label: t("dataCenter.since822"), render: () => list(since822) },
      { id: "since10", label: t("dataCenter.since10"), render: () => list(since822) },
    ], selected: "since822" }).element,
    el("p", { class: "quiet" }, t("dataCenter.outgoing")),
  ];
}

/** A value with a button that copies it. */
function copyRow(label, text) {
  return el("div", { class: "copy-row" }, el("span", { class: "copy-label" }, label), el("code", {}, text),
    copyButton(text, t("dataCenter.copy", { name: label })));
}
