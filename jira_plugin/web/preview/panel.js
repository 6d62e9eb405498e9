// The live preview: a finding is chosen, the ticket follows every change of the settings beside it.

import { el, fill } from "../dom.js";
import { isAbort, query } from "../api.js";
import { t } from "../strings.js";
import { combobox } from "../components/combobox.js";
import { errorNotice } from "../components/notice.js";
import { ticketPreview } from "./ticket.js";

const settleMs = 400;

export class PreviewPanel {
  /** @param tried () -> members for POST /api/preview that are tried out instead of what is stored */
  constructor(context, { project = "", tried }) {
    this.context = context;
    this.project = project;
    this.tried = tried;
    this.finding = null;
    this.result = el("div", { class: "region" });
    this.choice = combobox({ label: t("preview.finding"), hint: t("preview.findingHint"), search: (text, options) => this.search(text, options),
      onChange: (item) => { this.finding = item; this.show(); } });
    this.element = [this.choice.element, this.result];
  }

  async search(text, { signal }) {
    const { findings } = await this.context.api.get(`findings${query({ project: this.project, text, limit: 20 })}`, { signal });
    return { items: findings.map((finding) => ({ value: finding.id, label: finding.title,
      hint: `${finding.projectKey} · ${t(`severities.${finding.severity}`)}` })) };
  }

  /** Takes the first finding there is, so that there is something to see at once. */
  async begin() {
    try {
      const { items } = await this.search("", { signal: this.context.signal });
      if (items.length === 0) return fill(this.result, el("p", { class: "quiet" }, t("preview.noFindings")));
      this.finding = items[0];
      this.choice.value = items[0];
    } catch (error) {
      if (!isAbort(error)) fill(this.result, errorNotice(error));
      return;
    }
    await this.show();
  }

  /** After a change: waits until no more changes come. */
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), settleMs);
  }

  async show() {
    this.running?.abort();
    if (!this.finding) return fill(this.result);
    const control = new AbortController();
    this.running = control;
    this.result.setAttribute("aria-busy", "true");
    try {
      const preview = await this.context.api.post("preview", { finding: this.finding.value, ...this.tried() }, { signal: control.signal });
      fill(this.result, ticketPreview(preview));
    } catch (error) {
      if (isAbort(error)) return;
      fill(this.result, errorNotice(error));
    }
    this.result.setAttribute("aria-busy", "false");
  }
}
