// Names and texts from Jira, people and scanners that try to be markup: all are shown literally, none is executed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, mount } from "./support/browser.mjs";
import { assertNoProblems, open, settled } from "./support/steps.mjs";
import { World } from "./support/world.mjs";

const probe = "<img src=x onerror=\"window.broken=1\"><svg onload=window.broken=1>\"'`${1}{{1}}";
let world, browser;
before(async () => {
  world = await World.start();
  browser = await Browser.start();
});
after(async () => {
  await browser?.close();
  await world?.close();
});

test("no text of anybody runs as a script or becomes an element", async () => {
  await world.connect();
  await world.jira.change({ op: "rename-project", project: "PAY", to: probe });
  await world.jira.change({ op: "rename-priority", priority: "High", to: probe });
  await world.host.control("POST", "/organisations/acme/users",
    { id: "eve", name: probe, email: "eve@acme.example", roles: ["admin", "member"], administers: [] });
  await world.mapProjects();
  await world.host.settings("PUT", "api/field-mapping", { priorities: { high: "2" }, labels: [probe.slice(0, 60)] });
  const ids = await world.host.findings("payments-api", [{ title: probe, severity: "high", description: `${probe}\n\n[x](javascript:window.broken=1)`,
    ruleId: probe, ruleName: probe, ruleHelp: probe, scanner: probe, filePath: probe, snippet: probe, labels: [probe], cwe: probe }]);
  await world.jira.fault(`status=400,method=POST,path=/issue,times=1`);
  await world.host.control("POST", "/organisations/acme/push", { project: "payments-api", findings: ids, user: "eve", waitMs: 20_000 });

  const page = await browser.page(world, { user: "eve" });
  const seen = [];
  for (const path of ["/", "/connect", "/projects", "/fields", "/test", "/activity", "/troubleshooting", `/projects?${encodeURIComponent(probe)}`]) {
    await open(page, path);
    if (path === "/fields") await page.getByRole("article").waitFor();
    if (path === "/test") await page.getByRole("button", { name: "Send Test Ticket" }).first().click();
    await settled(page);
    await check(path);
    seen.push(await page.locator("body").innerText());
  }
  for (const path of ["/findings", `/o/acme/findings/${ids[0]}`, `/o/acme/findings/${ids[0]}?preview=1`, "/alerts", "/audit", "/settings", "/"]) {
    await page.goto(path);
    await check(path);
    seen.push(await page.locator("body").innerText());
  }
  await page.goto(`${mount}/oauth/callback?state=x&error=${encodeURIComponent(probe)}&error_description=${encodeURIComponent(probe)}`);
  await check("callback");
  assert.ok(seen.filter((text) => text.includes("<img src=x")).length >= 6, "the probes are on the pages, as text");
  assertNoProblems(page);

  async function check(where) {
    assert.equal(await page.evaluate(() => window.broken), undefined, `${where} ran a probe`);
    assert.equal(await page.locator("img[src=x], svg[onload]").count(), 0, `${where} made an element of a probe`);
    assert.equal(await page.locator("a[href^='javascript']").count(), 0, `${where} links to a script`);
  }
});

test("the pages forbid inline scripts, foreign origins and frames", async () => {
  const page = await browser.page(world);
  const answer = await page.goto(`${mount}/`);
  const policy = answer.headers()["content-security-policy"];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'(;|$)/);
  assert.doesNotMatch(policy, /unsafe/);
  const foreign = [];
  page.on("request", (request) => { if (!request.url().startsWith(world.host.url)) foreign.push(request.url()); });
  for (const path of ["/", "/projects", "/fields", "/activity"]) await open(page, path);
  assert.deepEqual(foreign, []);
});
