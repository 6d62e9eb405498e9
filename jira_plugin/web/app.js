// The status page. Everything shown comes from the JSON API and is set as text, never as markup.

const text = {
  states: {
    not_configured: "Not configured",
    not_connected: "Not connected",
    connected: "Connected",
    needs_attention: "Needs attention",
  },
  results: {
    connected: "Jira is connected.",
    connected_without_projects:
      "Jira is connected, but no Jira projects were found: the account may not create issues in any project.",
    choose_site: "One step is left: choose the Jira site below.",
    confirm_other_site: "This is another Jira site than the one connected before. Confirm it below.",
  },
  severities: { critical: "Critical", high: "High", medium: "Medium", low: "Low", info: "Info" },
  counts: { created: "Created", queued: "Queued", waiting: "Waiting", in_doubt: "In doubt", parked: "Failed" },
  notConnected: "Connect Jira, and findings can become tickets on your teams' boards.",
  askAdmin: "Only an admin can connect Jira. Ask an admin of {organisation}.",
  noProjects: "There are no projects yet.",
  notMapped: "not mapped",
  byPolicy: "by ownership policy",
  byName: "chosen by name",
  priorityId: "id {id}",
  noOverride: "no override",
  noDueDate: "none",
  days: "{days} days",
  businessDays: "{days} business days",
  lost: "The server did not answer. Check your connection and load the page again.",
  otherSite: "This is another site than before. Tickets that exist stay linked to the old one.",
};

const mount = document.body.dataset.mount;
let session = null;

class ApiError extends Error {
  constructor(error) {
    super(error.message);
    this.remedy = error.remedy || "";
    this.code = error.code || "";
  }
}

