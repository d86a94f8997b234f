// What a screen reader is told: the browser's own accessibility tree of the pages and of the widget, and where focus is
// after what changes the list.
import { assert, focused, sample, settled, tabTo, test, withPage } from "./lib.mjs";

/* The tree as nodes {role, name, value, level, live, checked, expanded, active, parent, inside(role, name)}, in the order
 * in which they are read. */
async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const byDom = new Map(nodes.map((node) => [node.backendDOMNodeId, node.nodeId]));
  const read = [], made = new Map();
  const visit = (id, parent) => {
    const raw = byId.get(id);
    if (!raw) return;
    let at = parent;
    if (!raw.ignored) {
      const property = (name) => (raw.properties || []).find((one) => one.name === name)?.value;
      at = { role: raw.role.value, name: raw.name?.value || "", value: raw.value?.value, parent, kids: [] };
      for (const name of ["level", "live", "checked", "expanded"]) at[name] = property(name)?.value;
      at.active = property("activedescendant")?.relatedNodes?.map((one) => byDom.get(one.backendDOMNodeId))[0];
      parent?.kids.push(at);
      made.set(id, at);
      read.push(at);
    }
    for (const kid of raw.childIds || []) visit(kid, at);
  };
  visit(nodes[0].nodeId, null);
  for (const node of read) node.active = made.get(node.active);
  return read;
}
const within = (node, is) => Boolean(node.parent) && (is(node.parent) || within(node.parent, is));
const below = (read, top) => read.filter((node) => within(node, (one) => one === top));
const textOf = (read, top) => below(read, top).filter((node) => node.role === "StaticText").map((node) => node.name).join("");
const of = (read, role) => read.filter((node) => node.role === role);
const landmarks = ["banner", "search", "main", "contentinfo", "navigation", "complementary", "region"];

/* What holds for every page. */
function sound(read) {
  for (const role of ["banner", "main", "contentinfo"]) assert.equal(of(read, role).length, 1, role);
  assert.equal(of(read, "heading").filter((node) => node.level === 1).length, 1, "one h1");
  let before = 0;
  for (const { level, name } of of(read, "heading")) {
    assert.ok(name.trim() && level <= before + 1, `heading ${level} «${name}» after ${before}`);
    before = level;
  }
  // Where there are several of a kind, each has a name of its own.
  for (const role of landmarks) {
    const names = of(read, role).map((node) => node.name);
    if (names.length > 1 || ["navigation", "complementary", "region"].includes(role)) assert.ok(names.every(Boolean), `${role}: ${names}`);
    assert.equal(new Set(names).size, names.length, `${role}: ${names}`);
  }
  const outside = read.filter((node) => node.role === "StaticText" && node.name.trim() && !within(node, (one) => landmarks.includes(one.role)));
  assert.deepEqual(outside.map((node) => node.name).filter((name) => !/^hopp til innholdet$/i.test(name)), [], "all stands in a landmark");
  for (const role of ["link", "button", "checkbox", "combobox", "textbox", "searchbox", "listbox", "option", "image", "img"]) {
    for (const node of of(read, role)) assert.ok(node.name.trim(), `a ${role} without a name in «${node.parent.name}»`);
  }
  const runTogether = of(read, "paragraph").map((node) => textOf(read, node)).filter((text) => /^(Sak|Vedtak|Møte|Deltaker)\p{Lu}/u.test(text) || /\dlest fra/.test(text));
  assert.deepEqual(runTogether, [], "words run together");
}

/* The list of hits: n items, each with one heading that is a link. */
function hits(read, list, n, level) {
  const items = list.kids.filter((node) => node.role === "listitem");
  assert.equal(items.length, n);
  for (const item of items) {
    const heads = below(read, item).filter((node) => node.role === "heading");
    assert.deepEqual(heads.map((head) => head.level), [level]);
    assert.equal(below(read, heads[0]).filter((node) => node.role === "link").length, 1);
  }
}

