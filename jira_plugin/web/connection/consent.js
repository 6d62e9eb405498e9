// Asking for consent at Atlassian or in Jira: in a pop-up, or in this window when the browser blocks it.

import { el, fill } from "../dom.js";
import { isAbort } from "../api.js";
import { t } from "../strings.js";
import { busyButton, button, linkButton } from "../components/button.js";
import { errorNotice, notice } from "../components/notice.js";

const popupName = "mayo-aspm-jira-consent";
const channelName = "mayo-aspm-jira";
const pollMs = 2_000;
const progress = new Set(["connected", "connected_without_projects", "choose_site", "confirm_other_site"]);

/**
 * The button that begins, and below it what there is to say while the other side asks.
 * @param words section of the texts
 * @param authorize async () => address of the consent page; null when there is nothing to begin with
 * @param hasMoved async () => whether the consent has arrived; asked again and again, should no message come
 * @param onProgress called with {result, message, remedy} once it has arrived
 */
export function consentControl({ label, authorize, hasMoved, onProgress, signal, words = "consent" }) {
  const status = el("div", { class: "region", "aria-live": "polite" });
  let attempt = null;

  const begin = busyButton(label, async () => {
    attempt?.abort();
    attempt = new AbortController();
    status.replaceChildren();
    // Now, in the click: later, the browser would take it for an unwanted pop-up.
    const popup = window.open("", popupName, "popup,width=680,height=820");
    let address;
    try {
      address = await authorize();
    } catch (error) {
      popup?.close();
      throw error;
    }
    if (!address) return popup?.close();
    if (!popup || popup.closed) return fill(status, blocked(address, words));
    popup.location.replace(address);
    popup.focus();
    fill(status, waiting(popup));
    listen(popup, attempt.signal);
  }, { kind: "primary", onError: (error) => fill(status, errorNotice(error)) });

  function waiting(popup) {
    return notice({ kind: "info", title: t(`${words}.waiting`), message: t(`${words}.waitingText`),
      actions: [
        button(t("consent.showWindow"), () => popup.focus()),
        button(t("shell.cancel"), () => {
          stop();
          popup.close();
          status.replaceChildren();
          begin.focus();
        }, { kind: "quiet" }),
      ] });
  }

  function listen(popup, attemptSignal) {
    const channel = new BroadcastChannel(channelName);
    const timer = setInterval(look, pollMs);
    let saidClosed = false;
    let looking = false;
    for (const each of [attemptSignal, signal])
      each.addEventListener("abort", () => {
        channel.close();
        clearInterval(timer);
      }, { once: true });

    channel.addEventListener("message", ({ data }) => {
      popup.close();
      arrived(data);
    });

    async function look() {
      if (looking) return;
      looking = true;
      const wasClosed = popup.closed;
      const moved = await hasMoved().catch(() => false);
      looking = false;
      if (attemptSignal.aborted || signal.aborted) return;
      if (moved) return arrived({ result: "", message: "", remedy: "" });
      // Some browsers call a window closed that has only gone to another site: go on looking.
      if (wasClosed && !saidClosed) {
        saidClosed = true;
        fill(status, notice({ kind: "warn", title: t(`${words}.closed`), message: t(`${words}.closedText`) }));
      }
    }
  }

  function stop() {
    attempt?.abort();
  }

  function arrived(news) {
    stop();
    status.replaceChildren();
    if (news.result === "" || progress.has(news.result)) return onProgress(news);
    fill(status, notice({ kind: "bad", title: news.message, remedy: news.remedy }));
    begin.focus();
  }

  return el("div", { class: "region" }, el("div", { class: "actions" }, begin), status);
}

function blocked(address, words) {
  return notice({ kind: "warn", title: t("consent.blocked"), message: t(`${words}.blockedText`),
    actions: [linkButton(t("consent.here"), address, { kind: "primary", target: "_self" })] });
}

/** Work that is repeated until the signal; errors of single rounds do not end it. */
export function repeat(work, everyMs, signal) {
  const timer = setInterval(() => work().catch((error) => isAbort(error) || console.warn(error.message)), everyMs);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}
