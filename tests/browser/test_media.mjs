// The pages and the widget as others see them: with colours that the reader has forced, on paper, at 400 %, without motion.
// Computed styles are asked, not pictures.
import path from "node:path";
import { mkdirSync, readdirSync, copyFileSync, writeFileSync } from "node:fs";
import { assert, sample, scratch, serve, test, withPage } from "./lib.mjs";

const unfold = (page) => page.locator("details").evaluateAll((list) => list.forEach((one) => (one.open = true)));
const suggest = (field, word = "rus") => async (page) => {
  await page.locator(field).fill(word);
  await page.locator(`${field} + [role=listbox] [role=option]`).first().waitFor();
  await page.keyboard.press("ArrowDown");
};
const first = async (url, question) => (await (await fetch(`${url}/v1/search?${question}`)).json()).hits[0];

/* States that between them show every kind of control. */
const states = [
  { name: "hits", path: () => "/sok?q=kommune&region=nord&year=2023&size=2", act: async (page) => { await unfold(page); await suggest("#q")(page); } },
  { name: "a record", path: async (url) => (await first(url, "q=LAR&type=case")).link, act: unfold },
  { name: "coverage", path: () => "/dekning" },
  { name: "the widget", path: () => "/demo?hf-q=kommune&hf-region=nord", act: async (page) => {
    await page.locator("#fritt .after p").waitFor();
    await unfold(page);
    await suggest("#fritt #q")(page);
  } },
];

/* Runs in the browser: everything that is drawn, also in shadow roots, and colours by name. */
function helpers() {
  window.all = (selector, root = document) => {
    const found = [...root.querySelectorAll(selector)];
    for (const node of root.querySelectorAll("*")) if (node.shadowRoot) found.push(...window.all(selector, node.shadowRoot));
    return found.filter((node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length && !node.closest(".vh"));
  };
  window.colour = (name) => {
    const probe = document.createElement("i");
    probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  window.named = (node) => `${node.tagName}.${node.getAttribute("class") || ""} ${node.textContent.trim().slice(0, 30)}`;
}

/* What cannot be told from what is around it where colours are forced. */
function indistinct() {
  const canvas = window.colour("Canvas"), wrong = [];
  const check = (selector, what, is) => {
    for (const node of window.all(selector)) if (!is(getComputedStyle(node), node)) wrong.push(`${what}: ${window.named(node)}`);
  };
  const edge = (style) => parseFloat(style.borderTopWidth) >= 1 && style.borderTopStyle !== "none" && style.borderTopColor !== canvas;
  const underlined = (style) => style.textDecorationLine.includes("underline");
  check("input:not([type=checkbox],[type=hidden]), select", "a field without an edge", edge);
  check("input[type=checkbox]", "a box that is not drawn", (style) => style.appearance !== "none" || edge(style));
  check("button", "a button without an edge", (style) => edge(style) || underlined(style));
  check("a[href]", "a link that looks like text", (style, node) => underlined(style) || style.color !== getComputedStyle(node.parentElement).color);
  check(".chips li:not(.clear) a, .chips [part=chip]", "a chip without an edge", edge);
  check("[role=listbox]", "a list without an edge", edge);
  check(".outcome", "an outcome without an edge", edge);
  check(".decision", "a decision without its rule", (style) => parseFloat(style.borderLeftWidth) >= 2 && style.borderLeftColor !== canvas);
  check("mark", "a match that is not marked", (style) => style.backgroundColor === window.colour("Mark") && style.color === window.colour("MarkText"));
  check("[role=option][aria-selected=true]", "a chosen suggestion like the others", (style) => style.backgroundColor === window.colour("Highlight") && style.color === window.colour("HighlightText"));
  check("[role=option][aria-selected=false]", "a suggestion like the chosen one", (style) => style.backgroundColor === canvas || style.backgroundColor.endsWith(", 0)"));
  check(".tabs [aria-current]", "a chosen tab without its line", (style) => style.borderBottomColor === window.colour("Highlight"));
  check(".tabs a:not([aria-current])", "a tab like the chosen one", (style) => style.borderBottomColor === canvas);
  check(".langs [aria-current], .sort [aria-current]", "a choice like the others", (style) => !underlined(style) && style.fontWeight >= 600);
  check(".langs a:not([aria-current]), .sort a:not([aria-current])", "a choice like the chosen one", (style) => underlined(style));
  check(".chart .bar", "a bar that is not seen", (style) => ![canvas, "none"].includes(style.fill));
  check(".chart .held, .chart .base, .chart .hatch, .chart .axis:not(text)", "a line of a picture that is not seen", (style) => ![canvas, "none"].includes(style.stroke));
  check(".chart text", "a figure that is not seen", (style) => style.fill !== canvas);
  check(".map td", "a field without an edge", (style) => style.outlineStyle === "solid" && style.outlineColor !== canvas);
  check(".map .none", "a year without meetings like the others", (style) => style.backgroundImage.includes("gradient"));
  return wrong;
}

for (const { name, path, act } of states) {
  test(`media: forced colours, ${name}`, async () => {
    const url = await sample();
    for (const colorScheme of ["light", "dark"]) {
      await withPage({ forcedColors: "active", colorScheme, viewport: { width: 1280, height: 2000 } }, async (page) => {
        await page.addInitScript(helpers);
        await page.goto(url + (await path(url)));
        await act?.(page);
        const ground = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, window.colour("Canvas"), window.all("a[href]").length]);
        assert.equal(ground[0], ground[1], "colours are forced");
        assert.ok(ground[2] > 3);
        assert.deepEqual(await page.evaluate(indistinct), [], colorScheme);
        // The ring of what has focus.
        await page.keyboard.press("Escape");
        for (let i = 0; i < 40; i++) {
          await page.keyboard.press("Tab");
          const ring = await page.evaluate(() => {
            let at = document.activeElement;
            while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(at);
            return { what: window.named(at), isPage: at === document.body, outlineStyle, width: parseFloat(outlineWidth), isSeen: outlineColor !== window.colour("Canvas") };
          });
          if (ring.isPage) break;
          assert.ok(ring.outlineStyle !== "none" && ring.width >= 2 && ring.isSeen, JSON.stringify(ring));
        }
      });
    }
  });
}

