// Debian's Chromium, driven by playwright-core; accessibility by axe-core.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { chromium } from "playwright-core";

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const chromiumFlags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

export const mount = "/settings/integrations/jira";

export class Browser {
  static async start() {
    const browser = new Browser();
    browser.chromium = await chromium.launch({ executablePath: process.env.ASPM_CHROMIUM || "/usr/bin/chromium",
      args: chromiumFlags });
    browser.axe = await readFile(axeFile, "utf8");
    return browser;
  }

  /** A page in which `user` is signed in to the host. Whatever goes wrong in its scripts is in page.problems. */
  async page(world, { user = "alice", organisation = "acme", ...options } = {}) {
    const context = await this.chromium.newContext({ baseURL: world.host.url, ignoreHTTPSErrors: true, locale: "en-GB",
      timezoneId: "Europe/Berlin", ...options });
    if (user) {
      const { cookie } = await world.host.session(user, organisation);
      const [name, value] = cookie.split(/=(.*)/s);
      await context.addCookies([{ name, value, url: world.host.url }]);
    }
    return this.watched(await context.newPage());
  }

  watched(page) {
    page.problems = [];
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => page.problems.push(String(error)));
    page.on("console", (message) => {
      // The browser reports refused requests by itself; pages show those to their user.
      if (message.type() === "error" && !/Failed to load resource/.test(message.text())) page.problems.push(message.text());
    });
    return page;
  }

  /** Fails with what axe-core finds on the page as it is now. */
  async checkAccessibility(page, where) {
    await page.evaluate(this.axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((n) => n.target.join(" ")).join("\n    ")}`);
    assert.equal(found.length, 0, `axe-core on ${where}:\n  ${found.join("\n  ")}`);
  }

  close() {
    return this.chromium.close();
  }
}
