// What a visitor does on the pages that the server makes: by keyboard alone, and the same without JavaScript.
import { assert, focused, sample, tabTo, test, withPage } from "./lib.mjs";

async function search(page, url, words) {
  await page.goto(`${url}/`);
  await tabTo(page, (at) => at.tag === "INPUT" && at.type === "search");
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sok\?/);
}
const total = async (page) => +/^([\d\u202f]+) treff/.exec(await page.locator("#treff").textContent())[1].replace("\u202f", "");

async function tasks(page, url) {
  await search(page, url, "kommune");
  const all = await total(page);
  assert.ok(all > 10);
  // Narrow by two facets.
  await tabTo(page, (at) => at.type === "checkbox" && at.value === "nord");
  await page.keyboard.press("Space");
  await tabTo(page, (at) => at.type === "checkbox" && at.value === "2023");
  await page.keyboard.press("Space");
  await tabTo(page, (at) => at.text === "Avgrens" && at.tag === "BUTTON");
  await page.keyboard.press("Enter");
  await page.waitForURL(/region=nord.*year=2023/);
  const both = await total(page);
  assert.ok(both > 0 && both < all, `${both} of ${all}`);
  // Take one away.
  const chip = await tabTo(page, (at) => at.tag === "A" && at.text.includes("2023"));
  assert.ok(!chip.href.includes("year="));
  await page.keyboard.press("Enter");
  await page.waitForURL((at) => !at.search.includes("year="));
  const one = await total(page);
  assert.ok(one > both && one < all);
  // The next page, a record there, and back to the same state.
  await tabTo(page, (at) => at.tag === "A" && at.text === "Neste");
  await page.keyboard.press("Enter");
  await page.waitForURL(/page=2/);
  const list = await page.locator(".hits h2").allTextContents();
  const hit = await tabTo(page, (at) => at.tag === "A" && at.href.includes("/r/"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/r\//);
  assert.equal(page.url(), hit.href);
  assert.ok((await page.locator("h1").textContent()).length > 3);
  const copy = page.locator("button.copy, [data-copy]");
  if (await copy.count()) {
    await tabTo(page, (at) => at.tag === "BUTTON" && /opi|iter/.test(at.text));
    await page.keyboard.press("Enter");
    assert.notEqual((await focused(page)).tag, "BODY");
  }
  await page.goBack();
  assert.match(page.url(), /region=nord.*page=2/);
  assert.deepEqual(await page.locator(".hits h2").allTextContents(), list);
  await page.goBack();
  assert.equal(await total(page), one);
}

test("page: the tasks by keyboard", async () => {
  const url = await sample();
  await withPage({}, (page) => tasks(page, url));
});

test("page: the tasks by keyboard without JavaScript", async () => {
  const url = await sample();
  await withPage({ javaScriptEnabled: false }, (page) => tasks(page, url));
});

test("page: a suggestion is picked by keyboard, with what is chosen kept", async () => {
  const url = await sample();
  await withPage({}, async (page) => {
    await page.goto(`${url}/sok?q=PLL&region=nord`);
    const field = page.getByRole("combobox", { name: "Søk i saker, vedtak og personer" });
    const list = page.getByRole("listbox", { name: "Forslag" });
    await tabTo(page, (at) => at.role === "combobox");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("lar");
    await list.waitFor();
    assert.equal(await field.getAttribute("aria-expanded"), "true");
    assert.equal(await field.getAttribute("aria-controls"), await list.getAttribute("id"));
    const answer = await (await fetch(`${url}/v1/suggest?q=lar&lang=nb`)).json();
    assert.deepEqual(await list.getByRole("option").locator(".name").allTextContents(), answer.suggestions.slice(0, 8).map((one) => one.text));
    assert.equal((await focused(page)).role, "combobox", "focus stays in the field");
    await page.keyboard.press("ArrowDown");
    const chosen = page.locator(`[id="${await field.getAttribute("aria-activedescendant")}"]`);
    assert.equal(await chosen.getAttribute("aria-selected"), "true");
    assert.match(await chosen.textContent(), /legemiddelassistert.*begrep/);
    await page.keyboard.press("ArrowUp");
    assert.equal(await field.getAttribute("aria-activedescendant"), null, "the field itself again");
    await page.keyboard.press("Escape");
    assert.equal(await list.isVisible(), false);
    assert.equal(await field.getAttribute("aria-expanded"), "false");
    assert.equal(await field.inputValue(), "lar", "Escape takes the list away, not the words");
    await page.keyboard.press("ArrowDown");
    await list.waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await list.isVisible(), false, "leaving the field takes the list away");
    assert.equal((await focused(page)).text, "Søk");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowDown");
    await list.waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL((at) => at.searchParams.get("q") === "LAR" && at.searchParams.getAll("region").join() === "nord");
    const { total: found } = await (await fetch(`${url}/v1/search?q=LAR&region=nord`)).json();
    assert.equal(await total(page), found);
  });
});

test("page: a suggestion is picked by pointer; a server that is away leaves a field that works", async () => {
  const url = await sample();
  await withPage({ may: /ERR_FAILED/, hasTouch: true, viewport: { width: 320, height: 640 } }, async (page) => {
    await page.goto(`${url}/?lang=nn`);
    await page.locator("#q").tap();
    await page.keyboard.type("rus");
    await page.getByRole("listbox", { name: "Forslag" }).waitFor();
    const first = page.getByRole("option").first();
    const query = (await (await fetch(`${url}/v1/suggest?q=rus&lang=nn`)).json()).suggestions[0].query;
    const { x, width, height } = await first.boundingBox();
    assert.ok(x >= 0 && x + width <= 320 && height >= 24, `${x} ${width} ${height}`);
    await first.tap();
    await page.waitForURL((at) => at.pathname === "/sok" && at.searchParams.get("q") === query && at.searchParams.get("lang") === "nn");
    await page.route(/v1\/suggest/, (route) => route.abort());
    const asked = page.waitForEvent("requestfailed");
    await page.locator("#q").fill("pll");
    await asked;
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=pll/);
  });
});

test("page: the widget's page without JavaScript is a form that searches", async () => {
  const url = await sample();
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${url}/demo`);
    await tabTo(page, (at) => at.id === "uten-2");
    await page.keyboard.type("LAR");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/sok\?type=decision&region=nord&q=LAR/);
    const answer = await (await fetch(`${url}/v1/search?q=LAR&type=decision&region=nord`)).json();
    assert.equal(await total(page), answer.total);
  });
});
