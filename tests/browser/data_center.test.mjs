// The user guide on Jira Data Center, from "Connect Jira" to the test ticket, in the words of each release.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser } from "./support/browser.mjs";
import { assertNoProblems, assertNoSideways, choose, mapProject, open, save, settled } from "./support/steps.mjs";
import { World } from "./support/world.mjs";

let browser;
before(async () => {
  browser = await Browser.start();
});
after(() => browser?.close());

const releases = [
  { version: "8.20", tab: "Jira 8.0 to 8.21", create: "Create new link", urlField: "Application" },
  { version: "9.12", tab: "Jira 8.22 and 9.x", create: "Continue", urlField: "Application URL" },
  { version: "10.3", tab: "Jira 10.x", create: "Continue", urlField: "Application URL" },
];

/** What the page offers to copy beside a name. */
const shown = (page, name) => page.locator(".copy-row", { has: page.getByText(name, { exact: true }) }).locator("code").first().innerText();

/** The administrator's part: the forms of this Jira, filled with what the page shows. */
async function makeLink(page, jira, { create, urlField, version }, changes = {}) {
  const [linkUrl, consumerKey, consumerName] = [await shown(page, urlField), await shown(page, "Consumer Key"), await shown(page, "Consumer Name")];
  const publicKey = await page.getByLabel("Public Key").inputValue();
  const admin = await page.context().newPage();
  await admin.goto(`${jira.url}/plugins/servlet/applinks/listApplicationLinks`);
  if (version !== "8.20") await admin.getByLabel("Atlassian product").check();
  await admin.getByLabel(urlField, { exact: true }).fill(linkUrl);
  await admin.getByRole("button", { name: create }).click();
  await admin.getByText("No response was received").waitFor();
  await admin.getByRole("button", { name: "Continue" }).click();
  await admin.getByLabel("Application Name").fill("Mayo ASPM");
  await admin.getByLabel("Create incoming link").check();
  await admin.getByRole("button", { name: "Continue" }).click();
  await admin.getByLabel("Consumer Key").fill(changes.consumerKey ?? consumerKey);
  await admin.getByLabel("Consumer Name").fill(consumerName);
  await admin.getByLabel("Public Key").fill(publicKey);
  await admin.getByRole("button", { name: "Continue" }).click();
  await admin.getByText("Incoming: OAuth").waitFor();
  await admin.close();
}

for (const release of releases)
  test(`a reader of the guide connects Jira ${release.version}, maps, tests and pushes`, async () => {
    const world = await World.start({ simulator: ["--deployment", "dc", "--version", release.version] });
    try {
      await walk(world, release);
    } finally {
      await world.close();
    }
  });

test("a new key pair is shown while the one before goes on", async () => {
  const world = await World.start({ simulator: ["--deployment", "dc"] });
  try {
    await world.connectServer();
    const page = await browser.page(world);
    await open(page);
    await page.getByRole("link", { name: "Reconnect" }).click();
    await settled(page);
    const before = await page.getByLabel("Public Key").inputValue();
    await page.getByRole("button", { name: "Regenerate the key pair" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("nothing has to be allowed again").waitFor();
    await dialog.getByRole("button", { name: "Regenerate the key pair" }).click();
    await page.getByText("Jira still has the key that was made").waitFor();
    assert.notEqual(await page.getByLabel("Public Key").inputValue(), before);
    await browser.checkAccessibility(page, "a new key pair");
    assertNoProblems(page);
    await page.context().close();
  } finally {
    await world.close();
  }
});

test("after a move to another Jira the mappings are flagged, and the tickets are looked for", async () => {
  const world = await World.start({ simulator: ["--deployment", "dc"] });
  try {
    await world.connectServer();
    await world.host.project("payments-api");
    await world.host.settings("PUT", `api/mappings/${await world.host.project("payments-api")}`, { jiraProject: "PAY", issueType: "Bug" });
    const page = await browser.page(world);
    // As the API answers once another Jira was connected before.
    const changed = (path, change) => page.route(`**/settings/integrations/jira/api/${path}`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: change(await answer.json()) });
    });
    const gone = { finding: "f-2", key: "PAY-2", url: "https://old.example/browse/PAY-2", found: false, newKey: null, newUrl: null };
    await changed("connection", (json) => ({ ...json, ticketsElsewhere: 2 }));
    await changed("projects", ({ projects }) => ({ projects: projects.map((each) => ({ ...each, mappedElsewhere: Boolean(each.mapping) })) }));
    await page.route("**/api/links/relink", (route) => route.fulfill({ json: { found: 1, notFound: 1, next: null, tickets: [gone] } }));

    await open(page);
    await page.getByText("2 findings have their tickets in another Jira").waitFor();
    await page.getByRole("button", { name: "Look for the tickets" }).click();
    await page.getByText("1 ticket was found and linked anew.").waitFor();
    await page.getByRole("link", { name: "PAY-2" }).waitFor();
    await browser.checkAccessibility(page, "the overview after a move");

    await page.getByRole("link", { name: "Project mapping" }).click();
    await settled(page);
    await page.getByText("This mapping was made for another Jira").waitFor();
    await page.getByText("OK, with remarks").waitFor();
    await save(page);
    assertNoProblems(page);
    await page.context().close();
  } finally {
    await world.close();
  }
});

