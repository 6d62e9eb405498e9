// The one step that was handed over: any signed-in member of the organisation authorises, and does nothing else.

import { el, fill, icon } from "../dom.js";
import { isAbort } from "../api.js";
import { load, pageHeader, section } from "../page.js";
import { dateTime, t } from "../strings.js";
import { errorNotice, notice } from "../components/notice.js";
import { consentControl } from "../connection/consent.js";
import { permissionsTable } from "../connection/permissions.js";
import { sitePicker } from "../connection/site_picker.js";

// When the consent took place in this window, the address that Atlassian leads back to has no token.
const remembered = "mayo-aspm-jira-handover";

export async function render(root, context) {
  const { api, signal, query } = context;
  const [parameter] = context.parameters;
  const token = parameter === "return" ? sessionStorage.getItem(remembered) : parameter;
  const organisation = context.session.organisation.name;
  const body = el("div", { class: "page" });
  root.append(pageHeader(t("authorize.title"), t("authorize.lead", { organisation })), body);
  if (!token) return showReturn(query.get("result"));
  sessionStorage.setItem(remembered, token);
  const path = `handover/${encodeURIComponent(token)}`;
  try {
    show(await api.get(path, { signal }));
  } catch (error) {
    if (isAbort(error)) return;
    // After the last step the link is used up; that it was this step is in the address.
    if (error.code === "handover_used" && parameter === "return") showReturn(query.get("result"));
    else fill(body, errorNotice(error));
  }

  function show(handover) {
    if (handover.state === "done") showDone();
    else if (handover.state === "choosing_site") showSites(handover.sites);
    else showConsent(handover);
  }

  function showConsent(handover) {
    fill(body,
      notice({ kind: "info", title: t("authorize.asked", { name: handover.createdByName || t("handover.somebody") }),
        message: t("authorize.askedText", { time: dateTime(handover.expiresAt) }) }),
      section(t("permissions.title"), permissionsTable(),
        consentControl({
          label: t("connect.authorizeButton"), signal,
          authorize: async () => (await api.post(`${path}/authorize`, {}, { signal })).authorizeUrl,
          hasMoved: async () => {
            try {
              return (await api.get(path, { signal })).state !== "open";
            } catch (error) {
              return error.code === "handover_used";
            }
          },
          onProgress: proceed,
        })));
  }

  function proceed({ result }) {
    load(body, async () => {
      if (result === "connected" || result === "connected_without_projects") showDone();
      else show(await api.get(path, { signal }));
    });
  }

  function showSites(sites) {
    fill(body, section(t("sites.title"), el("p", {}, t("sites.text")), sitePicker({
      sites,
      choose: (site, confirm) => api.post(`${path}/site`, confirm ? { site, confirm } : { site }),
      onChosen: showDone,
    })));
  }

  function showDone() {
    sessionStorage.removeItem(remembered);
    fill(body, el("section", { class: "card empty-state" },
      el("span", { class: "done-mark" }, icon("good")),
      el("h2", { tabindex: "-1" }, t("authorize.done", { organisation })), el("p", {}, t("authorize.doneText"))));
    const heading = body.querySelector("h2");
    if (heading.isConnected) heading.focus();
  }

  function showReturn(result) {
    if (result === "connected" || result === "connected_without_projects") showDone();
    else fill(body, notice({ kind: "warn", title: t("authorize.reopen"), message: t("authorize.reopenText") }));
  }
}
