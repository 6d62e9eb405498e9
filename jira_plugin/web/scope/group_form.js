// Settings in groups; of each group, a project has its own or the organisation's.

import { el, fill } from "../dom.js";
import { t } from "../strings.js";
import { checkField } from "../components/field.js";

/** Each of its `places`, one for a group, belongs somewhere on the page. */
export class GroupForm {
  /**
   * @param settings {own, effective, inherited} of the API
   * @param members the names of the members of each group
   * @param controls for each group (form, disabled) => nodes
   */
  constructor({ settings, members, controls, canInherit, isEditable, onChange }) {
    Object.assign(this, { settings, members, controls, canInherit, isEditable, onChange });
    this.draft = structuredClone(settings.effective);
    this.own = {};
    this.places = {};
    for (const [group, names] of Object.entries(members)) {
      this.own[group] = !canInherit || names.some((name) => name in settings.own);
      this.places[group] = el("div", { class: "region" });
    }
    this.before = JSON.stringify(this.value);
  }

  get isChanged() { return JSON.stringify(this.value) !== this.before; }
  get ownsAnything() { return Object.values(this.own).some(Boolean); }

  /** The members that are set here; the others are inherited. */
  get value() {
    const own = Object.keys(this.members).filter((group) => this.own[group]).flatMap((group) => this.members[group]);
    return Object.fromEntries(own.map((name) => [name, this.draft[name]]));
  }

  drawAll() {
    for (const group of Object.keys(this.members)) this.draw(group);
    return this;
  }

  draw(group) {
    fill(this.places[group], this.canInherit && this.inheritance(group), this.controls[group](this, !this.isEditable || !this.own[group]));
  }

  inheritance(group) {
    return checkField({ label: t("scope.inherit"), checked: !this.own[group], disabled: !this.isEditable, onChange: (inherits) => {
      this.own[group] = !inherits;
      if (inherits) for (const name of this.members[group]) this.draft[name] = structuredClone(this.settings.inherited[name]);
      this.draw(group);
      this.onChange();
    } }).element;
  }

  set(name, value) {
    this.draft[name] = value;
    this.onChange();
  }
}
