// Handing the authorisation to somebody with Jira admin rights: a link that works once, for a day.

import { el, fill } from "../dom.js";
import { dateTime, fullDateTime, t } from "../strings.js";
import { busyButton, copyButton } from "../components/button.js";
import { confirmDialog } from "../components/dialog.js";
import { errorNotice, notice } from "../components/notice.js";
import { textField } from "../components/field.js";
import { repeat } from "./consent.js";

const pollMs = 5_000;

/** @param onDone called when somebody has connected Jira by the link */
export function handoverCard({ api, signal, toast }, handover, onDone) {
  const body = el("div", { class: "region", "aria-live": "polite" });
  let current = handover;
  let madeHere = null;

  const trouble = (error) => body.append(errorNotice(error));
  const isOpen = () => current && current.state !== "done";

  async function make() {
    if (isOpen() && !(await confirmDialog({ title: t("handover.replaceTitle"), body: t("handover.replaceText"), confirm: t("handover.replace") })))
      return;
    madeHere = await api.post("connection/handover");
    await look();
  }

  async function revoke() {
    await api.delete("connection/handover");
    current = null;
    madeHere = null;
    draw();
    toast(t("handover.revoked"), "good");
  }

  async function look() {
    const before = current?.state;
    current = (await api.get("connection", { signal })).handover;
    if (before !== current?.state || madeHere) draw();
    if (current?.state === "done" && before && before !== "done") onDone();
  }

  function draw() {
    if (!isOpen()) madeHere = null;
    fill(body,
      current?.state === "done" && notice({ kind: "good", title: t("handover.done", { name: nameOf(current.doneByName) }) }),
      isOpen() && openLink(),
      el("div", { class: "actions" },
        busyButton(t(isOpen() ? "handover.another" : "handover.create"), make, { onError: trouble }),
        isOpen() && busyButton(t("handover.revoke"), revoke, { kind: "danger", onError: trouble })));
  }

  function openLink() {
    const until = el("span", { title: fullDateTime(current.expiresAt) }, t("handover.until", { time: dateTime(current.expiresAt) }));
    if (current.state === "choosing_site") return notice({ kind: "info", title: t("handover.choosing") });
    if (!madeHere)
      return notice({ kind: "info", title: t("handover.open", { name: nameOf(current.createdByName), time: dateTime(current.createdAt) }),
        message: t("handover.openText", { time: dateTime(current.expiresAt) }) });
    const link = shownLink ?? (shownLink = textField({ label: t("handover.link"), value: madeHere.url, readOnly: true, onfocus: (event) => event.target.select() }));
    link.value = madeHere.url;
    return [link.element, el("div", { class: "row" }, copyButton(madeHere.url, t("handover.copy")), el("span", { class: "quiet" }, until)),
      el("p", { class: "quiet" }, t("handover.once"))];
  }

  let shownLink = null;
  draw();
  repeat(async () => { if (isOpen()) await look(); }, pollMs, signal);
  return el("section", { class: "card" }, el("h2", {}, t("handover.title")), el("p", {}, t("handover.text")), body);
}

const nameOf = (name) => name || t("handover.somebody");