/* Facets: groups with names, of boxes that say their value and how many hits it has. */
function facets(read, all, legends, chosen) {
  const groups = below(read, all).filter((node) => node.role === "group" && node.name);
  for (const legend of legends) assert.ok(groups.some((node) => node.name === legend), `${legend} in ${groups.map((node) => node.name)}`);
  const boxes = below(read, all).filter((node) => node.role === "checkbox");
  assert.ok(boxes.length > 10);
  for (const box of boxes) {
    assert.match(box.name, /\S+ ?,? [\d\u202f]+ treff$/);
    assert.ok(within(box, (node) => node.role === "group" && node.name), `${box.name} is in a group`);
  }
  assert.deepEqual(boxes.filter((box) => box.checked === "true").map((box) => box.name.replace(/ ?,? \d+ treff$/, "")), chosen);
}

const first = async (url, question) => (await (await fetch(`${url}/v1/search?${question}`)).json()).hits[0];
const pages = {
  front: () => "/", "nothing found": () => "/sok?q=xyzzyx", "a bad question": () => "/sok?q=(LAR", coverage: () => "/dekning",
  "a decision": async (url) => (await first(url, "q=LAR&type=decision")).link,
  "a case": async (url) => (await first(url, "q=LAR&type=case")).link,
  "a meeting": async (url) => (await first(url, "type=meeting")).link,
  "a person": async (url) => `/person/${(await first(url, "type=attendee&q=Lars")).person}`,
  "all pictures": () => "/sok?q=LAR",
};

test("tree: every page has one h1, named landmarks and names for what can be used", async () => {
  const url = await sample();
  await withPage({ may: /status of 400/ }, async (page) => {
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(url + (await path(url)));
      await page.locator("details").evaluateAll((list) => list.forEach((one) => (one.open = true)));
      const read = await tree(page);
      try {
        sound(read);
        assert.equal(of(read, "search").length, 1);
        assert.equal(of(read, "status").length, 0, "a page is announced by its title, not by a region");
      } catch (error) {
        error.message = `${name}: ${error.message}`;
        throw error;
      }
    }
  });
});

test("tree: the page of hits, narrowed, with suggestions", async () => {
  const url = await sample();
  const { total } = await (await fetch(`${url}/v1/search?q=kommune&region=nord&size=5`)).json();
  await withPage({}, async (page) => {
    await page.goto(`${url}/sok?q=kommune&region=nord&size=5`);
    const says = `${total} treff på «kommune»`;
    assert.ok((await page.title()).startsWith(says), "the title says the number first");
    let read = await tree(page);
    sound(read);
    assert.equal(of(read, "heading").find((node) => node.level === 1).name, says);
    const answer = of(read, "region").find((node) => node.name === says);
    hits(read, below(read, answer).filter((node) => node.role === "list").find((node) => below(read, node).some((one) => one.role === "heading")), 5, 2);
    facets(read, of(read, "complementary")[0], ["Helseregion", "Helsefellesskap", "År", "Pasientgruppe", "Utvalg", "Utfall"], ["Helse Nord"]);
    assert.deepEqual(below(read, of(read, "navigation").find((node) => node.name === "Valgte avgrensninger")).filter((node) => node.role === "link").map((node) => node.name), ["Fjern Helse Nord"]);
    let field = of(read, "combobox").find((node) => node.name === "Søk i saker, vedtak og personer");
    assert.equal(field.expanded, false);
    assert.equal(of(read, "listbox").length, 0);
    await page.locator("#q").fill("lar");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    read = await tree(page);
    sound(read);
    field = of(read, "combobox").find((node) => node.name === "Søk i saker, vedtak og personer");
    assert.equal(field.expanded, true);
    assert.equal(of(read, "listbox")[0].name, "Forslag");
    assert.equal(field.active.role, "option");
    assert.equal(field.active.name, "LAR, legemiddelassistert rehabilitering begrep");
  });
});

