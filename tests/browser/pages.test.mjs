// Every page in its states: accessible, in both colour schemes, on a narrow screen, at 200 %, by keyboard alone, light.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser } from "./support/browser.mjs";
import { states } from "./support/states.mjs";
import { assertNoProblems, assertNoSideways, listOf, open } from "./support/steps.mjs";
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

test("the keyboard reaches and works everything that is needed to map a project", async () => {
  await world.connect();
  await world.host.project("by-keyboard");
  const page = await browser.page(world);
  await open(page, "/projects");
  const focus = async (name) => {
    for (let presses = 0; presses < 200; presses += 1) {
      await page.keyboard.press("Tab");
      const label = await page.evaluate(() => {
        const { activeElement: at } = document;
        return at.getAttribute("aria-label") ?? at.labels?.[0]?.innerText ?? at.innerText;
      });
      if (label.trim() === name) return;
    }
    throw new Error(`Tab never reaches ${name}`);
  };
  await focus("Jira project for by-keyboard");
  await page.keyboard.type("AUTH");
  await listOf(page).getByRole("option", { name: /^AUTH/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await focus("Issue type for by-keyboard");
  await page.keyboard.press("ArrowDown");
  await listOf(page).getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await focus("Save");
  await page.keyboard.press("Enter");
  await page.getByText("mapping is saved").first().waitFor();
  const { projects } = await world.host.settings("GET", "api/projects");
  assert.equal(projects.find(({ key }) => key === "by-keyboard").mapping.jiraProject.key, "AUTH");
  assertNoProblems(page);
  await world.host.settings("DELETE", "api/connection", { site: "acme" });
});

const looks = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  { name: "360 px", colorScheme: "light", viewport: { width: 360, height: 740 } },
  // 1280 px at 200 % is 640 px of room.
  { name: "200 %", colorScheme: "light", viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
];

test("axe-core finds nothing on any page in any state, and nothing scrolls sideways", async () => {
  let checked = 0;
  for await (const { name, user, show } of states(world)) {
    for (const { name: look, ...options } of looks) {
      const page = await browser.page(world, { user, ...options });
      await show(page);
      await browser.checkAccessibility(page, `${name}, ${look}`);
      await assertNoSideways(page, `${name}, ${look}`);
      assertNoProblems(page);
      await page.context().close();
      checked += 1;
    }
  }
  console.log(`${checked} views checked`);
  assert.ok(checked > 40);
});

test("a first view weighs at most 150 KB uncompressed", async () => {
  const page = await browser.page(world);
  const sizes = [];
  page.on("response", async (response) => sizes.push(response.body().then((body) => body.length, () => 0)));
  await open(page);
  const weight = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  console.log(`first view: ${weight} bytes`);
  assert.ok(weight <= 150_000, `${weight} bytes`);
});
