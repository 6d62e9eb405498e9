// Elements. All text is set as text: nothing here, or anywhere in these pages, turns a string into markup.

const properties = new Set(["value", "checked", "disabled", "hidden", "indeterminate", "readOnly", "selected", "open"]);
const addresses = new Set(["href", "src"]);

/**
 * An element with attributes and children.
 * Attributes: onclick and the like take functions, value/checked/disabled/... are set as properties,
 * true stands for an empty attribute, and null, undefined and false leave it out.
 * Children: nodes, texts, numbers, lists of them; null, undefined and false are left out.
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) set(element, key, value);
  append(element, children);
  return element;
}

function set(element, key, value) {
  if (typeof value === "function" && key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (properties.has(key)) element[key] = value;
  else if (value === null || value === undefined || value === false) return;
  else if (key === "style" || key.startsWith("on") || key === "srcdoc") throw new TypeError(`No ${key} here.`);
  else if (addresses.has(key)) element.setAttribute(key, safeAddress(value));
  else element.setAttribute(key, value === true ? "" : String(value));
}

export function append(element, children) {
  for (const child of [children].flat(Infinity))
    if (child !== null && child !== undefined && child !== false) element.append(child);
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Only addresses of the web: an address from elsewhere could be a script. */
export function safeAddress(address) {
  try {
    const url = new URL(address, location.href);
    return url.protocol === "https:" || url.protocol === "http:" ? String(address) : "#";
  } catch {
    return "#";
  }
}

/** A link to another site, in a tab of its own; plain text when the address is not one of the web. */
export function externalLink(address, label, attributes = {}) {
  if (!/^https?:\/\//i.test(address || "")) return el("span", {}, label);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...attributes }, label);
}

let lastId = 0;

/** An id that no other element of the page has. */
export function uniqueId(prefix = "id") {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

const svgSpace = "http://www.w3.org/2000/svg";

const paths = {
  good: "M4 10.5l4 4 8-9",
  bad: "M5.5 5.5l9 9m0-9l-9 9",
  warn: "M10 5v6m0 3.5v.5",
  info: "M10 9v6m0-10v.5",
  arrow: "M4 10h11m-4.5-5L15 10l-4.5 5",
  external: "M8 5H5v10h10v-3m-3-7h4v4m0-4l-7 7",
  search: "M9 4a5 5 0 100 10A5 5 0 009 4zm4 9l4 4",
  copy: "M7 7h8v9H7zM5 13V4h8",
};

/** A small picture that says nothing a text beside it does not say. */
export function icon(name) {
  const svg = document.createElementNS(svgSpace, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svgSpace, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}
