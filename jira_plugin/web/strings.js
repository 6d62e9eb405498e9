// Every text of the pages in one place. To translate: replace the texts, keep the names and the {values}.
// A text that depends on a number is an object with the plural forms of the language: { one, other }.

const language = "en";

const texts = {
  shell: {
    product: "Jira integration",
    back: "Settings",
    skip: "Skip to content",
    navigation: "Jira settings",
    title: "{page} · Jira integration",
    loading: "Loading…",
    tryAgain: "Try again",
    close: "Close",
    cancel: "Cancel",
    save: "Save",
    copy: "Copy",
    copied: "Copied",
    copyFailed: "The browser does not allow copying. Select the text and copy it yourself.",
    opensTab: "(opens in a new tab)",
    working: "Working…",
    notFound: "There is no such page",
    notFoundLead: "The address leads nowhere.",
    toOverview: "To the overview",
    noRole: "The Jira settings are for admins",
    notConnected: "Jira is not connected yet",
    notConnectedText: "This page shows what is in Jira, so Jira must be connected first.",
    notConnectedMember: "This page shows what is in Jira. An admin of {organisation} must connect it first.",
    notConfiguredText: "The platform's operator must set up the OAuth app first.",
    connectJira: "Connect Jira",
    unsavedTitle: "Leave without saving?",
    unsavedText: "You have changes on this page that are not saved. They are lost if you leave.",
    unsavedLeave: "Leave without saving",
    unsavedStay: "Stay on this page",
    signedOut: "You are not signed in any more.",
    signedOutText: "What you typed is still here. Sign in again in the new tab, then come back and go on.",
    signInAgain: "Sign in again",
    signedInAgain: "You are signed in again. Go on where you were.",
  },
  nav: {
    overview: "Overview",
    connect: "Connect",
    projects: "Project mapping",
    fields: "Field mapping",
    test: "Test ticket",
    activity: "Activity",
    troubleshooting: "Troubleshooting",
    authorize: "Authorize Jira",
  },
  errors: {
    unreachable: "The server did not answer.",
    unreachableRemedy: "Check your network connection, then try again. What you typed is still here.",
    signedOut: "You are not signed in any more.",
    signedOutRemedy: "Sign in again in a new tab, then repeat this. What you typed is still here.",
    unexpected: "The server gave an answer that this page does not understand (status {status}).",
    unexpectedRemedy: "Try again. If it stays, the host's log has the reason.",
    page: "This page could not be shown.",
    pageRemedy: "Load it again. If it stays, the browser's console has the reason.",
  },
  combobox: {
    searching: "Searching…",
    nothing: "Nothing matches “{query}”.",
    empty: "There is nothing to choose.",
    found: { one: "{count} result.", other: "{count} results." },
    more: { one: "{count} result so far. Scroll for more, or type to narrow it down.",
            other: "{count} results so far. Scroll for more, or type to narrow them down." },
    failed: "The search failed. {message}",
    clear: "Clear {label}",
    show: "Show choices for {label}",
  },
  dialog: {
    type: "Type {expected} to confirm",
    mismatch: "This is not the same text.",
  },
  states: {
    not_configured: "Not configured",
    not_connected: "Not connected",
    connecting: "Connecting",
    connected: "Connected",
    needs_attention: "Needs attention",
  },
  severities: { critical: "Critical", high: "High", medium: "Medium", low: "Low", info: "Info" },
  pushStates: { created: "Created", queued: "Queued", waiting: "Waiting", in_doubt: "In doubt", parked: "Failed" },
};

const rules = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

function find(key) {
  return key.split(".").reduce((place, name) => (place && Object.hasOwn(place, name) ? place[name] : undefined), texts);
}

/** The text of that name with its {values} put in; `count` also chooses the plural form. */
export function t(key, values = {}) {
  let text = find(key);
  if (text && typeof text === "object") text = text[rules.select(values.count ?? 0)] ?? text.other;
  if (typeof text !== "string") throw new RangeError(`There is no text named ${key}.`);
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === null || value === undefined) return whole;
    return typeof value === "number" ? numbers.format(value) : String(value);
  });
}

/** Whether there is a text of that name: for words that come from the API. */
export const hasText = (key) => find(key) !== undefined;

export const number = (value) => numbers.format(value);

const dateTimes = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const fullDateTimes = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

/** "2026-03-01T10:00:00Z" in the time zone of whoever looks. */
export const dateTime = (iso) => (iso ? dateTimes.format(new Date(iso)) : "");

/** The same with day of the week and the zone's name, for a title. */
export const fullDateTime = (iso) => (iso ? fullDateTimes.format(new Date(iso)) : "");

/** A day without a time, e.g. a due date: the same day everywhere. */
export const day = (date) => (date ? days.format(new Date(`${date}T00:00:00Z`)) : "");

const units = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

/** "3 hours ago", "in 5 minutes". */
export function ago(iso, now = Date.now()) {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return relative.format(Math.trunc(seconds / size), unit);
}
