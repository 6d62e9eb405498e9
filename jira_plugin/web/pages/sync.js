// How tickets and findings are kept in step: for the organisation, and where a project differs.

import { el } from "../dom.js";
import { query } from "../api.js";
import { pageHeader, section } from "../page.js";
import { t } from "../strings.js";
import { notice } from "../components/notice.js";
import { JiraChoices } from "../mapping/jira_choices.js";
import { SettingsScope } from "../scope/scope.js";
import { SyncForm } from "../sync/form.js";

export async function render(root, context) {
  const { api, signal } = context;
  const [{ projects }, { resolutions }] = await Promise.all([api.get("projects", { signal }), api.get("jira/resolutions", { signal })]);
  const choices = new JiraChoices(api);
  const scope = new SettingsScope(context, projects, { address: "sync-settings", saved: t("sync.saved"), content });
  root.append(pageHeader(t("sync.title"), t("sync.lead")), scope.card, scope.body);
  await scope.show();

  async function content({ settings, isEditable, onChange }) {
    const mapping = scope.project?.mappedElsewhere ? null : scope.project?.mapping;
    const form = new SyncForm({ settings, resolutions, isEditable, canInherit: scope.id !== "", onChange,
      workflow: mapping ? await workflowOf(mapping) : null,
      people: mapping && ((text, options) => choices.people(mapping.jiraProject.id, text, options)) });
    return { form, nodes: [
      section(t("sync.close"), el("p", { class: "quiet" }, t("sync.closeText")), form.places.close),
      section(t("sync.reactions"), el("p", { class: "quiet" }, t("sync.reactionsText")), form.places.reactions),
      section(t("sync.statuses"), el("p", { class: "quiet" }, t("sync.statusesText")), targetNotice(mapping), form.places.targets),
      section(t("sync.ownership"), el("p", { class: "quiet" }, t("sync.ownershipText")), form.places.ownership),
      section(t("sync.comments"), el("p", { class: "quiet" }, t("sync.commentsText")), form.places.comments),
      scope.inheritAll(form),
    ] };
  }

  function targetNotice(mapping) {
    if (mapping) return null;
    return notice({ kind: "info", title: t(scope.id ? "sync.notMapped" : "sync.perProject") });
  }

  async function workflowOf({ jiraProject, issueType }) {
    const path = `jira/projects/${encodeURIComponent(jiraProject.id)}`;
    const [{ statuses }, { closing, reopening }] = await Promise.all([
      api.get(`${path}/statuses${query({ issueType: issueType.id })}`, { signal }),
      api.get(`${path}/transition-fields${query({ issueType: issueType.id })}`, { signal })]);
    return { statuses, closing, reopening };
  }
}
