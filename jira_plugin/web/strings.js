// The texts of the pages, which lie in strings/, one file for a group of pages. To translate: replace the texts, keep
// the names and the {values}. A text that depends on a number is an object with the plural forms of the language:
// { one, other }.

import * as shell from "./strings/shell.js";
import * as overview from "./strings/overview.js";
import * as connect from "./strings/connect.js";
import * as mapping from "./strings/mapping.js";
import * as sync from "./strings/sync.js";
import * as activity from "./strings/activity.js";

const language = "en";

/** By section and name. */
export const texts = { ...shell, ...overview, ...connect, ...mapping, ...sync, ...activity };

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
