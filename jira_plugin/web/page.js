// What all pages are made of: heading, sections, and regions that load.

import { el, fill } from "./dom.js";
import { isAbort } from "./api.js";
import { t } from "./strings.js";
import { errorNotice } from "./components/notice.js";

export const patienceMs = 300;

/** The page's heading. Its h1 gets the focus when the page opens. */
export function pageHeader(title, lead, ...actions) {
  return el("header", { class: "page-header" },
    el("div", {}, el("h1", { tabindex: "-1" }, title), lead && el("p", { class: "lead" }, lead)),
    actions.flat().some(Boolean) && el("div", { class: "actions" }, actions));
}

/** A card with a heading. */
export function section(title, ...children) {
  return el("section", { class: "card" }, el("h2", {}, title), children);
}

/** A list of names and values; pairs without a value are left out. */
export function facts(pairs) {
  return el("dl", { class: "facts" }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false)
    .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

/** Grey bars in place of what is still to come. */
export function skeleton(lines = 3) {
  return el("div", { class: "skeleton", "aria-hidden": "true" }, Array.from({ length: lines }, () => el("span")));
}

/**
 * Fills a region with what `work` returns (nodes). Until then the region is busy, with a skeleton once it takes
 * longer than a moment; an error is shown there with a button to try again.
 * @returns whether it worked
 */
export async function load(region, work, { lines = 3 } = {}) {
  region.setAttribute("aria-busy", "true");
  const timer = setTimeout(() => fill(region, skeleton(lines)), patienceMs);
  try {
    const content = await work();
    clearTimeout(timer);
    if (content !== undefined) fill(region, content);
    else region.querySelector(":scope > .skeleton")?.remove();
    return true;
  } catch (error) {
    if (isAbort(error)) return false;
    fill(region, errorNotice(error, () => load(region, work, { lines })));
    return false;
  } finally {
    clearTimeout(timer);
    region.setAttribute("aria-busy", "false");
  }
}

/** A region of its own that loads at once: loaded(() => api.get(...).then(draw)). */
export function loaded(work, options) {
  const region = el("div", { class: "region" });
  load(region, work, options);
  return region;
}

/** The error of a page that could not even begin. */
export function failedPage(error, retry) {
  return [pageHeader(t("errors.page")), errorNotice(error, retry)];
}