test("tree: the widget, narrowed, and its one status", async () => {
  const url = await sample();
  const { total, hits: found } = await (await fetch(`${url}/v1/search?q=LAR&region=nord&size=10`)).json();
  await withPage({}, async (page) => {
    await page.goto(`${url}/demo?hf-q=LAR&hf-region=nord`);
    const says = `${total} treff på «LAR»`;
    await page.locator("#fritt [role=status]", { hasText: says }).waitFor();
    const read = await tree(page);
    sound(read);
    const said = of(read, "status").filter((node) => textOf(read, node));
    assert.deepEqual(said.map((node) => [node.live, textOf(read, node)]), [["polite", says]]);
    assert.equal(read.filter((node) => node.live && node.role !== "status").length, 0, "nothing else speaks");
    const answer = of(read, "region").find((node) => node.name.startsWith("Treff"));
    assert.equal(below(read, answer).find((node) => node.role === "heading").name, says);
    hits(read, below(read, answer).filter((node) => node.role === "list").find((node) => below(read, node).some((one) => one.role === "heading")), found.length, 4);
    facets(read, of(read, "group").find((node) => node.name === "Avgrens treffene"), ["Helseregion", "År", "Pasientgruppe", "Utvalg", "Utfall"], ["Helse Nord"]);
    assert.deepEqual(below(read, of(read, "list").find((node) => node.name === "Valgte avgrensninger")).filter((node) => node.role === "button").map((node) => node.name), ["Fjern Helse Nord"]);
  });
});

test("tree: focus on the page after narrowing and after «vis flere»", async () => {
  const url = await sample();
  await withPage({}, async (page) => {
    await page.goto(`${url}/sok?q=LAR`);
    await tabTo(page, (at) => at.tag === "SUMMARY" && at.text.startsWith("Vis "));
    await page.keyboard.press("Enter");
    assert.equal((await focused(page)).tag, "SUMMARY", "focus stays on what was opened");
    await page.keyboard.press("Tab");
    const box = await focused(page);
    assert.equal(box.type, "checkbox");
    assert.equal(await page.locator(`details input[value="${box.value}"]`).count(), 1, "the next is the first of what came");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter"); // in a box: sends the form
    await page.waitForURL(/helsefellesskap=/);
    assert.match(await page.title(), /^\d+ treff/);
    await page.keyboard.press("Tab");
    assert.equal((await focused(page)).text, "Hopp til innholdet", "a new page is read from its beginning");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.closest("main") !== null), true);
    // After «Avgrens», and after each step back, one goes on at what is chosen.
    await tabTo(page, (at) => at.type === "checkbox" && /^20\d\d$/.test(at.value));
    await page.keyboard.press("Space");
    await tabTo(page, (at) => at.tag === "BUTTON" && at.text === "Avgrens");
    for (const isBoth of [true, false]) {
      await page.keyboard.press("Enter");
      await page.waitForURL((at) => at.searchParams.has("year") && at.searchParams.has("helsefellesskap") === isBoth);
      await page.keyboard.press("Tab");
      assert.match((await focused(page)).text, /^Fjern /);
      assert.equal(await page.evaluate(() => scrollY), 0, "nothing has moved for those who see the page");
    }
  });
});

test("tree: focus in the widget after «vis flere» of a facet", async () => {
  const url = await sample();
  await withPage({ may: /status of 400/ }, async (page) => {
    // More values than the sample has, which the picture of the years is not asked about.
    await page.route(/v1\/search/, async (route) => {
      const isNarrowed = route.request().url().includes("body=U8");
      const response = await route.fetch({ url: route.request().url().replace("&body=U8", "") });
      const answer = await response.json();
      const bodies = Array.from({ length: 14 }, (_, i) => ({ value: `U${i}`, label: `Utvalg ${i}`, count: 20 - i }));
      answer.facets.body = bodies.filter(({ value }) => value !== "U8" || !isNarrowed);
      await route.fulfill({ response, json: answer });
    });
    await page.goto(`${url}/demo?hf-q=LAR`);
    await settled(page, "fritt");
    await tabTo(page, (at) => at.tag === "BUTTON" && at.text === "Vis 6 til (utvalg)");
    await page.keyboard.press("Enter");
    assert.equal((await focused(page)).key, "body U8", "the first of what came");
    assert.equal(await page.locator('#fritt [data-key^="body "]').count(), 14);
    // A box without hits stays while it has focus.
    await page.keyboard.press("Space");
    await page.waitForURL(/hf-body=U8/);
    await settled(page, "fritt");
    assert.equal((await focused(page)).key, "body U8");
  });
});
