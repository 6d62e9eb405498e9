// The choice among the sites that the consent covers. Never made for the reader.

import { el, fill, uniqueId } from "../dom.js";
import { t } from "../strings.js";
import { busyButton } from "../components/button.js";
import { confirmDialog } from "../components/dialog.js";
import { errorNotice } from "../components/notice.js";

/**
 * @param sites [{id, name, url}]
 * @param choose async (siteId, confirmed) => anything; throws ApiError
 * @param onChosen called with what `choose` returned
 */
export function sitePicker({ sites, choose, onChosen }) {
  const name = uniqueId("site");
  const trouble = el("div", { class: "region" });
  let chosen = null;
  const cards = sites.map((site) => el("label", { class: "choice" },
    el("span", { class: "check" },
      el("input", { type: "radio", name, value: site.id, onchange: () => { chosen = site; trouble.replaceChildren(); } }),
      el("span", {}, el("strong", {}, site.name), el("span", { class: "field-hint" }, site.url)))));

  async function connect() {
    if (!chosen) {
      fill(trouble, el("p", { class: "field-error", role: "alert" }, t("sites.none")));
      cards[0]?.querySelector("input").focus();
      return;
    }
    try {
      onChosen(await choose(chosen.id, false));
    } catch (error) {
      if (error.code !== "confirm_other_site") throw error;
      await confirmOther(error);
    }
  }

  async function confirmOther(error) {
    let answer;
    const confirmed = await confirmDialog({
      title: t("sites.otherTitle", { site: chosen.name }),
      body: [error.message, t("sites.otherText")],
      confirm: t("sites.otherConfirm", { site: chosen.name }),
      work: async () => { answer = await choose(chosen.id, true); },
    });
    if (confirmed) onChosen(answer);
  }

  return el("div", { class: "region" },
    el("fieldset", {}, el("legend", {}, t("sites.legend", { count: sites.length })), el("div", { class: "choices" }, cards)),
    trouble,
    el("div", { class: "actions" },
      busyButton(t("sites.connect"), connect, { kind: "primary", onError: (error) => fill(trouble, errorNotice(error)) })));
}
