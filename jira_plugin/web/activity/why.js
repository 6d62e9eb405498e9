// "Why was this finding not pushed?": choose one, read the answer.

import { el, externalLink, fill } from "../dom.js";
import { query } from "../api.js";
import { load } from "../page.js";
import { t } from "../strings.js";
import { severityBadge } from "../components/badge.js";
import { linkButton } from "../components/button.js";
import { combobox } from "../components/combobox.js";
import { notice } from "../components/notice.js";

export const verdictKinds = { created: "good", queued: "info", waiting: "info", in_doubt: "warn", parked: "bad", not_asked: "info",
                              not_mapped: "warn", not_connected: "warn", settled: "info" };

export function whyCard(context, project) {
  const { api, signal } = context;
  const answer = el("div", { class: "region" });
  const choice = combobox({
    label: t("activity.whyFinding"), hint: t("activity.whyHint"),
    search: async (text, options) => {
      const { findings } = await api.get(`findings${query({ project, text, limit: 20 })}`, options);
      return { items: findings.map((finding) => ({ value: finding.id, label: finding.title, hint: `${finding.projectKey} · ${finding.id}` })) };
    },
    onChange: (item) => (item ? explain(item.value) : fill(answer)),
  });

  function explain(finding) {
    load(answer, async () => {
      const told = await api.get(`findings/${encodeURIComponent(finding)}/explanation`, { signal });
      return [
        el("div", { class: "row" }, severityBadge(told.finding.severity), el("span", {}, told.finding.title)),
        notice({ kind: verdictKinds[told.verdict] ?? "info", title: told.message, remedy: told.remedy,
          actions: [told.push?.ticket && externalLink(told.push.ticket.url, told.push.ticket.key),
            linkButton(t("activity.ofFinding"), context.href(`/finding/${encodeURIComponent(finding)}`))] }),
      ];
    });
  }
  return [choice.element, answer];
}