/* The sample's minutes of one meeting with the address of their source. */
function sourced() {
  const folder = scratch("sourced");
  mkdirSync(folder);
  const name = readdirSync("tests/corpus").find((one) => one.endsWith(".txt") && one !== "kilder.txt");
  copyFileSync(path.join("tests/corpus", name), path.join(folder, name));
  writeFileSync(path.join(folder, "kilder.tsv"), `${name}\thttps://referat.example/${name}\n`);
  return folder;
}

test("media: on paper", async () => {
  const url = await serve(sourced());
  const hit = await first(url, "type=decision");
  const dark = { colorScheme: "dark", viewport: { width: 718, height: 1000 } }, ink = ["rgb(28, 39, 51)"]; // for a reader of dark pages paper is white all the same
  const onPaper = async (page, address, act) => {
    await page.goto(new URL(address, url).href);
    await act?.(page);
    await page.emulateMedia({ media: "print" });
    return page.evaluate(() => ({
      pressed: window.all("form, button:not([part=chip]), select, input:not(.copy), nav:not(.chips), details:not([open]) summary, [role=listbox], .skip, .facets, .exports").map(window.named),
      text: window.all("main, .hf").map((node) => node.innerText).join("\n"),
      chips: window.all(".chips, .chips *").map((node) => (node.matches(".chips") ? getComputedStyle(node, "::before").content : getComputedStyle(node).borderTopStyle === "none" ? node.innerText : `edge ${node.innerText}`)),
      ink: [...new Set(window.all(".record h1, .results h1, .hits h2, .decision, .hf h3, .hf h4").map((node) => getComputedStyle(node).color))],
      wide: window.all("main *").filter((node) => !node.closest("hf-sok") && !node.parentElement.closest("svg") && node.getBoundingClientRect().right > innerWidth).map(window.named),
      addresses: window.all("a[href^=http]").map((a) => [a.href, getComputedStyle(a, "::after").content]),
    }));
  };
  await withPage(dark, async (page) => {
    await page.addInitScript(helpers);
    const list = await onPaper(page, `/sok?type=decision&year=${hit.year}`, suggest("#q", "sam"));
    assert.deepEqual([list.pressed, list.ink], [[], ink]);
    const pictures = await onPaper(page, `${await sample()}/sok?q=LAR`, unfold);
    assert.deepEqual(pictures.wide, [], "no picture is cut off by the edge of the paper");
    assert.ok(list.text.includes(hit.text.split("\n")[0]), "the decision");
    assert.match(list.text, new RegExp(`\\d+\\. \\w+ ${hit.year}`), "the day");
    assert.ok(list.text.includes(hit.citation), "what it is cited as");
    assert.match(list.chips.join("|"), new RegExp(`^"?Valgte avgrensninger.*${hit.year}`, "s"), `what the hits are narrowed by: ${JSON.stringify(list.chips)}`);
    assert.doesNotMatch(list.chips.join("|"), /×|edge/);
    assert.ok(list.addresses.length && list.addresses.every(([href, after]) => after.includes(href.split("#")[0])), JSON.stringify(list.addresses));
  });
  await withPage(dark, async (page) => {
    await page.addInitScript(helpers);
    const covered = await onPaper(page, `${await sample()}/dekning`);
    assert.match(covered.text, /2019/);
    assert.deepEqual(covered.wide, [], "nothing is cut off by the edge of the paper");
    const record = await onPaper(page, hit.link);
    assert.deepEqual([record.pressed, record.ink], [[], ink]);
    for (const part of [hit.text.split("\n")[0], "https://referat.example/"]) assert.ok(record.text.includes(part), part);
    assert.match(record.text, new RegExp(`\\d+\\. \\w+ ${hit.year}`));
  });
  await withPage(dark, async (page) => {
    await page.addInitScript(helpers);
    const widget = await onPaper(page, `/demo?hf-q=&hf-year=${hit.year}`, async (page) => {
      await page.locator("#fritt .after p").waitFor();
      await page.locator("#fritt").evaluate((node) => node.setAttribute("theme", "dark"));
      await suggest("#fritt #q", "sam")(page);
    });
    assert.deepEqual([widget.pressed, widget.ink], [[], ink]);
    assert.ok(widget.text.includes(hit.text.split("\n")[0]));
    assert.match(widget.chips.join("|"), new RegExp(`^"?Valgte avgrensninger.*${hit.year}`, "s"));
    assert.doesNotMatch(widget.chips.join("|"), /×|edge/);
    assert.ok(widget.addresses.some(([href, after]) => href.includes("/r/") && after.includes(href)), "the address of a record");
  });
});

