// The same Jira project, issue type and assignee for several projects at once.

import { el, fill } from "../dom.js";
import { t } from "../strings.js";
import { button } from "../components/button.js";
import { combobox, within } from "../components/combobox.js";
import { openDialog } from "../components/dialog.js";
import { typeItem } from "./jira_choices.js";

/** @returns a promise of {project, type, assignee} (items of comboboxes), or undefined */
export function askForMany(count, choices) {
  const draft = { project: null, type: null, assignee: null };
  const rest = el("div", { class: "stack-wide" });
  const project = combobox({ label: t("projects.jiraProject"), required: true, search: (text, options) => choices.projects(text, options),
    onChange: (item) => { Object.assign(draft, { project: item, type: null, assignee: null }); draw(); } });
  let type;

  function draw() {
    type = combobox({ label: t("projects.issueType"), required: true, disabled: !draft.project,
      search: async (text, options) => within((await choices.types(draft.project.value)).map(typeItem))(text, options),
      onChange: (item) => { draft.type = item; } });
    const assignee = combobox({ label: t("projects.assignee"), placeholder: t("projects.byPolicy"), disabled: !draft.project,
      search: (text, options) => choices.people(draft.project.value, text, options), onChange: (item) => { draft.assignee = item; } });
    fill(rest, type.element, assignee.element);
  }

  draw();
  return openDialog({
    title: t("projects.bulkTitle", { count }),
    body: () => [el("p", {}, t("projects.bulkText")), project.element, rest],
    actions: (close) => [
      button(t("shell.cancel"), () => close()),
      button(t("projects.bulkApply"), () => {
        if (!draft.project) return project.setError(t("projects.chooseProject"));
        if (!draft.type) return type.setError(t("projects.chooseType"));
        close(draft);
      }, { kind: "primary" }),
    ],
  });
}
