// What a visitor does in the widget, by keyboard alone: focus is never lost, each search is announced once, the address
// holds the state.
import { assert, focused, sample, settled, tabTo, test, withPage } from "./lib.mjs";

const answerOf = async (url, question) => (await fetch(`${url}/v1/search?${question}`)).json();
const heading = (page, id = "fritt") => page.locator(`#${id} #count`).textContent();

/* Notes every text that the status region comes to hold. */
function listen(page, id = "fritt") {
  return page.evaluate((id) => {
    window.said = [];
    const status = document.getElementById(id).shadowRoot.querySelector("[role=status]");
    new MutationObserver(() => status.textContent && window.said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  }, id);
}
async function said(page) {
  await page.waitForTimeout(500); // longer than the widget waits before it speaks
  return page.evaluate(() => window.said.splice(0));
}

async function ask(page, words) {
  await tabTo(page, (at) => at.role === "combobox");
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await settled(page, "fritt");
}

test("widget: a suggestion is picked by keyboard", async () => {
  const url = await sample();
  await withPage({}, async (page) => {
    await page.goto(`${url}/demo`);
    await listen(page);
    await tabTo(page, (at) => at.role === "combobox");
    await page.keyboard.type("lar");
    const field = page.locator("#fritt [role=combobox]");
    await page.locator("#fritt [role=option]").first().waitFor();
    assert.equal(await field.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("ArrowDown");
    const option = page.locator(`#fritt [id="${await field.getAttribute("aria-activedescendant")}"]`);
    assert.equal(await option.getAttribute("aria-selected"), "true");
    assert.match(await option.textContent(), /legemiddelassistert/);
    await page.keyboard.press("ArrowUp");
    assert.equal(await field.getAttribute("aria-activedescendant"), null, "the field itself again");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await settled(page, "fritt");
    assert.equal(await field.getAttribute("aria-expanded"), "false");
    assert.equal(await field.inputValue(), "LAR");
    assert.equal((await focused(page)).role, "combobox", "focus stays in the field");
    const { total } = await answerOf(url, "q=LAR");
    assert.equal(await heading(page), `${total} treff på «LAR»`);
    assert.deepEqual(await said(page), [`${total} treff på «LAR»`]);
    await page.keyboard.type("x");
    await page.keyboard.press("Escape");
    assert.equal(await field.getAttribute("aria-expanded"), "false");
  });
});

test("widget: narrow by two facets, take one away, sort; each announced once", async () => {
  const url = await sample();
  await withPage({}, async (page) => {
    await page.goto(`${url}/demo?sak=7&tom=%20x`);
    await listen(page);
    await ask(page, "kommune");
    const all = await answerOf(url, "q=kommune");
    assert.deepEqual(await said(page), [`${all.total} treff på «kommune»`]);
    for (const [key, value] of [["region nord", "region=nord"], ["year 2023", "region=nord&year=2023"]]) {
      await tabTo(page, (at) => at.key === key);
      await page.keyboard.press("Space");
      await settled(page, "fritt");
      assert.equal((await focused(page)).key, key, "focus stays on the box");
      const { total } = await answerOf(url, `q=kommune&${value}`);
      assert.deepEqual(await said(page), [`${total} treff på «kommune»`]);
    }
    const counts = await page.locator('#fritt [data-key^="region "]').evaluateAll((boxes) =>
      boxes.map((box) => [box.value, +box.parentElement.querySelector(".count").textContent.replace(/\D/g, "")]));
    const { facets } = await answerOf(url, "q=kommune&region=nord&year=2023");
    assert.deepEqual(Object.fromEntries(counts), Object.fromEntries(facets.region.map((item) => [item.value, item.count])), "exact and disjunctive");
    assert.match(page.url(), /\?sak=7&tom=%20x&hf-q=kommune&hf-region=nord&hf-year=2023$/, "the page's own query is left alone");
    await tabTo(page, (at) => at.tag === "BUTTON" && at.text.startsWith("Helse Nord"));
    await page.keyboard.press("Enter");
    await settled(page, "fritt");
    assert.match((await focused(page)).text, /^2023/, "the next chip has focus");
    await page.keyboard.press("Enter");
    await settled(page, "fritt");
    assert.equal((await focused(page)).id, "count", "no chip is left: the heading has focus");
    assert.deepEqual(await said(page), [`${all.total} treff på «kommune»`], "two searches in haste are announced once");
    await tabTo(page, (at) => at.id === "sort");
    await page.keyboard.press("ArrowDown");
    await settled(page, "fritt");
    assert.equal((await focused(page)).id, "sort");
    const newest = await answerOf(url, "q=kommune&sort=newest");
    assert.equal(await page.locator("#fritt article a[data-id]").first().getAttribute("data-id"), newest.hits[0].id);
    await page.goBack();
    await page.goBack();
    await page.locator('#fritt [data-key="year 2023"]:checked').waitFor();
    assert.match(page.url(), /hf-year=2023$/);
    assert.equal(await page.locator("#fritt .chips li").count(), 1);
    await page.goForward();
    await page.locator('#fritt [data-key="year 2023"]:not(:checked)').waitFor();
    assert.equal(await page.locator("#fritt .chips li").count(), 0);
  });
});

test("widget: show more, open a record, copy its citation, come back", async () => {
  const url = await sample();
  await withPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.goto(`${url}/demo`);
    await listen(page);
    await ask(page, "kommune");
    await said(page);
    const { total, hits } = await answerOf(url, "q=kommune&size=20");
    await tabTo(page, (at) => at.text === "Vis 10 treff til");
    await page.keyboard.press("Enter");
    await settled(page, "fritt");
    assert.equal((await focused(page)).key, hits[10].id, "focus is on the first new hit");
    assert.deepEqual(await said(page), [`Viser 20 av ${total} treff`]);
    assert.deepEqual(await page.locator("#fritt article a[data-id]").evaluateAll((links) => links.map((a) => a.dataset.id)), hits.map((hit) => hit.id));
    await tabTo(page, (at) => at.tag === "BUTTON" && at.text.startsWith("Kopier henvisning"));
    await page.keyboard.press("Enter");
    assert.deepEqual(await said(page), ["Henvisningen er kopiert"]);
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${hits[10].citation}. ${url}${hits[10].link}`);
    const link = await tabTo(page, (at) => at.tag === "A" && at.key === hits[10].id, "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(link.href);
    await page.goBack();
    await page.locator("#fritt article").nth(19).waitFor();
    assert.match(page.url(), /hf-q=kommune&hf-n=20$/);
    await page.waitForFunction((id) => document.getElementById("fritt").shadowRoot.activeElement?.dataset.id === id, hits[10].id);
  });
});

test("widget: helsefellesskap beneath their region, chosen by keyboard", async () => {
  const url = await sample();
  await withPage({}, async (page) => {
    await page.goto(`${url}/demo`);
    await ask(page, "LAR");
    await tabTo(page, (at) => at.text === "Helsefellesskap i Helse Vest");
    await page.keyboard.press("Enter");
    await tabTo(page, (at) => at.key === "helsefellesskap hf-sor-rogaland");
    await page.keyboard.press("Space");
    await settled(page, "fritt");
    assert.equal((await focused(page)).key, "helsefellesskap hf-sor-rogaland");
    const { total, facets } = await answerOf(url, "q=LAR&helsefellesskap=hf-sor-rogaland");
    assert.match(await heading(page), new RegExp(`^${total} treff`));
    const shown = await page.locator('#fritt [data-key^="helsefellesskap "]').evaluateAll((boxes) => boxes.map((box) => box.value).sort());
    assert.deepEqual(shown, facets.helsefellesskap.map((item) => item.value).filter((id) => facets.region.some((region) => region.value === facets.helsefellesskap.find((item) => item.value === id).region)).sort());
    assert.match(page.url(), /hf-helsefellesskap=hf-sor-rogaland$/);
  });
});

test("widget: many hits come back by the address; without a clipboard the citation can be copied by hand", async () => {
  const url = await sample();
  await withPage({}, async (page) => {
    await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.goto(`${url}/demo?hf-q=&hf-n=230`);
    await page.locator("#fritt article").nth(229).waitFor();
    const { hits } = await answerOf(url, "offset=200&size=30");
    assert.deepEqual(await page.locator("#fritt article a[data-id]").evaluateAll((links) => links.slice(200).map((a) => a.dataset.id)), hits.map((hit) => hit.id));
    await page.locator("#fritt .cite button").first().focus();
    await page.keyboard.press("Enter");
    const field = page.locator("#fritt input.copy");
    assert.ok((await field.inputValue()).includes(`${url}/r/`));
    assert.equal(await field.evaluate((node) => node.selectionEnd - node.selectionStart === node.value.length && node.getRootNode().activeElement === node), true);
  });
});

test("widget: what helps where nothing is found", async () => {
  const url = await sample();
  await withPage({ may: /status of 400/ }, async (page) => {
    await page.goto(`${url}/demo`);
    await ask(page, "legemidelliste");
    assert.equal(await heading(page), "Ingen treff på «legemidelliste»");
    await tabTo(page, (at) => at.tag === "BUTTON" && at.text === "legemiddelliste");
    await page.keyboard.press("Enter");
    await settled(page, "fritt");
    assert.match(await heading(page), /^\d+ treff på «legemiddelliste»$/);
    assert.equal((await focused(page)).id, "count", "the button is gone: the heading has focus");
    await page.evaluate(() => document.getElementById("fritt").search("LAR budsjett"));
    assert.match(await page.locator("#fritt .notes").textContent(), /Med ett ord mindre.*LAR.*budsjett/s);
    assert.match(await page.locator("#fritt .recall").textContent(), /Søkt i 26 møter fra 19 helsefellesskap/);
    await page.evaluate(() => document.getElementById("fritt").search("(LAR"));
    assert.match(await heading(page), /parentesen blir aldri lukket/);
  });
});

test("widget: the picture of the years says what its table says", async () => {
  const url = await sample();
  await withPage({}, async (page) => {
    await page.goto(`${url}/demo?hf-q=LAR`);
    await page.locator("#fritt svg").waitFor();
    const answer = await (await fetch(`${url}/v1/timeline?q=LAR&type=decision`)).json();
    const sums = {};
    for (const { years } of answer.series) for (const { year, hits } of years) sums[year] = (sums[year] || 0) + hits;
    const table = await page.locator("#fritt details tbody tr").evaluateAll((rows) => rows.map((row) => [row.children[0].textContent, +row.children[1].textContent]));
    assert.deepEqual(Object.fromEntries(table), sums);
    const bars = await page.locator("#fritt .bar").evaluateAll((list) => list.map((bar) => +bar.getAttribute("height")));
    assert.equal(bars.filter(Boolean).length, Object.values(sums).filter(Boolean).length);
    for (const [year, hits] of table) assert.match(await page.locator("#fritt svg").getAttribute("aria-label"), new RegExp(`${year} ${hits}`));
    const map = await page.locator("#fritt .map tbody tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.deepEqual(map, answer.series.map(({ label, years }) => [label, ...years.map(({ hits, meetings }) => (hits || meetings ? `${hits}/${meetings}` : "ingen møter"))]));
    assert.equal(await page.locator("#fritt .map .none").count(), map.flat().filter((text) => text === "ingen møter").length);
    await page.goto(`${url}/demo`);
    await page.evaluate(() => { const fixed = document.getElementById("fast"); fixed.setAttribute("timeline", ""); return fixed.search("LAR"); });
    await page.locator("#fast svg").waitFor();
    assert.equal(await page.locator("#fast .map").count(), 0); // one region alone has nothing beside it
  });
});
