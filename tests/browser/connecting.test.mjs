// Every way in which connecting can end, and what the admin reads then.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { Browser, mount } from "./support/browser.mjs";
import { answerConsent, assertNoProblems, authorize, open, settled } from "./support/steps.mjs";
import { World } from "./support/world.mjs";

let world, browser, page;
before(async () => {
  world = await World.start({ simulator: ["--sites", "acme,globex"] });
  browser = await Browser.start();
});
after(async () => {
  await browser?.close();
  await world?.close();
});
beforeEach(async () => {
  page = await browser.page(world);
});
afterEach(async () => {
  assertNoProblems(page);
  await page.context().close();
  await world.jira.clearFaults();
});

const state = async () => (await world.host.settings("GET", "api/connection")).state;
/** The page on which to authorise, also where an earlier consent still waits for its site. */
async function begin(at) {
  await open(at, "/connect");
  const again = at.getByRole("button", { name: "Authorise again instead" });
  if (await again.isVisible()) await again.click();
}
async function disconnected() {
  const { site } = await world.host.settings("GET", "api/connection");
  if (site) await world.host.settings("DELETE", "api/connection", { site: site.name });
}

test("declining says so, changes nothing, and the next attempt works", async () => {
  await begin(page);
  await authorize(page, { decision: "deny" });
  await page.getByText("The permissions were declined").waitFor();
  await page.getByText("click Accept").waitFor();
  assert.equal(await state(), "not_connected");
  await authorize(page, { site: "globex" });
  await page.getByRole("heading", { name: "Jira is connected" }).waitFor();
});

