// Settings that the organisation has and a project may differ in: whose are shown, saving them, going back to inherit.

import { el } from "../dom.js";
import { query } from "../api.js";
import { load } from "../page.js";
import { t } from "../strings.js";
import { busyButton } from "../components/button.js";
import { confirmDialog } from "../components/dialog.js";
import { selectField } from "../components/field.js";
import { notice } from "../components/notice.js";
import { saveBar } from "../components/save_bar.js";

export class SettingsScope {
  /**
   * @param projects of the API, to choose from
   * @param address of the settings in the API; a project's are below it
   * @param saved what is said when they are saved
   * @param content async ({settings, isEditable, onChange}) => {form, nodes}; the form has `value`, `isChanged` and `ownsAnything`
   */
  constructor(context, projects, { address, saved, content }) {
    Object.assign(this, { context, projects, address, saved, content });
    this.id = projects.find(({ id, key }) => [id, key].includes(context.query.get("project")))?.id ?? "";
    this.form = null;
    this.body = el("div", { class: "page" });
    this.choice = selectField({ label: t("scope.label"), hint: t("scope.hint"), value: this.id, onChange: (id) => this.change(id),
      options: [{ value: "", label: t("scope.organisation", { organisation: context.session.organisation.name }) },
        ...projects.map(({ id, key }) => ({ value: id, label: key }))] });
    this.card = el("div", { class: "card" }, this.choice.element);
  }

  /** The project whose settings are shown; null for the organisation. */
  get project() { return this.projects.find(({ id }) => id === this.id) ?? null; }
  get path() { return this.id ? `${this.address}/${encodeURIComponent(this.id)}` : this.address; }
  get isEditable() { return this.id ? this.context.mayEdit(this.id) : this.context.isAdmin; }
  get isChanged() { return Boolean(this.form?.isChanged); }

  show() {
    return load(this.body, async () => {
      const settings = await this.context.api.get(this.path, { signal: this.context.signal });
      const bar = saveBar(this.context, { save: () => this.save(), discard: () => this.reload() });
      const { form, nodes } = await this.content({ settings, isEditable: this.isEditable, onChange: () => bar.show(form.isChanged ? 1 : 0) });
      this.form = form;
      return [!this.isEditable && notice({ kind: "info", title: t(this.id ? "scope.notYours" : "scope.adminOnly") }), nodes, bar.element];
    }, { lines: 8 });
  }

  async change(next) {
    if (this.isChanged && !(await confirmDialog({ title: t("shell.unsavedTitle"), body: t("shell.unsavedText"),
      confirm: t("shell.unsavedLeave"), cancel: t("shell.unsavedStay"), danger: true }))) {
      this.choice.value = this.id;
      return;
    }
    this.id = next;
    this.context.setQuery(query({ project: this.project?.key }));
    await this.reload();
  }

  async save() {
    await this.context.api.put(this.path, this.form.value);
    this.context.toast(this.saved, "good");
    await this.reload();
  }

  async reload() {
    this.context.setUnsaved(false);
    await this.show();
  }

  /** A button with which a project goes back to what the organisation has; nothing where that is so already. */
  inheritAll(form) {
    return this.id && form.ownsAnything && this.isEditable && el("div", { class: "actions" }, busyButton(t("scope.inheritAll"), async () => {
      await this.context.api.delete(this.path);
      this.context.toast(this.saved, "good");
      await this.reload();
    }));
  }
}
