// The frame of the pages: top bar, navigation, who is here, and which page is shown.

import { Api, isAbort } from "./api.js";
import { el, fill, icon } from "./dom.js";
import { failedPage, pageHeader, patienceMs, skeleton } from "./page.js";
import { Router } from "./router.js";
import { t } from "./strings.js";
import { linkButton } from "./components/button.js";
import { confirmDialog } from "./components/dialog.js";
import { notice, signInLink } from "./components/notice.js";
import { announce, messagePlaces, toast } from "./components/toast.js";

const mount = document.body.dataset.mount;

/** inNav: shown in the navigation; needsJira: nothing to show before Jira is connected; forAll: no role is needed. */
const pages = [
  { path: "/", name: "overview", inNav: true, load: () => import("./pages/overview.js") },
  { path: "/connect", name: "connect", load: () => import("./pages/connect.js") },
  { path: "/projects", name: "projects", inNav: true, needsJira: true, load: () => import("./pages/projects.js") },
  { path: "/fields", name: "fields", inNav: true, needsJira: true, load: () => import("./pages/fields.js") },
  { path: "/sync", name: "sync", inNav: true, needsJira: true, load: () => import("./pages/sync.js") },
  { path: "/test", name: "test", inNav: true, needsJira: true, load: () => import("./pages/test.js") },
  { path: "/activity", name: "activity", inNav: true, load: () => import("./pages/activity.js") },
  { path: "/troubleshooting", name: "troubleshooting", inNav: true, load: () => import("./pages/troubleshooting.js") },
  { path: /^\/finding\/([^/]+)$/, name: "finding", load: () => import("./pages/finding.js") },
  { path: /^\/authorize\/([^/]+)$/, name: "authorize", forAll: true, load: () => import("./pages/authorize.js") },
];

const api = new Api(mount);
const root = el("main", { id: "content", tabindex: "-1" });
const banner = el("div", { class: "banner-place" });
const navigation = el("nav", { class: "side-nav", "aria-label": t("shell.navigation") });
const router = new Router(mount, show, askToLeave);
let leaving = new AbortController();
let isFirst = true;

function drawFrame() {
  const settings = mount.split("/").slice(0, -2).join("/") || "/";
  document.body.append(
    el("a", { class: "skip", href: "#content" }, t("shell.skip")),
    el("header", { class: "top-bar" },
      el("a", { class: "top-back", href: settings }, icon("arrow"), t("shell.back")),
      el("a", { class: "top-title", href: `${mount}/` }, t("shell.product")),
      el("span", { class: "top-who", id: "who" })),
    banner, el("div", { class: "frame" }, navigation, root), ...messagePlaces());
}

function drawNavigation(current) {
  const isOpen = api.session ? hasRole() : !current?.forAll;
  const shown = isOpen ? pages.filter((page) => page.inNav) : [];
  navigation.hidden = shown.length === 0;
  fill(navigation, el("ul", {}, shown.map((page) => el("li", {},
    el("a", { href: mount + page.path, "aria-current": isCurrent(page, current) ? "page" : null }, t(`nav.${page.name}`))))));
}

const isCurrent = (page, current) => page === current || (page.name === "overview" && current?.name === "connect");

const hasRole = () => api.session?.roles.some((role) => role === "admin" || role === "projectAdmin");

function match(path) {
  for (const page of pages) {
    if (page.path === path) return { page, parameters: [] };
    const found = page.path instanceof RegExp && page.path.exec(path);
    if (found) return { page, parameters: found.slice(1).map(decodeURIComponent) };
  }
  return { page: null, parameters: [] };
}

/** What a page gets beside the element it draws into. */
function contextOf(parameters, search, signal) {
  const { session } = api;
  return {
    api, session, signal, parameters, mount, announce, toast,
    query: search,
    isAdmin: session.roles.includes("admin"),
    href: (path) => router.href(path),
    go: (path, options) => router.go(path, options),
    setQuery: (query) => router.setQuery(query),
    setUnsaved: (unsaved) => router.setUnsaved(unsaved),
    mayEdit: (projectId) => session.roles.includes("admin") || session.administeredProjects.includes(projectId),
  };
}