test("a consent for several sites asks which one, and another one than before asks again", async () => {
  await disconnected();
  await begin(page);
  await page.getByText("globex was connected before").waitFor();
  // The account's grant covers both sites by now.
  await authorize(page, { site: "acme" });
  await page.getByRole("heading", { name: "Choose the Jira site" }).waitFor();
  await page.getByRole("button", { name: "Connect this site" }).click();
  await page.getByText("Choose a site first.").waitFor();
  await page.getByRole("radio", { name: "acme" }).check();
  await page.getByRole("button", { name: "Connect this site" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Connect acme" }).click();
  await page.getByRole("heading", { name: "Jira is connected" }).waitFor();
  assert.equal((await world.host.settings("GET", "api/connection")).site.name, "acme");
});

test("a pop-up that is blocked is said, and the same window does", async () => {
  await disconnected();
  await page.addInitScript(() => { window.open = () => null; });
  await begin(page);
  await page.getByRole("button", { name: "Authorize with Atlassian" }).click();
  await page.getByText("The browser blocked the pop-up").waitFor();
  await page.getByText("id.atlassian.com").first().waitFor();
  await page.getByRole("link", { name: "Continue in this window" }).click();
  await answerConsent(page);
  await page.getByRole("heading", { name: "Choose the Jira site" }).waitFor();
  await page.getByRole("radio", { name: "acme" }).check();
  await page.getByRole("button", { name: "Connect this site" }).click();
  await page.getByRole("heading", { name: "Jira is connected" }).waitFor();
});

test("an authorisation that took too long, was used, or is somebody else's is told apart", async () => {
  await disconnected();
  const start = async (user) => (await world.host.settings("POST", "api/connection/cloud/authorize", {}, user)).authorizeUrl;
  const consent = async (url) => new URL((await world.jira.control("POST", "/_sim/consent", { url, decision: "accept", site: "acme" })).location);
  const arrive = async (at, back) => {
    await at.goto(back.pathname + back.search);
    return at.locator("body").innerText();
  };
  const used = await consent(await start());
  await arrive(page, used);
  assert.match(await arrive(page, used), /already finished/);

  const others = await consent(await start());
  const paul = await browser.page(world, { user: "paul" });
  assert.match(await arrive(paul, others), /started by another user/);
  await paul.context().close();

  const late = await start();
  await world.host.control("POST", "/clock", { advanceMs: 11 * 60_000 });
  await world.jira.control("POST", "/_sim/clock", { advanceMs: 11 * 60_000 });
  assert.match(await arrive(page, await consent(late)), /longer than ten minutes/);
  assert.match(await arrive(page, new URL(`${world.host.url}${mount}/oauth/callback?code=x&state=invented`)), /not started here/);
});

test("when Atlassian is down, the admin reads that nothing was changed", async () => {
  await disconnected();
  await begin(page);
  await world.jira.fault("status=503,path=/oauth/token");
  await authorize(page, { site: "acme" });
  await page.getByText("Atlassian could not be reached").waitFor();
  await page.getByText("Try again in a few minutes").waitFor();
  assert.equal(await state(), "not_connected");
});

test("a second admin who connects meanwhile is told who was first", async () => {
  await disconnected();
  await world.host.control("POST", "/organisations/acme/users",
    { id: "bob", name: "Bob", email: "bob@acme.example", roles: ["admin", "member"], administers: [] });
  const bob = await browser.page(world, { user: "bob" });
  await Promise.all([begin(page), begin(bob)]);
  const popups = await Promise.all([page, bob].map(async (each) => {
    const [popup] = await Promise.all([each.waitForEvent("popup"), each.getByRole("button", { name: "Authorize with Atlassian" }).click()]);
    await popup.getByRole("button", { name: "Accept" }).waitFor();
    return popup;
  }));
  await answerConsent(popups[0]);
  await page.getByRole("heading", { name: "Choose the Jira site" }).waitFor();
  await page.getByRole("radio", { name: "acme" }).check();
  await page.getByRole("button", { name: "Connect this site" }).click();
  await page.getByRole("heading", { name: "Jira is connected" }).waitFor();
  await answerConsent(popups[1]);
  await bob.getByRole("heading", { name: "Choose the Jira site" }).waitFor();
  await bob.getByRole("radio", { name: "acme" }).check();
  await bob.getByRole("button", { name: "Connect this site" }).click();
  await bob.getByText("Somebody connected this organisation in the meantime").waitFor();
  await bob.context().close();
});

test("the step is handed to a member, who does it and nothing else, and the admin is told", async () => {
  await disconnected();
  await begin(page);
  await page.getByRole("button", { name: "Create a link" }).click();
  const link = await page.getByLabel("Link for your Jira admin").inputValue();
  const mia = await browser.page(world, { user: "mia" });
  await open(mia, "/");
  await mia.getByText("Ask an admin of Acme").waitFor();
  await mia.goto(link);
  await settled(mia);
  await authorize(mia);
  await mia.getByRole("radio", { name: "acme" }).check();
  await mia.getByRole("button", { name: "Connect this site" }).click();
  await mia.getByText("is connected to Jira").waitFor();
  await page.getByRole("heading", { name: "Jira is connected" }).waitFor();
  assert.equal(await state(), "connected");
  await open(mia, "/");
  await mia.getByText("Ask an admin of Acme").waitFor();
  const paul = await browser.page(world, { user: "paul" });
  await paul.goto(link);
  await paul.getByRole("alert").first().waitFor();
  await paul.context().close();
  const { alerts } = await world.host.control("GET", "/organisations/acme/alerts?all=1");
  assert.match(JSON.stringify(alerts), /Mia/);
  await mia.context().close();
});

test("disconnecting says what will happen and asks for the site's name", async () => {
  await open(page);
  await page.getByRole("button", { name: "Disconnect" }).click();
  const dialog = page.getByRole("dialog");
  for (const text of [/tokens/, /stay in Jira/, /links/, /webhook/i]) await dialog.getByText(text).first().waitFor();
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await dialog.getByText("not the same text").waitFor();
  await dialog.getByRole("textbox").fill("acme");
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await page.getByText("Not connected").first().waitFor();
  assert.equal(await state(), "not_connected");
});

test("an account that may create issues nowhere is connected, and reads why no project is there", async () => {
  const empty = await World.start({ simulator: ["--no-projects"] });
  const lonely = await browser.page(empty);
  try {
    await open(lonely, "/connect");
    await authorize(lonely);
    await lonely.getByText("No Jira projects found").waitFor();
    await lonely.getByText(/may not have access to any project/).waitFor();
  } finally {
    await lonely.context().close();
    await empty.close();
  }
});

test("without the operator's app the page says whom to ask", async () => {
  const bare = await World.start({ config: { "jira.cloud.client_id": "" } });
  const lost = await browser.page(bare);
  try {
    await open(lost);
    await lost.getByText(/platform operator/).first().waitFor();
  } finally {
    await lost.context().close();
    await bare.close();
  }
});
