// Two-way sync as its users see it: Jira's page in one tab, the finding's page in the other.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser } from "./support/browser.mjs";
import { assertNoProblems, open, settled, save } from "./support/steps.mjs";
import { World } from "./support/world.mjs";

let browser;
before(async () => {
  browser = await Browser.start();
});
after(() => browser?.close());

const deployments = [
  { name: "Jira Cloud", simulator: [], connect: (world) => world.connect() },
  { name: "Jira Data Center 10", simulator: ["--deployment", "dc", "--version", "10.3"], connect: (world) => world.connectServer() },
  { name: "Jira Data Center 9", simulator: ["--deployment", "dc", "--version", "9.12"], connect: (world) => world.connectServer() },
];

/** A connected world with one finding that has its ticket: {world, finding, key}. */
async function ticketed({ simulator, connect }) {
  const world = await World.start({ simulator });
  try {
    await connect(world);
    await world.mapProjects();
    const [finding] = await world.host.findings("payments-api", [{ title: "SQL built from user input", severity: "high" }]);
    await world.host.control("POST", "/organisations/acme/push", { project: "payments-api", all: true, user: "alice", waitMs: 30_000 });
    const { ticket } = await world.host.control("GET", `/organisations/acme/findings/${finding}`);
    await heard(world);
    return { world, finding, key: ticket.key };
  } catch (error) {
    await world.close();
    throw error;
  }
}

/** The webhook is registered, so that Jira tells of what follows. */
async function heard(world) {
  for (let looks = 0; looks < 100; looks += 1) {
    const { state } = await world.host.settings("GET", "api/webhook");
    if (["healthy", "unproven"].includes(state)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail("the webhook was not registered in time");
}

async function withTicket(deployment, walk) {
  const at = await ticketed(deployment);
  try {
    const page = await browser.page(at.world);
    const jira = await page.context().newPage();
    browser.watched(jira);
    await jira.goto(`${at.world.jira.url}/browse/${at.key}`);
    await walk({ ...at, page, jira, marks: page.locator("#marks"), timeline: page.locator("#timeline") });
    assertNoProblems(page);
    await page.context().close();
  } finally {
    await at.world.close();
  }
}

const showFinding = (page, finding) => page.goto(`/o/acme/findings/${finding}`);

for (const deployment of deployments) {
  test(`close, reopen and comment in ${deployment.name} are seen on the finding's page`, () =>
    withTicket(deployment, async ({ finding, key, page, jira, marks, timeline }) => {
      await showFinding(page, finding);
      await marks.getByText("Open", { exact: true }).waitFor();

      await jira.getByRole("button", { name: "Done" }).click();
      await marks.getByText("Resolved", { exact: true }).waitFor();
      await page.locator("#ticket").getByText("Done", { exact: true }).waitFor();
      await timeline.getByText(`${key} was closed in Jira`).first().waitFor();

      await jira.getByRole("button", { name: "To Do" }).click();
      await marks.getByText("Open", { exact: true }).waitFor();

      await jira.getByLabel("Add a comment").fill("Fixed with https://git.example/c/42. <b>Not bold</b>");
      await jira.getByRole("button", { name: "Save" }).click();
      const comment = timeline.locator("li.comment").first();
      await comment.getByRole("link", { name: "https://git.example/c/42" }).waitFor();
      await comment.getByText("<b>Not bold</b>").waitFor();
      assert.equal(await comment.locator("b").count(), 0);
    }));

  test(`what is decided about a finding moves its ticket in ${deployment.name}`, () =>
    withTicket(deployment, async ({ world, finding, key, page, jira }) => {
      await showFinding(page, finding);
      await page.locator("select[name=status]").selectOption("accepted");
      await page.getByLabel("Reason").fill("Behind the firewall until March");
      await page.getByRole("button", { name: "Change status" }).click();
      await page.locator("#ticket").getByText("Done", { exact: true }).waitFor();
      await jira.goto(`${world.jira.url}/browse/${key}`);
      await jira.locator(".comments").getByText("Behind the firewall until March").waitFor();
      await showFinding(page, finding);
      await page.locator("#marks").getByText("Accepted", { exact: true }).waitFor();
    }));

  test(`settings of sync are saved and hold in ${deployment.name}`, () =>
    withTicket(deployment, async ({ finding, page, jira, marks }) => {
      await open(page, "/sync");
      await page.getByLabel(/^Wait for the next scan/).check();
      await save(page);
      await page.getByLabel("Settings of").selectOption({ label: "payments-api" });
      await settled(page);
      assert.ok(await page.getByLabel(/^Wait for the next scan/).isChecked());
      const targets = page.locator("section.card", { has: page.getByRole("heading", { name: "Where tickets are moved to" }) });
      await targets.getByLabel("As the organisation").uncheck();
      await targets.getByRole("group", { name: "To close a ticket" }).getByLabel("Status").selectOption({ label: "Done" });
      await save(page);

      await showFinding(page, finding);
      await jira.getByRole("button", { name: "Done" }).click();
      await marks.getByText("Closed in Jira, awaiting scan").waitFor();
    }));

  test(`a webhook that was deleted in ${deployment.name} is missed, and repaired with a click`, () =>
    withTicket(deployment, async ({ world, finding, page, jira, marks }) => {
      await world.jira.deleteWebhooks();
      await open(page, "/troubleshooting");
      const card = page.locator("#webhook");
      await card.getByRole("button", { name: "Check now" }).click();
      await card.getByText("Missing", { exact: true }).waitFor();
      await jira.getByRole("button", { name: "Done" }).click();
      await open(page);
      await page.locator("#webhook").getByRole("button", { name: "Repair" }).click();
      await page.locator("#webhook").getByText(/^(Healthy|Nothing heard yet)$/).waitFor();
      await showFinding(page, finding);
      await marks.getByText("Resolved", { exact: true }).waitFor();
      await jira.getByRole("button", { name: "To Do" }).click();
      await marks.getByText("Open", { exact: true }).waitFor();
    }));
}

test("a ticket is unlinked and another one linked from the finding's ticket page", () =>
  withTicket(deployments[0], async ({ world, finding, key, page }) => {
    await open(page, `/finding/${finding}`);
    await page.getByRole("button", { name: "Unlink" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Unlink" }).click();
    await page.getByLabel("Ticket", { exact: true }).fill("NOPE-1");
    await page.getByRole("button", { name: "Link", exact: true }).click();
    await page.getByText("Jira has no ticket NOPE-1").waitFor();
    await page.getByLabel("Ticket", { exact: true }).fill(`${world.jira.url}/browse/${key}`);
    await page.getByRole("button", { name: "Link", exact: true }).click();
    await page.getByRole("link", { name: key }).waitFor();
    await showFinding(page, finding);
    await page.locator("#timeline").getByText(`Linked to ${key}`).waitFor();
  }));

test("a comparison reports what it found", () =>
  withTicket(deployments[0], async ({ page }) => {
    await open(page, "/activity");
    const card = page.locator("#comparison");
    await card.getByRole("button", { name: "Compare now" }).click();
    await card.getByText("Done", { exact: true }).waitFor({ timeout: 60_000 });
    await card.getByText(/^\d+ tickets? and (its|their) findings? are the same|\d+ difference/).waitFor();
  }));
