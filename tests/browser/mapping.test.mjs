// Step 3 beyond the plain case: required fields, many projects at once, files, five thousand Jira projects, wrong clicks.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { Browser } from "./support/browser.mjs";
import { assertNoProblems, choose, listOf, mapProject, open, save, settled } from "./support/steps.mjs";
import { World } from "./support/world.mjs";

let world, browser, page;
before(async () => {
  world = await World.start({ simulator: ["--projects", "5000"] });
  browser = await Browser.start();
  await world.connect();
  await world.mapProjects();
});
after(async () => {
  await browser?.close();
  await world?.close();
});
beforeEach(async () => {
  page = await browser.page(world, { acceptDownloads: true });
});
afterEach(async () => {
  assertNoProblems(page);
  await page.context().close();
});

const mapping = async (key) => (await world.host.settings("GET", "api/projects")).projects.find((each) => each.key === key)?.mapping;
// The checks of the rows go on meanwhile and ask Jira about other things.
const projectSearches = async () => {
  const { byRoute } = await world.jira.control("GET", "/_sim/requests");
  return Object.entries(byRoute).reduce((sum, [route, count]) => sum + (route.endsWith("/project/search") ? count : 0), 0);
};
const row = (key) => page.getByRole("row").filter({ hasText: key }).first();

test("fields that Jira requires are named at once, take a value, and refuse a wrong one", async () => {
  await world.host.project("compliance");
  await open(page, "/projects");
  await mapProject(page, "compliance", "CMP", "Task");
  await page.getByText("CMP Task requires a field that findings do not fill").waitFor();
  await row("compliance").getByText("Does not work").waitFor();
  await page.getByLabel("Risk class (required)").selectOption({ label: "C - normal" });
  await row("compliance").getByText(/^OK/).waitFor();
  await save(page);
  assert.ok("customfield_10050" in (await mapping("compliance")).extraFields);
});

test("several projects are mapped at once", async () => {
  for (const key of ["one", "two", "three"]) await world.host.project(key);
  await open(page, "/projects");
  for (const key of ["one", "two", "three"]) await page.getByRole("checkbox", { name: `Select ${key}`, exact: true }).check();
  await page.getByRole("button", { name: "Set for 3 selected…" }).click();
  const dialog = page.getByRole("dialog");
  await choose(dialog, "Jira project", "PAY");
  await choose(dialog, "Issue type", "Story");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await page.getByText("3 unsaved changes").waitFor();
  await save(page);
  for (const key of ["one", "two", "three"]) assert.equal((await mapping(key)).issueType.name, "Story");
});

test("a wrong click does not lose what is not saved", async () => {
  await world.host.project("draft");
  await open(page, "/projects");
  await choose(page, "Jira project for draft", "AUTH");
  await page.getByText("1 unsaved change").waitFor();
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay on this page" }).click();
  assert.match(await page.getByRole("combobox", { name: "Jira project for draft" }).inputValue(), /^AUTH/);
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave without saving" }).click();
  await page.getByRole("heading", { name: "Connection" }).waitFor();
  assert.equal(await mapping("draft"), null);
});

test("a session that ends loses nothing of what was typed", async () => {
  await world.host.project("patient");
  await open(page, "/projects");
  await mapProject(page, "patient", "AUTH", "Bug");
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("You are not signed in any more.").first().waitFor();
  await page.context().addCookies(cookies);
  await save(page);
  assert.equal((await mapping("patient")).jiraProject.key, "AUTH");
});

test("an export is imported again, and a wrong line is named before anything is saved", async () => {
  await open(page, "/projects");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export CSV" }).click()]);
  const csv = await readFile(await download.path(), "utf8");
  assert.match(csv, /payments-api,PAY,Bug/);
  const changed = `${csv.trimEnd().replace("payments-api,PAY,Bug", "payments-api,PAY,Task")}\r\nnowhere,PAY,Bug,,,\r\n`;
  await page.getByRole("button", { name: "Import…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("CSV or JSON file").setInputFiles({ name: "m.csv", mimeType: "text/csv", buffer: Buffer.from(changed) });
  await dialog.getByText("1 mapping would be saved.").waitFor();
  await dialog.getByText("No such project").waitFor();
  assert.equal((await mapping("payments-api")).issueType.name, "Bug");
  await dialog.getByRole("button", { name: "Save what is right" }).click();
  await dialog.waitFor({ state: "hidden" });
  await settled(page);
  assert.equal((await mapping("payments-api")).issueType.name, "Task");
});

test("five thousand Jira projects are searched page by page", async () => {
  await world.host.project("large");
  await open(page, "/projects");
  const before = await projectSearches();
  const box = page.getByRole("combobox", { name: "Jira project for large" });
  const started = Date.now();
  await box.click();
  await listOf(page).getByRole("option").first().waitFor();
  console.log(`first results of 5,000 Jira projects after ${Date.now() - started} ms`);
  assert.ok((await listOf(page).getByRole("option").count()) <= 100);
  await box.fill("MOB");
  await listOf(page).getByRole("option", { name: /^MOB/ }).waitFor();
  const searches = (await projectSearches()) - before;
  assert.ok(searches >= 1 && searches <= 4, `${searches} searches for projects in Jira`);
  await page.keyboard.press("Escape");
});
