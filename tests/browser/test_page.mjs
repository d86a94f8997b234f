// What a visitor does on the pages that the server makes: by keyboard alone, and the same without JavaScript.
import { assert, focused, sample, tabTo, test, withPage } from "./lib.mjs";

/* Asks from the front page: the word itself, or the suggestion that its beginning gives. */
async function search(page, url, word, isPicked) {
  await page.goto(`${url}/`);
  await tabTo(page, (at) => at.tag === "INPUT" && at.type === "search");
  await page.keyboard.type(isPicked ? word.slice(0, -2) : word);
  if (isPicked) {
    const option = page.getByRole("option", { name: `${word} ord` });
    await option.waitFor();
    for (let i = 0; i < 8 && (await option.getAttribute("aria-selected")) !== "true"; i++) await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sok\?/);
}
const total = async (page) => +/^([\d\u202f]+) treff/.exec(await page.locator("#treff").textContent())[1].replace("\u202f", "");

/* What a page shows of its state: address, field, boxes, chips, hits. */
const state = (page) => page.evaluate(() => ({
  address: location.href, words: document.getElementById("q").value,
  chosen: [...document.querySelectorAll("input:checked")].map((box) => box.value),
  chips: [...document.querySelectorAll(".chips a")].map((a) => a.textContent),
  hits: [...document.querySelectorAll(".hits h2 a")].map((a) => a.getAttribute("href")),
}));

async function tasks(page, url, { isPicked }) {
  await search(page, url, "kommunene", isPicked);
  const all = await total(page);
  assert.equal(all, (await (await fetch(`${url}/v1/search?q=kommunene`)).json()).total);
  const begun = await state(page);
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
  const second = await state(page);
  assert.deepEqual(second.chosen, ["nord"]);
  const hit = await tabTo(page, (at) => at.tag === "A" && at.href.includes("/r/"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/r\//);
  assert.equal(page.url(), hit.href);
  assert.ok((await page.locator("h1").textContent()).length > 3);
  const { record } = await (await fetch(`${url}/v1/records/${new URL(hit.href).pathname.slice("/r/".length)}`)).json();
  const citation = await tabTo(page, (at) => at.id === "sitat");
  assert.equal(citation.value, record.citation);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+C");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), record.citation);
  await page.goBack();
  assert.deepEqual(await state(page), second);
  await page.goBack();
  assert.equal(await total(page), one);
  for (let i = 0; i < 2; i++) await page.goBack();
  assert.deepEqual(await state(page), begun, "a box that was ticked before the step forward is not ticked after the step back");
}
const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

test("page: the tasks by keyboard", async () => {
  const url = await sample();
  await withPage(clipboard, (page) => tasks(page, url, { isPicked: true }));
});

test("page: the tasks by keyboard without JavaScript", async () => {
  const url = await sample();
  await withPage({ ...clipboard, javaScriptEnabled: false }, (page) => tasks(page, url, { isPicked: false }));
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

test("page: one that the browser kept says what its address says", async () => {
  const url = await sample();
  await withPage({}, async (page) => {
    await page.goto(`${url}/sok?q=LAR&year=2023`);
    const before = await state(page);
    await page.locator("#q").fill("PLL");
    await page.locator("input[type=checkbox][value=nord]").check();
    await page.locator("input[type=checkbox][value='2023']").uncheck();
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    assert.deepEqual(await state(page), before);
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
