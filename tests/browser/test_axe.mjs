// No page breaks a rule that axe can check: light and dark, on a phone, a tablet and a screen.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { assert, sample, test, withPage } from "./lib.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const widths = [320, 768, 1280];

const first = async (url, question) => (await (await fetch(`${url}/v1/search?${question}`)).json()).hits[0];

const unfold = (page) => page.locator("details").evaluateAll((list) => list.forEach((one) => (one.open = true)));

/* Leaves the list of suggestions open, with one of them chosen. */
const suggest = (field) => async (page) => {
  await page.locator(field).fill("lar");
  await page.locator(`${field} + [role=listbox] [role=option]`).first().waitFor();
  await page.keyboard.press("ArrowDown");
};

const pages = [
  { name: "front", path: () => "/" },
  { name: "hits", path: () => "/sok?q=LAR" },
  { name: "hits, everything unfolded", path: () => "/sok?q=LAR&size=2", act: unfold },
  { name: "hits, narrowed", path: () => "/sok?q=kommune&region=nord&year=2023&size=3" },
  { name: "hits, suggestions", path: () => "/sok?q=LAR", act: suggest("#q") },
  { name: "nothing found", path: () => "/sok?q=legemidelliste" },
  { name: "a bad question", path: () => "/sok?q=(LAR", status: 400 },
  { name: "a decision", path: async (url) => (await first(url, "q=LAR&type=decision")).link },
  { name: "a case", path: async (url) => (await first(url, "q=LAR&type=case")).link, act: unfold },
  { name: "a meeting", path: async (url) => (await first(url, "type=meeting")).link },
  { name: "a person", path: async (url) => `/person/${(await first(url, "type=attendee&q=Lars")).person}` },
  { name: "coverage", path: () => "/dekning" },
  { name: "widget", path: () => "/demo" },
  { name: "widget with hits", path: () => "/demo?hf-q=LAR&hf-region=nord&hf2-q=LAR", isWidget: true },
  { name: "widget, suggestions", path: () => "/demo", act: suggest("#fritt [role=combobox]") },
  { name: "widget, facets unfolded", path: () => "/demo?hf-q=kommune&hf-region=vest", act: async (page) => {
    await page.locator("#fritt .after p").waitFor();
    await page.locator("#fritt .opener").evaluate((button) => button.click());
    await page.locator("#fritt details").evaluateAll((list) => list.forEach((one) => (one.open = true)));
  } },
  { name: "widget, nothing found", path: () => "/demo?hf-q=legemidelliste&hf2-q=LAR+budsjett", isWidget: true },
];

for (const one of pages) {
  test(`axe: ${one.name}`, async () => {
    const url = await sample();
    const address = url + (await one.path(url));
    const { status } = await fetch(address);
    assert.equal(status, one.status || 200, address);
    await withPage({ may: /status of 400/ }, async (page) => {
      await page.goto(address);
      if (one.isWidget) await page.locator("#fast .after p").waitFor();
      await one.act?.(page);
      await page.evaluate(`${axe};0`);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 });
          const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }));
          const what = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(" | ")}`);
          assert.deepEqual(what, [], `${address} ${colorScheme} ${width}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${address} scrolls sideways at ${width}: ${wide}`);
        }
      }
    });
  });
}
