// A description in the Atlassian Document Format, drawn as Jira shows it. Every text stays a text.

import { el, externalLink } from "../dom.js";

const marks = {
  strong: (content) => el("strong", {}, content),
  em: (content) => el("em", {}, content),
  code: (content) => el("code", {}, content),
  strike: (content) => el("s", {}, content),
  underline: (content) => el("u", {}, content),
  subsup: (content, attributes) => el(attributes?.type === "sup" ? "sup" : "sub", {}, content),
  link: (content, attributes) => externalLink(attributes?.href, content),
};

const nodes = {
  doc: (node) => el("div", { class: "adf" }, inside(node)),
  paragraph: (node) => el("p", {}, inside(node)),
  // Below the headings of the page around it.
  heading: (node) => el("p", { class: `adf-heading level-${Math.min(Math.max(Number(node.attrs?.level) || 1, 1), 6)}` }, inside(node)),
  text: (node) => (node.marks ?? []).reduce((content, mark) => marks[mark.type]?.(content, mark.attrs) ?? content, node.text ?? ""),
  hardBreak: () => el("br"),
  bulletList: (node) => el("ul", {}, inside(node)),
  orderedList: (node) => el("ol", { start: node.attrs?.order ?? null }, inside(node)),
  listItem: (node) => el("li", {}, inside(node)),
  codeBlock: (node) => el("pre", { tabindex: "0" }, inside(node)),
  blockquote: (node) => el("blockquote", {}, inside(node)),
  panel: (node) => el("div", { class: "adf-panel" }, inside(node)),
  rule: () => el("hr"),
  table: (node) => el("table", { class: "adf-table" }, el("tbody", {}, inside(node))),
  tableRow: (node) => el("tr", {}, inside(node)),
  tableCell: (node) => el("td", {}, inside(node)),
  tableHeader: (node) => el("th", {}, inside(node)),
  status: (node) => el("span", { class: "badge" }, node.attrs?.text ?? ""),
  inlineCard: (node) => externalLink(node.attrs?.url, node.attrs?.url ?? ""),
};

const inside = (node) => (node.content ?? []).map(renderAdf);

/** @param node a node of the document; what is unknown shows what is inside it */
export function renderAdf(node) {
  return Object.hasOwn(nodes, node?.type) ? nodes[node.type](node) : el("span", {}, node?.text ?? inside(node ?? {}));
}
