// The list of a combobox: in the browser's top layer, so that no table or dialog cuts it off.

import { el, fill } from "../dom.js";
import { t } from "../strings.js";

const gapPx = 4;
const heightPx = 320;

export class OptionList {
  items = [];
  active = -1;
  isOpen = false;
  onPick = () => {};
  #id;
  #frame = null;
  #place = () => this.#placeAt();

  constructor(id, label) {
    this.#id = id;
    this.list = el("ul", { role: "listbox", id, "aria-label": label });
    this.status = el("p", { class: "combobox-status" });
    this.popup = el("div", { class: "combobox-popup", popover: "manual" }, this.list, this.status);
    // The field keeps the focus.
    this.popup.addEventListener("pointerdown", (event) => event.preventDefault());
    this.popup.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.onPick(this.items[[...this.list.children].indexOf(option)]);
    });
  }

  open(frame) {
    this.#frame = frame;
    this.isOpen = true;
    this.popup.showPopover();
    this.#placeAt();
    addEventListener("scroll", this.#place, { capture: true, passive: true });
    addEventListener("resize", this.#place);
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.popup.hidePopover();
    removeEventListener("scroll", this.#place, { capture: true });
    removeEventListener("resize", this.#place);
    this.#empty();
  }

  /** Shows that an answer is awaited. */
  wait() {
    this.#empty();
    this.say(t("combobox.searching"));
  }

  /** Adds a page of items. */
  add(items, chosenValue) {
    for (const item of items) {
      const isChosen = item.value === chosenValue;
      this.list.append(el("li", { role: "option", id: `${this.#id}-${this.items.length}`, "aria-selected": String(isChosen) },
        el("span", { class: "option-label" }, item.label), item.hint && el("span", { class: "option-hint" }, item.hint)));
      this.items.push(item);
    }
    this.#placeAt();
  }

  say(text) {
    fill(this.status, text);
  }

  /** Makes an item the active one; the ends of the list hold. Returns its element. */
  activate(index) {
    this.list.children[this.active]?.classList.remove("active");
    this.active = this.items.length === 0 ? -1 : Math.min(Math.max(index, 0), this.items.length - 1);
    const option = this.list.children[this.active] ?? null;
    option?.classList.add("active");
    option?.scrollIntoView({ block: "nearest" });
    return option;
  }

  #empty() {
    this.items = [];
    this.active = -1;
    this.list.replaceChildren();
  }

  /** Below the field, or above it where there is more room. */
  #placeAt() {
    if (!this.isOpen) return;
    const field = this.#frame.getBoundingClientRect();
    const below = innerHeight - field.bottom - 2 * gapPx;
    const goesUp = below < 160 && field.top > below;
    const room = Math.min(heightPx, goesUp ? field.top - 2 * gapPx : below);
    const style = this.popup.style;
    style.maxHeight = `${Math.max(room, 120)}px`;
    style.width = `${field.width}px`;
    style.left = `${field.left}px`;
    style.top = goesUp ? "auto" : `${field.bottom + gapPx}px`;
    style.bottom = goesUp ? `${innerHeight - field.top + gapPx}px` : "auto";
  }
}
