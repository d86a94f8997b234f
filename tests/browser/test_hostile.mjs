// Ten thousand strings that want to be markup, in titles, texts, decisions, organisations, roles, addresses of sources and
// parameters: all come out as text, in the pages and in the widget.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hostile } from "./hostile_strings.mjs";
import { assert, scratch, serve, test, withPage } from "./lib.mjs";

const meetings = 120;
const cases = 24;
const people = 8;
const addresses = 1000;
const inWidget = 300; // of them
const inLists = 25; // meetings whose titles are suggested
let made = 0;
const next = () => hostile(made++);
const months = "januar februar mars april mai juni juli august september oktober november desember".split(" ");
const trusts = ["Ahus", "Innlandet", "Vestfold", "Finnmark", "Helgeland", "Østfold"];

/* Minutes in the usual form whose every value is hostile. The word ordN finds those of one meeting. */
function minutes(n) {
  const attendees = Array.from({ length: people }, (_, i) => `- Kari O'Dal${"abcdefgh"[i]}, Ahus ${next()}, leder ${next()}`); // the reader takes no markup for a name
  const items = Array.from({ length: cases }, (_, i) => [
    `Sak ${i + 1}/${2000 + (n % 25)}\tord${n} ${next()}`, `Gjelder ${next()} og mer til.`, `Vedtak: ord${n} ${next()}`, "",
  ].join("\n"));
  return `Helsefellesskapet ${trusts[n % trusts.length]}\nStrategisk samarbeidsutvalg (SSU)\n\nReferat ${1 + (n % 28)}. ${months[n % 12]} ${2000 + (n % 25)}\n\nTil stede:\n${attendees.join("\n")}\n\n${items.join("\n")}`;
}

function corpus() {
  const folder = scratch("hostile");
  mkdirSync(folder);
  const sources = ["javascript:alert(1)", "data:text/html,<script>xss=1</script>", "http://x/\"onclick=alert(1) x=", "https://x/<img src=x onerror=alert(1)>"];
  const rows = [];
  for (let n = 0; n < meetings; n++) {
    writeFileSync(path.join(folder, `m${n}.txt`), minutes(n));
    rows.push(`m${n}.txt\t${sources[n % sources.length]}`);
  }
  writeFileSync(path.join(folder, "kilder.tsv"), `${rows.join("\n")}\n`);
  return folder;
}

