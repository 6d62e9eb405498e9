// Takes a picture of every page, light and dark, into docs/screens: ./dev screens
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { Browser } from "./support/browser.mjs";
import { states } from "./support/states.mjs";
import { World } from "./support/world.mjs";

const directory = process.argv[2] ?? fileURLToPath(new URL("../../docs/screens", import.meta.url));
const width = 1200;
const world = await World.start();
const browser = await Browser.start();
try {
  await mkdir(directory, { recursive: true });
  for await (const { name, file, user, show } of states(world)) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.page(world, { user, colorScheme, viewport: { width, height: 800 } });
      await show(page);
      // A window as high as the page: what sticks to its edges or covers it is where it belongs.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.max(height, 800) });
      await page.screenshot({ path: `${directory}/${file}-${colorScheme}.png`, fullPage: true });
      await page.context().close();
    }
    console.log(name);
  }
} finally {
  await browser.close();
  await world.close();
}