async function walk(world, release) {
  await world.host.project("payments-api");
  const [finding] = await world.host.findings("payments-api", [{ title: "SQL built from user input", severity: "critical",
    description: "The query is put together.", filePath: "src/db/query.js", line: 42, scanner: "ESLint" }]);
  const page = await browser.page(world);

  // Step 1.
  await open(page);
  await page.getByRole("link", { name: "Connect Jira" }).click();
  await settled(page);
  await page.getByLabel("Jira Data Center").check();
  await settled(page);

  // Step 2 (alt): the key, the link in the words of this release.
  await page.getByRole("tab", { name: release.tab }).click();
  await page.getByText(release.version === "8.20" ? "click Create new link" : "choose Atlassian product").waitFor();
  await browser.checkAccessibility(page, "connecting Data Center");
  await assertNoSideways(page, "connecting Data Center");

  // Verified before the link is there: its own message.
  await page.getByRole("button", { name: "Verify Connection" }).click();
  await page.getByText("Enter the base URL of your Jira.").waitFor();
  await page.getByLabel("Base URL of your Jira").fill(world.jira.url);
  await page.getByRole("button", { name: "Verify Connection" }).click();
  await page.getByText("Jira does not know the consumer key.").waitFor();
  await page.getByText("wrong direction").waitFor();

  await makeLink(page, world.jira, release);
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button", { name: "Verify Connection" }).click()]);
  await popup.getByRole("button", { name: "Allow" }).click();
  await page.getByRole("heading", { name: "Jira is connected" }).waitFor();
  if (!popup.isClosed()) await popup.waitForEvent("close");

  // Step 3.
  await page.getByRole("link", { name: "Map your projects" }).click();
  await settled(page);
  await mapProject(page, "payments-api", "PAY", "Bug");
  await choose(page, "Default assignee for payments-api", "Priya", "Priya Natarajan priya");
  await save(page);

  // Step 4: the preview shows the text of the description.
  await page.getByRole("link", { name: "Field mapping" }).click();
  await settled(page);
  await page.getByRole("article", { name: /ticket/i }).getByText("The query is put together.").waitFor();

  // Step 5.
  await page.getByRole("link", { name: "Test ticket" }).click();
  await settled(page);
  const card = page.locator("section.card", { hasText: "payments-api" });
  await card.getByRole("button", { name: "Send Test Ticket" }).click();
  await card.getByText("Everything arrived as it was sent.").waitFor();
  const [ticket] = await world.jira.issues("?label=mayo-aspm-test");
  assert.equal(ticket.project, "PAY");
  await card.getByRole("button", { name: "Delete the test ticket" }).click();
  await card.getByText("The test ticket is deleted.").first().waitFor();

  // A ticket from the finding's page.
  await page.goto(`/o/acme/findings/${finding}`);
  await page.getByRole("button", { name: /create .*ticket/i }).click();
  await page.getByRole("link", { name: /^PAY-\d+$/ }).first().waitFor();

  // What differs is shown where it differs.
  await open(page);
  await page.getByText("Sam Rivera (srivera)").waitFor();
  await page.getByText(new RegExp(`^${release.version.replace(".", "\\.")}\\.`)).waitFor();
  await page.getByRole("link", { name: "Troubleshooting" }).click();
  await settled(page);
  await page.getByRole("button", { name: "Run the checks" }).click();
  await page.getByText(/Everything that was checked is in order|warning/).first().waitFor({ timeout: 60_000 });
  assert.equal(await page.getByText("Failed", { exact: true }).count(), 0);
  assertNoProblems(page);
  await page.context().close();
}
