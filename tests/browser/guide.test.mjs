// The user guide from "Connect Jira" to a ticket, walked as its reader would.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser } from "./support/browser.mjs";
import { assertNoProblems, authorize, choose, listOf, mapProject, save, settled } from "./support/steps.mjs";
import { World } from "./support/world.mjs";

let world, browser;
before(async () => {
  world = await World.start();
  browser = await Browser.start();
});
after(async () => {
  await browser?.close();
  await world?.close();
});

test("a reader of the guide connects, maps, previews, tests and pushes", async () => {
  for (const key of ["payments-api", "auth-service", "mobile-app"]) await world.host.project(key);
  const [finding] = await world.host.findings("payments-api", [{ title: "SQL built from user input", severity: "critical",
    description: "The query is put together from parts that a caller controls.", filePath: "src/db/query.js", line: 42,
    ruleId: "js/sql-injection", ruleHelp: "Use **prepared statements**.", scanner: "ESLint" }]);
  const page = await browser.page(world);

  // Step 1: Settings > Integrations > Jira > Connect Jira.
  await page.goto("/");
  await page.getByRole("navigation").getByRole("link", { name: "Jira" }).first().click();
  await settled(page);
  assert.equal(new URL(page.url()).pathname, "/settings/integrations/jira/");
  await page.getByRole("link", { name: "Connect Jira" }).click();
  await settled(page);
  assert.ok(await page.getByLabel("Jira Cloud").isChecked());

  // Step 2: the permissions, then Atlassian's consent in a pop-up.
  for (const permission of ["Read Jira project data", "Create and edit issues", "Read and write issue comments", "Read user data", "Manage webhooks"])
    await page.getByText(permission, { exact: true }).waitFor();
  const popup = await authorize(page);
  await page.getByRole("heading", { name: "Jira is connected" }).waitFor();
  if (!popup.isClosed()) await popup.waitForEvent("close");

  // Step 3.
  await page.getByRole("link", { name: "Map your projects" }).click();
  await settled(page);
  for (const [project, jira, type] of [["payments-api", "PAY", "Bug"], ["auth-service", "AUTH", "Task"], ["mobile-app", "MOB", "Bug"]])
    await mapProject(page, project, jira, type);
  await choose(page, "Default assignee for payments-api", "Priya", "Priya Natarajan");
  await save(page);
  const { projects } = await world.host.settings("GET", "api/projects");
  assert.deepEqual(projects.map(({ key, mapping }) => [key, mapping.jiraProject.key, mapping.issueType.name]).sort(),
    [["auth-service", "AUTH", "Task"], ["mobile-app", "MOB", "Bug"], ["payments-api", "PAY", "Bug"]]);

  // Step 4, with the preview that follows the changes.
  await page.getByRole("link", { name: "Field mapping" }).click();
  await settled(page);
  const ticket = page.getByRole("article", { name: /ticket/i });
  await ticket.getByText("SQL built from user input").waitFor();
  await ticket.getByText("Highest").waitFor();
  await page.getByLabel("Critical", { exact: true }).selectOption({ label: "High" });
  await ticket.getByText("High", { exact: true }).waitFor();
  await page.getByLabel("Labels, one per line").fill("mayo-aspm\nteam {project}");
  await ticket.getByText("team-payments-api").waitFor();
  await save(page);

  // Step 5.
  await page.getByRole("link", { name: "Test ticket" }).click();
  await settled(page);
  const card = page.locator("section.card", { hasText: "payments-api" });
  await card.getByRole("button", { name: "Send Test Ticket" }).click();
  await card.getByText("Everything arrived as it was sent.").waitFor();
  const [test] = await world.jira.issues("?label=mayo-aspm-test");
  assert.equal(test.project, "PAY");
  await card.getByRole("button", { name: "Delete the test ticket" }).click();
  await card.getByText("The test ticket is deleted.").first().waitFor();
  assert.equal((await world.jira.issues("?label=mayo-aspm-test")).length, 0);

  // A ticket from the finding's page.
  await page.goto(`/o/acme/findings/${finding}`);
  await page.getByRole("button", { name: /create .*ticket/i }).click();
  const link = page.getByRole("link", { name: /^PAY-\d+$/ }).first();
  await link.waitFor();
  const [created] = await world.jira.issues();
  assert.equal(created.summary, "SQL built from user input");
  assert.equal(created.priority, "High");
  assert.equal(created.assigneeName, "Priya Natarajan");
  assert.ok(created.labels.includes("team-payments-api"));
  await link.click();
  const [jira] = [page.context().pages().at(-1)];
  await jira.getByText("SQL built from user input").first().waitFor();
  assertNoProblems(page);
});

test("from Connect Jira to a created test ticket it takes at most twelve clicks and fields", async () => {
  await world.host.settings("DELETE", "api/connection", { site: "acme" });
  for (const { id } of (await world.host.settings("GET", "api/projects")).projects.filter(({ mapping }) => mapping))
    await world.host.settings("DELETE", `api/mappings/${id}`);
  const page = await browser.page(world);
  let steps = 0;
  const step = async (work) => {
    steps += 1;
    return work;
  };
  await page.goto("/settings/integrations/jira/");
  await step(page.getByRole("link", { name: "Connect Jira" }).click());
  const [popup] = await Promise.all([page.waitForEvent("popup"), step(page.getByRole("button", { name: "Authorize with Atlassian" }).click())]);
  await step(popup.getByRole("button", { name: "Accept" }).click());
  await step(page.getByRole("link", { name: "Map your projects" }).click());
  await step(page.getByRole("combobox", { name: "Jira project for payments-api" }).click());
  await step(listOf(page).getByRole("option", { name: /^PAY/ }).click());
  await step(page.getByRole("combobox", { name: "Issue type for payments-api" }).click());
  await step(listOf(page).getByRole("option", { name: "Bug" }).click());
  await step(page.getByRole("button", { name: "Save", exact: true }).click());
  await page.getByText("mapping is saved").first().waitFor();
  await step(page.getByRole("link", { name: "Test ticket" }).click());
  await step(page.getByRole("button", { name: "Send Test Ticket" }).first().click());
  await page.getByText("Everything arrived as it was sent.").waitFor();
  console.log(`clicks and fields: ${steps}`);
  assert.ok(steps <= 12, `${steps} steps`);
});