for (const { name, path, act } of states) {
  test(`media: 400 %, ${name}`, async () => {
    const url = await sample();
    await withPage({ viewport: { width: 320, height: 256 }, reducedMotion: "reduce" }, async (page) => { // 1280 by 1024 at 400 %
      await page.addInitScript(helpers);
      await page.goto(url + (await path(url)));
      await act?.(page);
      const wide = await page.evaluate(() => ({
        page: document.documentElement.scrollWidth,
        // Only figures and code may have to be scrolled sideways, and those can be reached by keyboard.
        parts: window.all("*").filter((node) => {
          const scroller = node.closest(".scroll, pre, svg");
          if (scroller && scroller !== node) return false;
          const { left, right } = node.getBoundingClientRect();
          return (left < -1 || right > 321) && getComputedStyle(node).position !== "absolute";
        }).map(window.named),
        cut: window.all("*").filter((node) => !node.matches(".scroll, pre") && ["hidden", "clip", "auto", "scroll"].includes(getComputedStyle(node).overflowX)
          && node.scrollWidth > node.clientWidth + 1 && !node.matches("input")).map(window.named),
      }));
      assert.deepEqual(wide, { page: 320, parts: [], cut: [] });
      // The suggestion that is chosen is on the screen, and the field is too.
      const n = await page.evaluate(() => window.all("[role=option]").length);
      for (let i = 1; i < n; i++) {
        await page.keyboard.press("ArrowDown");
        const seen = await page.evaluate(() => [window.all("[role=option][aria-selected=true]")[0], window.all("[role=combobox]")[0]].map((node) => {
          const { top, bottom } = node.getBoundingClientRect();
          return bottom > 0 && top < innerHeight && (node.getAttribute("role") === "combobox" || (top >= 0 && bottom <= innerHeight + 1));
        }));
        assert.deepEqual(seen, [true, true], `suggestion ${i}`);
      }
    });
  });

  test(`media: without motion, ${name}`, async () => {
    const url = await sample();
    const moving = async (reducedMotion) => {
      let found;
      await withPage({ reducedMotion }, async (page) => {
        await page.addInitScript(helpers);
        await page.goto(url + (await path(url)));
        await act?.(page);
        found = await page.evaluate(() => window.all("*").filter((node) => {
          const style = getComputedStyle(node);
          return style.scrollBehavior !== "auto" || style.animationName !== "none" || /[1-9]/.test(style.transitionDuration);
        }).map((node) => node.tagName).concat(document.getAnimations().map(String)));
      });
      return found;
    };
    assert.deepEqual(await moving("reduce"), []);
    if (name !== "the widget") assert.deepEqual(await moving("no-preference"), ["HTML"], "the pages scroll smoothly for those who like it");
  });
}
