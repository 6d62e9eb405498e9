// The steps of the user guide as its reader takes them: by the texts on the pages, with clicks and keys.
import assert from "node:assert/strict";

import { mount } from "./browser.mjs";

/** Opens a page of the Jira settings and waits until it has finished loading. */
export async function open(page, path = "/") {
  await page.goto(mount + path);
  await settled(page);
}

/** Nothing on the page is loading any more. */
export async function settled(page) {
  await page.locator("main h1").waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
}

/** Presses "Authorize with Atlassian" and answers in the pop-up that opens. */
export async function authorize(page, { decision = "accept", site, account, label = "Authorize with Atlassian" } = {}) {
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button", { name: label }).click()]);
  await answerConsent(popup, { decision, site, account });
  return popup;
}

/** Atlassian's consent page, in whichever window it is. */
export async function answerConsent(window, { decision = "accept", site, account } = {}) {
  const accept = window.getByRole("button", { name: decision === "accept" ? "Accept" : "Deny" });
  await accept.waitFor();
  if (site) await window.getByLabel(site).check();
  if (account) await window.getByLabel("Signed in as").selectOption({ label: account });
  await accept.click();
}

/** Chooses in a combobox by typing, as a person would; waits for what was typed to be found. */
export async function choose(scope, label, text, option = text) {
  const box = scope.getByRole("combobox", { name: label, exact: true });
  await box.click();
  await box.fill(text);
  await listOf(scope).getByRole("option", { name: option }).first().click();
}

/** The list of the combobox that is open. */
export const listOf = (scope) => scope.getByRole("listbox").filter({ visible: true });

/** Step 3 for one project. */
export async function mapProject(page, project, jiraProject, issueType) {
  await choose(page, `Jira project for ${project}`, jiraProject);
  await choose(page, `Issue type for ${project}`, issueType);
}

export async function save(page) {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Save", exact: true }).waitFor({ state: "hidden" });
  await settled(page);
}

/** Nothing went wrong in the page's scripts. */
export function assertNoProblems(page) {
  assert.deepEqual(page.problems, []);
}

/** The page does not scroll sideways. */
export async function assertNoSideways(page, where) {
  const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth }));
  assert.ok(wide <= room, `${where} is ${wide} px wide on a screen of ${room} px`);
}
