// What there is to choose in Jira: projects and people by search, issue types and fields once per page.

import { query } from "../api.js";
import { t } from "../strings.js";

const jiraPath = (...parts) => `jira/projects/${parts.map(encodeURIComponent).join("/")}`;

export const projectItem = (project) => ({ value: project.id, label: `${project.key} · ${project.name}`,
  hint: project.teamManaged ? t("projects.teamManaged") : "", project });
export const typeItem = (type) => ({ value: type.id, label: type.name, type });
export const personItem = (person) => ({ value: person.accountId, label: person.name || person.accountId, hint: person.username ?? person.email ?? "" });

export class JiraChoices {
  #api;
  #types = new Map();
  #screens = new Map();

  constructor(api) {
    this.#api = api;
  }

  /** For a combobox: page after page from Jira, never all of them. */
  async projects(text, { cursor, signal }) {
    const { projects, next } = await this.#api.get(`jira/projects${query({ query: text, startAt: cursor })}`, { signal });
    return { items: projects.map(projectItem), next };
  }

  async people(projectId, text, { signal }) {
    const { users } = await this.#api.get(`${jiraPath(projectId, "assignable-users")}${query({ query: text })}`, { signal });
    return { items: users.map(personItem) };
  }

  /** The issue types of a project that stand alone. */
  types(projectId) {
    return this.#once(this.#types, projectId, async () => {
      const { issueTypes } = await this.#api.get(jiraPath(projectId, "issue-types"));
      return issueTypes.filter((type) => !type.subtask);
    });
  }

  /** {fields, priorities, suggestedPriorities} of a create screen. */
  screen(projectId, typeId) {
    return this.#once(this.#screens, `${projectId} ${typeId}`, () => this.#api.get(jiraPath(projectId, "issue-types", typeId, "fields")));
  }

  /** Asks once; a failed answer is asked for again. */
  #once(known, key, ask) {
    if (!known.has(key)) known.set(key, ask().catch((error) => { known.delete(key); throw error; }));
    return known.get(key);
  }
}
