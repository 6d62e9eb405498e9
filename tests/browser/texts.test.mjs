// The texts of the pages against their use: every one is shown somewhere, and every one that is shown is there. Needs no
// browser.
import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("../../jira_plugin/web/", import.meta.url));

/** Node.js takes a .js file for a module only where a package.json says so. */
async function loadTexts() {
  const place = await mkdtemp(`${tmpdir()}/texts-`);
  try {
    await writeFile(`${place}/package.json`, '{ "type": "module" }');
    for (const part of ["strings.js", "strings"]) await cp(web + part, `${place}/${part}`, { recursive: true });
    return await import(`${place}/strings.js`);
  } finally {
    await rm(place, { recursive: true });
  }
}

const { hasText, texts } = await loadTexts();
const isPlural = (value) => typeof value === "object" && Object.keys(value).every((form) => ["one", "other"].includes(form));

/** "section.name" of every text. */
function names(place, path = "") {
  return Object.entries(place).flatMap(([name, value]) => {
    const full = path ? `${path}.${name}` : name;
    return typeof value === "string" || isPlural(value) ? [full] : names(value, full);
  });
}

async function scripts() {
  const files = (await readdir(web, { recursive: true })).filter((file) => file.endsWith(".js") && !file.startsWith("strings"));
  return (await Promise.all(files.map((file) => readFile(web + file, "utf8")))).join("\n");
}

/** Matches the names that a template such as `queue.${direction}` can stand for. */
const pattern = (template) => new RegExp(`^${template.replace(/\$\{[^}]*\}/g, "\\w+").replace(/\./g, "\\.")}$`);

test("every text is shown somewhere", async () => {
  const code = await scripts();
  const literals = new Set([...code.matchAll(/"([\w.]+)"/g)].map(([, literal]) => literal));
  const templates = [...code.matchAll(/`((?:[\w.]|\$\{[^}`]*\})+)`/g)].map(([, template]) => template)
    .filter((template) => template.includes(".") && template.includes("${"));
  const isUsed = (name) => {
    const [section] = name.split(".");
    const group = name.slice(0, name.lastIndexOf("."));
    if (literals.has(name)) return true;
    if (/\.|states$|severities$/i.test(group) && literals.has(group)) return true; // words that come from the API
    return templates.some((template) => pattern(template).test(name) &&
      (template.startsWith(`${section}.`) || (/^\$\{\w+\}\.\w+$/.test(template) && literals.has(section))));
  };
  const all = names(texts);
  assert.ok(all.length > 500);
  assert.deepEqual(all.filter((name) => !isUsed(name)), []);
});

test("every text that is shown is there", async () => {
  const code = await scripts();
  const shown = [...code.matchAll(/\bt\("([\w.]+)"/g)].map(([, name]) => name);
  assert.ok(shown.length > 300);
  assert.deepEqual(shown.filter((name) => !hasText(name)), []);
});