/* Runs in the browser: what in a tree can only have come of a string, and the numbers of the strings that stand as text. */
function helpers() {
  const forbidden = "script:not([src^='/widget/'],[src^='/page/hfsok.js?v=']),img,iframe,object,embed,video,audio,style,template,math,base,noscript,marquee,body body,svg:not(.chart),meta[http-equiv],link:not([href^='/']),form:not([action='/sok'],[part=box])";
  window.odd = (root) => {
    const found = [...root.querySelectorAll(`${forbidden},[data-xss],[srcdoc],[style]`)].map((node) => node.outerHTML.slice(0, 200));
    for (const node of root.querySelectorAll("*")) {
      for (const { name, value } of node.attributes) {
        if (/^on/i.test(name) || (/^(href|src|action)$/.test(name) && !/^(\/(?!\/)|#|https?:\/\/)/.test(value))) found.push(`${node.tagName} ${name}=${value}`);
      }
    }
    return found;
  };
  window.numbers = (root) => (root.documentElement || root).textContent.match(/w\d+x/gi) || [];
}

/* Pages as documents that run nothing: what is odd in them, and which strings they show. */
const readPages = (page, paths) => page.evaluate(async (paths) => {
  const odd = [], seen = new Set();
  const one = async (path) => {
    const document = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
    odd.push(...window.odd(document).map((what) => `${path}: ${what}`));
    for (const number of window.numbers(document)) seen.add(number);
    return [...document.querySelectorAll(".agenda a[href^='/r/']")].map((a) => a.getAttribute("href"));
  };
  const inner = [];
  const todo = [...paths];
  await Promise.all([1, 2, 3].map(async () => {
    for (let path; (path = todo.pop()); ) inner.push(...await one(path));
  }));
  return { odd, seen: [...seen], inner };
}, paths);

const strange = /status of (400|404|414)/; // a question of such a string may be refused, in words

test("hostile: strings of minutes in the pages and in the widget", async () => {
  const url = await serve(corpus());
  const strings = meetings * (2 * people + 3 * cases); // of minutes
  assert.ok(strings >= 10000 - addresses, `${strings} strings`);
  await withPage({}, async (page) => {
    await page.addInitScript(helpers);
    await page.goto(`${url}/demo`);
    // The pages of all meetings, and of every case in them.
    const found = (await (await fetch(`${url}/v1/search?type=meeting&size=100`)).json());
    const rest = (await (await fetch(`${url}/v1/search?type=meeting&size=100&offset=100`)).json());
    const links = [...found.hits, ...rest.hits].map((hit) => hit.link);
    assert.equal(links.length, meetings);
    const agendas = await readPages(page, links);
    assert.deepEqual(agendas.odd, []);
    const inside = await readPages(page, agendas.inner);
    assert.deepEqual(inside.odd, []);
    const lists = await readPages(page, Array.from({ length: meetings }, (_, n) => `/sok?q=ord${n}&size=100`));
    assert.deepEqual(lists.odd, []);
    const seen = new Set([...agendas.seen, ...inside.seen, ...lists.seen].map((one) => one.toLowerCase()));
    // Not all: the reader of minutes leaves out what cannot be a role. With the addresses below more than 10,000.
    assert.ok(seen.size >= 9500, `${seen.size} of ${strings} strings stand in the pages as text`);
    // The widget: every question drawn, live.
    const drawn = await page.evaluate(async (meetings) => {
      const widget = document.getElementById("fritt"), root = widget.shadowRoot, seen = new Set();
      for (let n = 0; n < meetings; n++) {
        const answered = new Promise((resolve) => widget.addEventListener("hf-search", resolve, { once: true }));
        history.pushState(null, "", `/demo?hf-q=ord${n}&hf-n=100`);
        dispatchEvent(new PopStateEvent("popstate"));
        await answered;
        const odd = window.odd(root);
        if (odd.length) return { odd };
        for (const number of window.numbers(root)) seen.add(number);
      }
      return { odd: [], seen: seen.size };
    }, meetings);
    assert.deepEqual(drawn.odd, []);
    assert.ok(drawn.seen >= meetings * cases * 2 * 0.98, `${drawn.seen} strings stand in the widget as text`);
    assert.equal(await page.evaluate(() => window.xss), undefined);
  });
  // A few as a visitor sees them: navigated to, in focus, hovered, suggested.
  await withPage({}, async (page) => {
    await page.addInitScript(helpers);
    for (let n = 0; n < 10; n++) {
      await page.goto(`${url}/sok?q=ord${n}&size=100`);
      await page.locator(".hit a").first().hover();
      await page.keyboard.press("Tab");
      assert.deepEqual(await page.evaluate(() => [...window.odd(document), window.xss].filter(Boolean)), []);
    }
    await page.goto(`${url}/demo`);
    await page.locator("#fritt [role=combobox]").pressSequentially("kari");
    await page.locator("#fritt [role=option]").first().waitFor();
    assert.deepEqual(await page.evaluate(() => window.odd(document.getElementById("fritt").shadowRoot)), []);
  });
});

/* Minutes that are read as undamaged, so that their titles are suggested: prose with one hostile string in each. */
const prose = "Utvalget drøftet saken og la vekt på at kommunene og sykehuset sammen har ansvar for gode overganger for pasientene. ".repeat(6);
let suggested = null;
function titled() {
  if (suggested) return suggested;
  suggested = scratch("titled");
  mkdirSync(suggested);
  for (let n = 0; n < inLists; n++) {
    const items = Array.from({ length: 8 }, (_, i) => `Sak ${i + 1}/${2000 + n}\tord${n} ${next()}\n${prose}\nVedtak: Saken tas til orientering.\n`);
    writeFileSync(path.join(suggested, `m${n}.txt`), `Helsefellesskapet ${trusts[n % trusts.length]}\nStrategisk samarbeidsutvalg (SSU)\n\nReferat ${1 + n}. mars ${2000 + n}\n\n${items.join("\n")}`);
  }
  return suggested;
}

/* Types each of the words, into the field of the page or of its first widget: what is odd in the lists that come of it,
 * and the texts in them. */
const typed = (page, words) => page.evaluate(async (words) => {
  const root = document.getElementById("fritt")?.shadowRoot || document;
  const field = root.querySelector("[role=combobox]"), list = root.querySelector("[role=listbox]");
  const odd = [], texts = [];
  field.focus();
  for (const word of words) {
    const drawn = new Promise((resolve) => new MutationObserver((_, observer) => resolve(observer.disconnect())).observe(list, { childList: true }));
    field.value = word;
    field.dispatchEvent(new Event("input"));
    if (!(await Promise.race([drawn.then(() => true), new Promise((resolve) => setTimeout(resolve, 3000))]))) odd.push(`nothing for ${word}`);
    odd.push(...window.odd(root));
    for (const option of list.children) {
      const [name, kind] = option.children;
      if (option.children.length !== 2 || name.children.length || kind.children.length) odd.push(option.outerHTML);
      texts.push(name.textContent);
      // Signs that turn the direction of writing do so in the text alone, not in what stands beside it.
      const at = [0, kind.textContent.length - 1].map((i) => {
        const range = document.createRange();
        if (i >= 0 && kind.firstChild) range.setStart(kind.firstChild, i);
        return range.getBoundingClientRect().left;
      });
      if (kind.textContent === "sakstittel" && !(at[0] < at[1])) odd.push(`turned: ${name.textContent}`);
    }
  }
  return { odd, texts, xss: window.xss };
}, words);

for (const path of ["/", "/demo"]) {
  test(`hostile: the list of suggestions of ${path}`, async () => {
    const url = await serve(titled());
    await withPage({}, async (page) => {
      await page.addInitScript(helpers);
      await page.goto(url + path);
      // Titles of an index.
      const all = await Promise.all(Array.from({ length: inLists }, (_, n) => fetch(`${url}/v1/suggest?q=ord${n}`).then((answer) => answer.json())));
      const wanted = all.filter(({ suggestions }) => suggestions.some(({ text }) => text.includes("<")));
      const words = wanted.map((one) => one.query);
      const titles = await typed(page, words);
      assert.deepEqual(titles.odd, []);
      assert.deepEqual(titles.texts, wanted.flatMap(({ suggestions }) => suggestions.map(({ text }) => text)));
      const marked = titles.texts.filter((text) => /[<&]/.test(text)).length;
      assert.ok(marked > inLists, `${marked} of ${titles.texts.length} with signs of markup`);
      // What is picked is what is asked.
      const option = page.getByRole("option").filter({ hasText: /</ }).first();
      const { query } = wanted.at(-1).suggestions.find(({ text }) => text.includes("<"));
      await option.click();
      await page.locator(".hits h2 a, #fritt .hits h4 a").first().waitFor();
      assert.equal(await page.locator("[role=combobox]").first().inputValue(), query);
      assert.deepEqual(await page.evaluate(() => [...window.odd(document.getElementById("fritt")?.shadowRoot || document), window.xss].filter(Boolean)), []);
      // A server that answers with anything at all.
      const strings = words.flatMap(() => Array.from({ length: 8 }, next));
      let asked = 0;
      await page.route(/v1\/suggest/, (route) => route.fulfill({ json: { suggestions: strings.slice(asked, (asked += 8)).map((text, i) => ({ text, kind: i % 2 ? text : "title", query: text })) } }));
      const any = await typed(page, words);
      assert.deepEqual(any.odd, []);
      assert.deepEqual(any.texts, strings);
      assert.equal(any.xss, undefined);
    });
  });
}

test("hostile: strings in addresses", async () => {
  const url = await serve("tests/corpus");
  const strings = Array.from({ length: addresses }, next);
  await withPage({ may: strange }, async (page) => {
    await page.addInitScript(helpers);
    await page.goto(`${url}/demo`);
    const names = ["q", "region", "year", "body", "group", "outcome", "sort", "lang", "type", "from"];
    const paths = strings.map((text, i) => i % 11 === 10 ? `/r/${encodeURIComponent(text)}` : `/sok?q=x&${i % 3 ? "q" : names[i % names.length]}=${encodeURIComponent(text)}`.replace("q=x&q=", "q="));
    const pages = await readPages(page, paths);
    assert.deepEqual(pages.odd, []);
    assert.ok(pages.seen.length > addresses * 0.5, `${pages.seen.length} come back as text`);
    const drawn = await page.evaluate(async (strings) => {
      const widget = document.getElementById("fritt"), root = widget.shadowRoot, room = root.querySelector(".room");
      const names = ["q", "region", "year", "body", "helsefellesskap", "sort"];
      let said = 0;
      for (const [i, text] of strings.entries()) {
        history.pushState(null, "", `/demo?hf-q=LAR&hf-${names[i % names.length]}=${encodeURIComponent(text)}`);
        dispatchEvent(new PopStateEvent("popstate"));
        while (room.getAttribute("aria-busy") === "true") await new Promise((resolve) => setTimeout(resolve, 1));
        const odd = window.odd(root);
        if (odd.length) return { odd };
        if (window.numbers(root).length) said++;
      }
      return { odd: [], said, xss: window.xss };
    }, strings.slice(0, inWidget));
    assert.deepEqual(drawn.odd, []);
    assert.equal(drawn.xss, undefined);
    assert.ok(drawn.said > inWidget * 0.3, `${drawn.said} are said as text`);
  });
});
