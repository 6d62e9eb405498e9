// Tabs: arrows move between them, one panel is shown.

import { el, fill, uniqueId } from "../dom.js";

/**
 * @param tabs [{id, label, render() -> nodes}]
 * @returns {element, select(id)}
 */
export function tabs({ label, tabs: list, selected = list[0].id, onSelect }) {
  const prefix = uniqueId("tab");
  const panel = el("div", { role: "tabpanel", id: `${prefix}-panel`, tabindex: "0", class: "tab-panel" });
  const buttons = list.map((tab) => el("button", {
    type: "button", role: "tab", id: `${prefix}-${tab.id}`, "aria-controls": panel.id, onclick: () => select(tab.id),
  }, tab.label));
  const bar = el("div", { role: "tablist", class: "tabs", "aria-label": label, onkeydown: move }, buttons);

  function select(id) {
    list.forEach((tab, index) => {
      const isIt = tab.id === id;
      buttons[index].setAttribute("aria-selected", String(isIt));
      buttons[index].tabIndex = isIt ? 0 : -1;
      if (!isIt) return;
      panel.setAttribute("aria-labelledby", buttons[index].id);
      fill(panel, tab.render());
    });
    onSelect?.(id);
  }

  function move(event) {
    const at = buttons.indexOf(document.activeElement);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 };
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const next = (steps[event.key] + buttons.length) % buttons.length;
    buttons[next].focus();
    select(list[next].id);
  }

  select(selected);
  return { element: el("div", {}, bar, panel), select };
}
