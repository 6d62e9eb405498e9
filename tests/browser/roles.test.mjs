// Who may do what: admin, project admin, member; and trouble on the way to the server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, mount } from "./support/browser.mjs";
import { assertNoProblems, choose, open, save } from "./support/steps.mjs";
import { World } from "./support/world.mjs";

let world, browser, ids;
before(async () => {
  world = await World.start();
  browser = await Browser.start();
  await world.connect();
  ids = await world.mapProjects();
});
after(async () => {
  await browser?.close();
  await world?.close();
});

test("a project admin changes the mappings of own projects only, and cannot disconnect", async () => {
  const page = await browser.page(world, { user: "paul" });
  await open(page);
  assert.equal(await page.getByRole("button", { name: "Disconnect" }).count(), 0);
  await open(page, "/projects");
  assert.ok(await page.getByRole("combobox", { name: "Jira project for auth-service" }).isDisabled());
  await choose(page, "Issue type for payments-api", "Story");
  await save(page);
  const { projects } = await world.host.settings("GET", "api/projects");
  assert.equal(projects.find(({ key }) => key === "payments-api").mapping.issueType.name, "Story");
  await open(page, "/fields");
  await page.getByText("Only an admin can change the settings of the organisation").waitFor();
  for (const [method, path, body] of [["PUT", `api/mappings/${ids["auth-service"]}`, { jiraProject: "PAY", issueType: "Bug" }],
    ["DELETE", "api/connection", { site: "acme" }], ["POST", "api/connection/handover", {}], ["GET", "api/support-bundle"],
    ["POST", "api/test-tickets", { project: "auth-service" }]])
    await assert.rejects(world.host.settings(method, path, body, "paul"), /answered 403/, `${method} ${path}`);
  assertNoProblems(page);
});

test("a member reads whom to ask", async () => {
  const page = await browser.page(world, { user: "mia" });
  for (const path of ["/", "/projects", "/troubleshooting"]) {
    await open(page, path);
    await page.getByText("Ask an admin of Acme").waitFor();
  }
  assertNoProblems(page);
});

test("a slow server shows that it works, and a second click sends nothing twice", async () => {
  const page = await browser.page(world);
  await open(page, "/test");
  await page.route("**/api/test-tickets", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 900));
    await route.continue();
  });
  const button = page.getByRole("button", { name: "Send Test Ticket" }).first();
  await button.click();
  await page.getByRole("button", { name: "Sending…" }).waitFor();
  await page.getByRole("button", { name: "Sending…" }).click();
  await page.getByText("Everything arrived as it was sent.").waitFor();
  assert.equal((await world.jira.issues("?label=mayo-aspm-test")).length, 1);
});

test("an error of the API is shown with its remedy and a way to try again", async () => {
  const page = await browser.page(world);
  let broken = true;
  await page.route("**/api/pushes?*", (route) => (broken
    ? route.fulfill({ status: 503, contentType: "application/json",
        body: JSON.stringify({ error: { code: "unavailable", message: "Jira cannot be reached.", remedy: "Try again later." } }) })
    : route.continue()));
  await page.route("**/api/pushes", (route) => (broken ? route.abort() : route.continue()));
  await open(page, "/activity");
  await page.getByRole("alert").first().waitFor();
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Nothing to show").waitFor();
});

test("an answer that breaks off, or that is no JSON, is an error in words", async () => {
  const page = await browser.page(world);
  await open(page, "/activity");
  const outcomes = await page.evaluate(async (assets) => {
    const { Api } = await import(`${assets}/api.js`);
    const { errorNotice } = await import(`${assets}/components/notice.js`);
    const outcome = async (answer, ask = (api) => api.get("things")) => {
      globalThis.fetch = async () => answer();
      const error = await ask(new Api("")).then(() => null, (thrown) => thrown);
      errorNotice(error); // writes what it does not know to the console
      return error.name === "AbortError" ? error.name : error.code;
    };
    const brokenOff = () => new Response(new ReadableStream({ pull: (body) => body.error(new TypeError("network error")) }));
    const left = () => { throw new DOMException("The page was left.", "AbortError"); };
    return [await outcome(brokenOff), await outcome(brokenOff, (api) => api.download("things", "things.csv")),
      await outcome(() => new Response("<html>")), await outcome(left)];
  }, `${mount}/assets`);
  assert.deepEqual(outcomes, ["unreachable", "unreachable", "unexpected", "AbortError"]);
  assertNoProblems(page);
});

test("a preview whose findings cannot be read says so in its place", async () => {
  const page = await browser.page(world);
  await page.route("**/api/findings?*", (route) => route.abort());
  await open(page, "/fields");
  await page.getByRole("alert").filter({ hasText: "did not answer" }).waitFor();
  assertNoProblems(page);
});
