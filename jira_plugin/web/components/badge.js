// A word with a colour. The word says it all; the colour only helps to find it.

import { el } from "../dom.js";
import { hasText, t } from "../strings.js";

/** @param kind good, warn, bad, info or idle */
export function badge(text, kind = "idle") {
  return el("span", { class: `badge ${kind}` }, text);
}

const connectionKinds = { connected: "good", needs_attention: "warn", connecting: "info" };
const pushKinds = { created: "good", queued: "info", waiting: "info", in_doubt: "warn", parked: "bad" };

const webhookKinds = { healthy: "good", registering: "info", unproven: "info", manual: "warn", expired: "warn", off: "idle" };

export const webhookBadge = (state) => badge(word("webhookStates", state), webhookKinds[state] ?? "bad");
export const connectionBadge = (state) => badge(word("states", state), connectionKinds[state]);
export const pushBadge = (state) => badge(word("pushStates", state), pushKinds[state]);
export const severityBadge = (severity) =>
  el("span", { class: `badge severity severity-${/^\w+$/.test(severity) ? severity : "info"}` }, word("severities", severity));

function word(section, name) {
  return hasText(`${section}.${name}`) ? t(`${section}.${name}`) : String(name);
}
