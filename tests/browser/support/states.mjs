// The pages of the Jira settings in the states that a person can meet, in an order in which each leads to the next.
import { authorize, choose, listOf, open, settled } from "./steps.mjs";

const sample = [
  { title: "SQL built from user input", severity: "critical", filePath: "src/db/query.js", line: 42, ruleId: "js/sql-injection",
    ruleName: "SQL injection", ruleHelp: "Use **prepared statements**.", scanner: "ESLint", cwe: "CWE-89",
    description: "The query is put together from parts that a caller controls.", snippet: "db.run('SELECT ' + name)" },
  { title: "Buffer may overflow", severity: "high", filePath: "src/card.c", line: 7, ruleId: "strcpy", scanner: "Flawfinder" },
  { title: "Weak hash function", severity: "medium", filePath: "src/auth.js", line: 19, ruleId: "js/weak-hash", scanner: "ESLint" },
];

/** Yields {name, file, user, show(page)}; show opens the page and waits until it is as it should be. */
export async function* states(world) {
  const { host, jira } = world;
  const state = (name, show, user = "alice") => ({ name, file: name.replace(/[^a-z]+/g, "-"), user, show });
  for (const key of ["payments-api", "auth-service", "mobile-app", "compliance"]) await host.project(key);
  const [pushed] = await host.findings("payments-api", sample);
  const [other] = await host.findings("mobile-app", [{ title: "Nobody asked for a ticket", severity: "low" }]);

  yield state("overview not connected", (page) => open(page));
  yield state("connect", (page) => open(page, "/connect"));
  yield state("connect pop-up blocked", async (page) => {
    await page.addInitScript(() => { window.open = () => null; });
    await open(page, "/connect");
    await page.getByRole("button", { name: "Authorize with Atlassian" }).click();
    await page.getByText("The browser blocked the pop-up").waitFor();
  });
  yield state("connect declined", async (page) => {
    await open(page, "/connect");
    await authorize(page, { decision: "deny" });
    await page.getByText("The permissions were declined").waitFor();
  });
  const { url } = await host.settings("POST", "api/connection/handover", {});
  yield state("authorize handed over", async (page) => {
    await page.goto(url);
    await settled(page);
  }, "mia");
  yield state("member", (page) => open(page), "mia");
  yield state("projects not connected", (page) => open(page, "/projects"));

  await world.connect();
  yield state("overview connected", (page) => open(page));
  yield state("disconnect dialog", async (page) => {
    await open(page);
    await page.getByRole("button", { name: "Disconnect" }).click();
    await page.getByRole("dialog").waitFor();
  });
  yield state("fields before mapping", (page) => open(page, "/fields"));
  await world.mapProjects();
  yield state("projects", async (page) => {
    await open(page, "/projects");
    await page.getByText("OK").first().waitFor();
  });
  yield state("projects choosing", async (page) => {
    await open(page, "/projects");
    await page.getByRole("combobox", { name: "Jira project for compliance" }).click();
    await listOf(page).getByRole("option").first().waitFor();
  });
  yield state("projects required fields", async (page) => {
    await open(page, "/projects");
    await choose(page, "Jira project for compliance", "CMP");
    await choose(page, "Issue type for compliance", "Bug");
    await choose(page, "Issue type for compliance", "Task");
    await page.getByText("Does not work").waitFor();
  });
  yield state("projects of a project admin", (page) => open(page, "/projects"), "paul");
  yield state("fields", async (page) => {
    await open(page, "/fields");
    await page.getByRole("article").waitFor();
  });
  yield state("fields of a project", async (page) => {
    await open(page, "/fields?project=payments-api");
    await page.getByRole("article").waitFor();
    await page.getByText("The exact request to Jira").click();
  });
  yield state("sync", (page) => open(page, "/sync"));
  yield state("sync by resolution", async (page) => {
    await open(page, "/sync");
    await page.getByLabel(/^By resolution/).check();
    await page.getByRole("table", { name: "What each resolution means" }).waitFor();
  });
  yield state("sync of a project", async (page) => {
    await open(page, "/sync?project=payments-api");
    await page.getByRole("group", { name: "To close a ticket" }).waitFor();
  });
  yield state("sync of a project admin", (page) => open(page, "/sync"), "paul");
  yield state("test", (page) => open(page, "/test"));
  yield state("test arrived", async (page) => {
    await open(page, "/test");
    const card = page.locator("section.card", { hasText: "payments-api" });
    await card.getByRole("button", { name: "Send Test Ticket" }).click();
    await card.getByText("Everything arrived as it was sent.").waitFor();
  });
  yield state("activity empty", (page) => open(page, "/activity"));
  await jira.fault(`status=400,method=POST,path=/issue,body=Weak hash`);
  await host.control("POST", "/organisations/acme/push", { project: "payments-api", all: true, user: "alice", waitMs: 30_000 });
  await jira.clearFaults();
  yield state("activity", async (page) => {
    await open(page, "/activity");
    await page.locator(".badge", { hasText: "Failed" }).first().waitFor();
    await choose(page, "Finding", "SQL", /SQL built/);
    await page.getByText("SQL built from user input").first().waitFor();
  });
  yield state("ticket of a finding", async (page) => {
    await open(page, `/finding/${pushed}`);
    await page.getByRole("button", { name: "Unlink" }).waitFor();
  });
  yield state("ticket of a finding without one", async (page) => {
    await open(page, `/finding/${other}`);
    await page.getByRole("button", { name: "Link", exact: true }).waitFor();
  });
  await host.settings("POST", "api/reconciliation", {});
  yield state("activity compared", async (page) => {
    await open(page, "/activity");
    await page.locator("#comparison").getByText(/^\d+ tickets? and (its|their) findings? are the same|\d+ difference/).first().waitFor();
  });
  yield state("overview with tickets", (page) => open(page));
  yield state("troubleshooting", (page) => open(page, "/troubleshooting"));
  yield state("troubleshooting checked", async (page) => {
    await open(page, "/troubleshooting");
    await page.getByRole("button", { name: "Run the checks" }).click();
    await page.getByText(/Everything that was checked|warning|failed/).first().waitFor({ timeout: 60_000 });
  });
  await jira.deleteWebhooks();
  await host.settings("POST", "api/webhook/check", {});
  yield state("overview webhook missing", async (page) => {
    await open(page);
    await page.locator("#webhook").getByText("Missing", { exact: true }).waitFor();
  });
  await jira.control("POST", "/_sim/grants/revoke", {});
  await host.control("POST", "/organisations/acme/findings", { project: "auth-service", findings: [{ title: "After the grant was revoked" }] });
  await host.control("POST", "/organisations/acme/push", { project: "auth-service", all: true, user: "alice", waitMs: 5_000 });
  yield state("overview needs attention", async (page) => {
    await open(page);
    await page.getByText("Needs attention").first().waitFor();
  });
  yield state("not found", async (page) => {
    await page.goto(`/settings/integrations/jira/nowhere`);
    await page.getByRole("heading", { level: 1 }).waitFor();
  });
}