async function show(path, search) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const { page, parameters } = match(path);
  const target = el("div", { class: "page" });
  const timer = setTimeout(() => fill(root, skeleton(6)), patienceMs);
  root.setAttribute("aria-busy", "true");
  drawNavigation(page);
  document.title = t("shell.title", { page: page ? t(`nav.${page.name}`) : t("shell.notFound") });
  try {
    await draw(target, page, parameters, search, signal);
  } catch (error) {
    if (!isAbort(error) && !signal.aborted) fill(target, failedPage(error, () => show(path, search)));
  }
  clearTimeout(timer);
  if (signal.aborted) return;
  fill(root, target);
  root.setAttribute("aria-busy", "false");
  moveFocus();
}

async function draw(target, page, parameters, search, signal) {
  if (!api.session) await api.openSession(signal);
  fill(document.getElementById("who"), api.session.user.name);
  drawNavigation(page);
  if (!page) return fill(target, notFoundPage());
  const context = contextOf(parameters, search, signal);
  if (!page.forAll && !hasRole()) return fill(target, await noRolePage(context));
  const module = page.load(); // on its way while the connection is looked up
  module.catch(() => {});
  if (page.needsJira) {
    const connection = await api.get("connection", { signal });
    context.connection = connection;
    if (!connection.site) return fill(target, notConnectedPage(page, connection, context));
    if (connection.attention) target.append(notice({ kind: "warn", ...connection.attention }));
  }
  await (await module).render(target, context);
}

/** The API says whom to ask. */
async function noRolePage({ api, signal }) {
  const reason = await api.get("connection", { signal }).then(() => null, (error) => error);
  return [pageHeader(t("shell.noRole")),
    reason && notice({ kind: "info", title: reason.message, remedy: reason.remedy })];
}

function notFoundPage() {
  return [pageHeader(t("shell.notFound"), t("shell.notFoundLead")), linkButton(t("shell.toOverview"), `${mount}/`)];
}

function notConnectedPage(page, connection, context) {
  const text = context.isAdmin ? t("shell.notConnectedText")
    : t("shell.notConnectedMember", { organisation: context.session.organisation.name });
  return [pageHeader(t(`nav.${page.name}`)),
    el("section", { class: "card empty-state" }, el("h2", {}, t("shell.notConnected")), el("p", {}, text),
      context.isAdmin && linkButton(t("shell.connectJira"), `${mount}/connect`, { kind: "primary" }))];
}

/** The heading of a page that was gone to; at the first page the browser has its own place for the focus. */
function moveFocus() {
  if (!isFirst) {
    scrollTo(0, 0);
    root.querySelector("h1")?.focus({ preventScroll: true });
  }
  isFirst = false;
}

function askToLeave() {
  return confirmDialog({ title: t("shell.unsavedTitle"), body: t("shell.unsavedText"), confirm: t("shell.unsavedLeave"),
    cancel: t("shell.unsavedStay"), danger: true });
}

/** Offers to sign in elsewhere; the page, and what was typed in it, stays. */
function showSignedOut() {
  if (banner.firstChild) return;
  fill(banner, notice({ kind: "bad", title: t("shell.signedOut"), message: t("shell.signedOutText"),
    actions: [signInLink()] }));
}

async function lookForSession() {
  if (!banner.firstChild || document.visibilityState !== "visible") return;
  try {
    await api.openSession();
    banner.replaceChildren();
    toast(t("shell.signedInAgain"), "good");
  } catch {
    // Still signed out: the banner stays.
  }
}

api.onSessionLost = showSignedOut;
addEventListener("focus", lookForSession);
document.addEventListener("visibilitychange", lookForSession);
drawFrame();
router.start();