async function api(method, path, body) {
  const headers = { Accept: "application/json" };
  if (method !== "GET" && session) headers[session.csrf.header] = session.csrf.token;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(`${mount}/api/${path}`, {
      method, headers, credentials: "same-origin", body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError({ message: text.lost });
  }
  const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  const json = isJson ? await answer.json() : {};
  if (!answer.ok) throw new ApiError(json.error || { message: text.lost });
  return json;
}

/** An element with attributes and children; strings become text nodes. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function link(url, label) {
  const isWeb = /^https?:\/\//i.test(url);
  return isWeb ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label) : label;
}

function dateText(iso) {
  return iso ? new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso)) : "";
}

function facts(pairs) {
  const list = el("dl");
  for (const [name, value] of pairs) if (value) list.append(el("dt", {}, name), el("dd", {}, value));
  return list;
}

function table(headings, rows) {
  const head = el("thead", {}, el("tr", {}, ...headings.map((heading) => el("th", { scope: "col" }, heading))));
  const body = el("tbody", {}, ...rows.map((cells) => el("tr", {}, ...cells.map((cell) => el("td", {}, cell)))));
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": headings.join(", ") },
    el("table", {}, head, body));
}

function show(id, ...children) {
  const section = document.getElementById(id);
  section.setAttribute("aria-busy", "false");
  (section.querySelector(".body") || section).replaceChildren(...children);
}

function say(message, remedy, good = false) {
  document.getElementById("messages").replaceChildren(
    el("p", { class: good ? "notice good" : "notice" }, remedy ? `${message} ${remedy}` : message));
}

/** Runs an action of a button once at a time and says what went wrong. */
function action(label, work) {
  const button = el("button", { type: "button", onclick: async () => {
    button.disabled = true;
    try {
      await work();
    } catch (error) {
      say(error.message, error.remedy);
    }
    button.disabled = false;
  } }, label);
  return button;
}

const isAdmin = () => session.roles.includes("admin");

async function connect() {
  const { authorizeUrl } = await api("POST", "connection/cloud/authorize", {});
  location.assign(authorizeUrl);
}

async function chooseSite(site) {
  try {
    await api("POST", "connection/site", { site: site.id });
  } catch (error) {
    if (error.code !== "confirm_other_site" || !confirm(`${error.message} ${text.otherSite}`)) throw error;
    await api("POST", "connection/site", { site: site.id, confirm: true });
  }
  say(text.results.connected, "", true);
  await showAll();
}

async function siteChoice() {
  const { sites } = await api("GET", "connection/sites");
  return el("div", {}, el("p", {}, text.results.choose_site),
    ...sites.map((site) => action(`${site.name} (${site.url})`, () => chooseSite(site))));
}

async function showConnection() {
  const connection = await api("GET", "connection");
  const pill = document.getElementById("state");
  pill.textContent = text.states[connection.state] || connection.state;
  pill.className = `pill ${{ connected: "good", needs_attention: "warn" }[connection.state] || ""}`;
  const parts = [];
  if (connection.attention)
    parts.push(el("p", { class: "notice" }, `${connection.attention.message} ${connection.attention.remedy}`));
  if (connection.site) {
    parts.push(facts([["Site", link(connection.site.url, connection.site.name)], ["Account", connection.account],
      ["Since", dateText(connection.connectedAt)], ["Connected by", connection.connectedBy]]));
  } else if (connection.configured) {
    parts.push(el("p", {}, text.notConnected));
  }
  if (connection.choosingSite) parts.push(await siteChoice());
  if (connection.configured && isAdmin())
    parts.push(action(connection.site ? "Reconnect" : "Connect Jira", connect));
  else if (connection.configured && !connection.site)
    parts.push(el("p", { class: "quiet" }, fill(text.askAdmin, { organisation: session.organisation.name })));
  show("connection", ...parts);
}

async function showCounts() {
  const { counts, pause } = await api("GET", "pushes");
  const tiles = Object.entries(text.counts).map(([state, label]) =>
    el("div", { class: "tile" }, el("strong", {}, (counts[state] ?? 0).toLocaleString()), el("span", { class: "quiet" }, label)));
  show("counts", ...tiles);
  if (pause) say(pause.message, pause.remedy);
}

async function showMappings() {
  const { projects } = await api("GET", "projects");
  const rows = projects.map(({ key, mapping }) => mapping
    ? [key, `${mapping.jiraProject.key} · ${mapping.jiraProject.name}`, mapping.issueType.name,
       mapping.assignee ? mapping.assignee.name : el("span", { class: "quiet" }, text.byPolicy)]
    : [key, el("span", { class: "quiet" }, text.notMapped), "", ""]);
  show("mappings", rows.length ? table(["Mayo ASPM project", "Jira project", "Issue type", "Assignee"], rows)
    : el("p", { class: "quiet" }, text.noProjects));
}

async function showFields() {
  const { effective } = await api("GET", "field-mapping");
  const days = effective.calendar === "business" ? text.businessDays : text.days;
  const rows = Object.entries(text.severities).map(([severity, label]) => [label,
    effective.priorities[severity] ? fill(text.priorityId, { id: effective.priorities[severity] })
      : el("span", { class: "quiet" }, text.byName),
    effective.slaDays[severity] === null ? text.noDueDate : fill(days, { days: effective.slaDays[severity] })]);
  const labels = el("span", {});
  for (const label of effective.labels) labels.append(el("code", {}, label), " ");
  show("fields", facts([["Labels", labels],
    ["Assignee", effective.assignee ? effective.assignee.name || effective.assignee.accountId : text.noOverride],
    ["Time zone", effective.timeZone]]), table(["Severity", "Priority", "Due after"], rows));
}

async function showAll() {
  for (const part of [showConnection, showCounts, showMappings, showFields]) {
    try {
      await part();
    } catch (error) {
      say(error.message, error.remedy);
      if (error.code === "forbidden") {
        document.querySelectorAll("section").forEach((section) => section.remove());
        return;
      }
    }
  }
}

function showResult() {
  const result = new URLSearchParams(location.search).get("result");
  if (!result) return;
  history.replaceState(null, "", `${mount}/`);
  if (Object.hasOwn(text.results, result)) say(text.results[result], "", result === "connected");
}

try {
  session = await api("GET", "session");
  showResult();
  await showAll();
} catch (error) {
  say(error.message, error.remedy);
}
