// Connecting Jira: the kind of Jira; on Cloud the permissions, Atlassian's consent and the site.

import { el, fill, icon } from "../dom.js";
import { load, pageHeader, section } from "../page.js";
import { t } from "../strings.js";
import { button, linkButton } from "../components/button.js";
import { notice } from "../components/notice.js";
import { consentControl } from "../connection/consent.js";
import { dataCenterSteps } from "../connection/data_center.js";
import { handoverCard } from "../connection/handover.js";
import { permissionsTable } from "../connection/permissions.js";
import { sitePicker } from "../connection/site_picker.js";

export async function render(root, context) {
  const { api, signal, query } = context;
  const connection = await api.get("connection", { signal });
  const result = query.get("result");
  if (result) context.setQuery("");
  const again = Boolean(connection.site);
  const body = el("div", { class: "page" });
  const header = el("div", {}, pageHeader(t(again ? "connect.titleAgain" : "connect.title"),
    t(again ? "connect.leadAgain" : "connect.lead", { site: connection.site?.name })));
  root.append(header, body);

  if (!context.isAdmin) fill(body, notice({ kind: "info", title: t("connect.adminOnly"), message: t("connect.askAdmin", { organisation: context.session.organisation.name }) }));
  else if (connection.choosingSite) showSites();
  else if (again && (result === "connected" || result === "connected_without_projects")) showSuccess(connection, result);
  else showSteps();

  function showSteps() {
    const steps = el("div", { class: "page" });
    fill(body,
      connection.previousSite && notice({ kind: "info", title: t("connect.previous", { site: connection.previousSite.name }) }),
      section(t("connect.deployment"), deploymentChoice(showStepsOf)), steps);
    showStepsOf(firstChoice());

    function showStepsOf(deployment) {
      fill(steps, deployment === "data_center" ? dataCenterSteps(context, connection, { hasMoved, onProgress }) : cloudSteps());
    }
  }

  function firstChoice() {
    return connection.deployment === "data_center" || !connection.configured ? "data_center" : "cloud";
  }

  function cloudSteps() {
    return [
      section(t("connect.authorize"), el("p", {}, t("connect.authorizeText")), permissionsTable(),
        consentControl({
          label: t("connect.authorizeButton"), signal, hasMoved, onProgress,
          authorize: async () => (await api.post("connection/cloud/authorize", {}, { signal })).authorizeUrl,
        })),
      handoverCard(context, connection.handover, () => proceed("connected")),
    ];
  }

  async function hasMoved() {
    const now = await api.get("connection", { signal });
    return now.connectedAt !== connection.connectedAt || now.choosingSite;
  }

  function onProgress({ result: word }) {
    proceed(word);
  }

  async function proceed(word) {
    await load(body, async () => {
      const now = await api.get("connection", { signal });
      if (now.choosingSite) showSites();
      else if (now.site) showSuccess(now, word);
      else showSteps();
    });
  }

  function showSites() {
    const region = el("div", { class: "region" });
    fill(body, section(t("sites.title"), el("p", {}, t("sites.text")), region,
      el("div", { class: "actions" }, button(t("sites.again"), showSteps, { kind: "quiet" }))));
    load(region, async () => {
      const { sites } = await api.get("connection/sites", { signal });
      return sitePicker({
        sites,
        choose: (site, confirm) => api.post("connection/site", confirm ? { site, confirm } : { site }),
        onChosen: (now) => showSuccess(now, "connected"),
      });
    });
    focusOn(body.querySelector("h2"));
  }

  function showSuccess(now, word) {
    const empty = word === "connected_without_projects";
    fill(header, pageHeader(t("connect.title")));
    fill(body,
      el("section", { class: "card empty-state" },
        el("span", { class: "done-mark" }, icon("good")),
        el("h2", { tabindex: "-1" }, t("connect.done")),
        el("p", {}, t("connect.doneText", { site: now.site.name, account: now.account || t("connect.anAccount") })),
        el("div", { class: "actions" },
          linkButton(t("connect.mapProjects"), context.href("/projects"), { kind: empty ? "" : "primary" }),
          linkButton(t("shell.toOverview"), context.href("/"), { kind: "quiet" }))),
      empty && notice({ kind: "warn", title: t("connect.noProjects"), message: t("connect.noProjectsText"),
        actions: [linkButton(t("connect.check"), context.href("/troubleshooting"))] }));
    focusOn(body.querySelector("h2"));
  }

  function deploymentChoice(onChange) {
    const card = (name, title, text, available) => el("label", { class: "choice", "aria-disabled": available ? null : "true" },
      el("span", { class: "check" },
        el("input", { type: "radio", name: "deployment", value: name, checked: available && name === firstChoice(),
          disabled: !available, onchange: () => onChange(name) }),
        el("span", {}, el("strong", {}, title), el("span", { class: "field-hint" }, text))));
    return el("fieldset", {}, el("legend", { class: "visually-hidden" }, t("connect.deployment")),
      el("div", { class: "choices" },
        card("cloud", t("connect.cloud"), t(connection.configured ? "connect.cloudText" : "connect.cloudMissing"), connection.configured),
        card("data_center", t("connect.dataCenter"), t("connect.dataCenterText"), true)));
  }
}

/** A heading takes the focus when the page has gone a step further by itself. */
function focusOn(heading) {
  heading.tabIndex = -1;
  if (heading.isConnected) heading.focus();
}
