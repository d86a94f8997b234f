// What the browser tests share: the daemon on an index, the browser, pages that note everything that goes wrong in
// them, and small helpers for the keyboard.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

export { assert };
const build = process.env.HFSOK_BUILD;
const work = mkdtempSync(path.join(tmpdir(), "hfsok-browser-"));
const tests = [];
const daemons = [];
let browser;

/* test("what must hold", async () => …) */
export function test(name, body) {
  tests.push({ name, body });
}

/* Runs the tests whose name holds word, one after the other; gives the exit code. */
export async function finish(word) {
  let failed = 0;
  try {
    // In a container the browser's own sandbox may not be had; never as root.
    const launch = (...args) => chromium.launch({ executablePath: process.env.HFSOK_BROWSER, args: [...args, "--disable-dev-shm-usage"] });
    browser = process.getuid() === 0 ? await launch("--no-sandbox") : await launch().catch(() => launch("--no-sandbox"));
    for (const { name, body } of tests.filter((one) => one.name.includes(word))) {
      const began = Date.now();
      try {
        await body();
        console.log(`ok   ${name} (${Date.now() - began} ms)`);
      } catch (error) {
        failed++;
        console.log(`FAIL ${name}\n${String(error.stack || error).replace(/^/gm, "     ")}`);
      }
    }
  } finally {
    await browser?.close();
    for (const daemon of daemons) daemon.kill();
    rmSync(work, { recursive: true, force: true });
  }
  console.log(`${failed} failed`);
  return failed ? 1 : 0;
}

/* Indexes a folder and serves it, with more options of the daemon; gives the address. The same is served once. */
const served = new Map();
export function serve(folder, ...options) {
  const name = [folder, ...options].join(" ");
  if (!served.has(name)) served.set(name, start(folder, options));
  return served.get(name);
}
async function start(folder, options) {
  const index = path.join(work, `index${daemons.length}-${Date.now()}`);
  execFileSync(`${build}/hfsok-indexer`, ["--quiet", "--index", index, folder], { stdio: ["ignore", "ignore", "inherit"] });
  const daemon = spawn(`${build}/hfsok-searchd`, ["--index", index, "--listen", "127.0.0.1:0", "--threads", "2", ...options], { stdio: ["ignore", "pipe", "ignore"] });
  daemons.push(daemon);
  return new Promise((resolve, reject) => {
    daemon.once("exit", (code) => reject(new Error(`the daemon ended with ${code}`)));
    let said = "";
    daemon.stdout.on("data", (data) => {
      const found = /(http:\/\/[0-9.:]+)\/\n/.exec((said += data));
      if (found) resolve(found[1]);
    });
  });
}
export const sample = () => serve("tests/corpus");
export const scratch = (name) => path.join(work, name);

/* A page that gathers what must never happen: errors, dialogs, requests to others, broken policies. body(page) runs
 * with it; what was gathered fails the test, but for lines that match options.may. */
export async function withPage(options, body) {
  const { may, ...context } = options;
  const at = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "nb-NO", ...context });
  const page = await at.newPage();
  page.setDefaultTimeout(10000);
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (line) => ["error", "warning"].includes(line.type()) && wrong.push(`console: ${line.text()}`));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^http:\/\/127\.0\.0\.1:|^about:/.test(request.url())) wrong.push(`foreign request: ${request.url()}`);
  });
  await at.addInitScript(() => addEventListener("securitypolicyviolation", (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`)));
  try {
    await body(page);
    assert.deepEqual(wrong.filter((line) => !may?.test(line)), []);
  } finally {
    await at.close();
  }
}

/* The element that has focus, also in a shadow root. */
export function focused(page) {
  return page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const { tagName: tag, id, type, value, dataset } = at;
    return { tag, id, type, value, key: dataset.key || dataset.id || null, href: at.href || null, role: at.getAttribute("role"), text: at.textContent.trim() };
  });
}

/* Presses Tab (or another key) until what has focus is what is looked for. */
export async function tabTo(page, is, key = "Tab") {
  const seen = [];
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (is(at)) return at;
    seen.push(`${at.tag} ${at.text.slice(0, 30)}`);
  }
  throw new Error(`the keyboard does not reach ${is}; it came by ${seen.slice(0, 60).join(" | ")}`);
}

/* Waits until the widget has answered the question that stands. */
export async function settled(page, id) {
  await page.waitForFunction((id) => {
    const room = document.getElementById(id).shadowRoot.querySelector(".room");
    return room.getAttribute("aria-busy") === "false";
  }, id);
}
