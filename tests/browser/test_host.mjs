// The widget on pages of others: another origin, the strictest policies, several at once, other languages, and a server
// that is slow or away.
import { createServer } from "node:http";
import { assert, sample, serve, settled, test, withPage } from "./lib.mjs";

/* A page of another origin that loads the widget from url; gives its address and how to end it. */
async function host(url, body, lang = "nb") {
  const policy = `default-src 'none'; script-src ${url}; connect-src ${url}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  const server = createServer((request, response) => {
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(`<!DOCTYPE html><html lang="${lang}"><title>Vert</title><script type="module" src="${url}/widget/hfsok.js"></script><main>${body}</main>`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, end: () => server.close() };
}

async function onHost(body, lang, act) {
  const url = await sample();
  const at = await host(url, body, lang);
  try {
    await withPage({ may: /ERR_(INTERNET_DISCONNECTED|FAILED)/ }, async (page) => {
      await page.goto(`${at.address}/?side=2`);
      await page.waitForFunction(() => document.querySelector("hf-sok").shadowRoot);
      await act(page, url);
    });
  } finally {
    at.end();
  }
}

const search = (page, id, words) => page.evaluate(([id, words]) => document.getElementById(id).search(words), [id, words]);
const textOf = (page, id, part) => page.locator(`#${id} ${part}`).textContent();

test("host: two widgets from another origin under the strictest policy", async () => {
  const url = await sample();
  const two = `<hf-sok id="a" src="${url}">uten</hf-sok><hf-sok id="b" src="${url}/" type="decision" region="vest">uten</hf-sok>`;
  await onHost(two, "nb", async (page) => {
    await search(page, "a", "LAR");
    await search(page, "b", "PLL");
    const all = await (await fetch(`${url}/v1/search?q=LAR`)).json();
    const west = await (await fetch(`${url}/v1/search?q=PLL&type=decision&region=vest`)).json();
    assert.equal(await textOf(page, "a", "#count"), `${all.total} treff på «LAR»`);
    assert.equal(await page.evaluate(() => document.getElementById("b").total), west.total);
    assert.match(page.url(), /\?side=2&hf-q=LAR&hf2-q=PLL$/, "each has its own part of the address");
    assert.equal(await page.locator('#b [data-key^="region "]').count(), 0, "what is fixed is not offered");
    assert.match(await textOf(page, "b", ".notes"), /bare i: vedtak, Helse Vest/);
    assert.equal(await page.locator("#a article a").first().getAttribute("href"), `${url}${all.hits[0].link}`);
    assert.equal(await page.locator("#a").evaluate((node) => node.shadowRoot.adoptedStyleSheets.length), 1);
    assert.ok((await page.locator("#a [part=button]").evaluate((node) => getComputedStyle(node).backgroundColor)) !== "rgba(0, 0, 0, 0)", "its style is there");
    await page.goBack();
    await page.locator("#b .room").waitFor({ state: "hidden" }); // Back undoes the second search alone
    assert.equal(await textOf(page, "a", "#count"), `${all.total} treff på «LAR»`);
  });
});

test("host: nynorsk by the page, English by the attribute", async () => {
  const url = await sample();
  await onHost(`<hf-sok id="a" src="${url}"></hf-sok><hf-sok id="b" src="${url}" lang="en"></hf-sok>`, "nn-NO", async (page) => {
    await search(page, "a", "LAR");
    assert.match(await textOf(page, "a", ".recall"), /Søkt i 26 møte frå 19/);
    assert.equal(await page.locator("#a .hf").getAttribute("lang"), "nn");
    await search(page, "b", "xyzzyx");
    assert.equal(await textOf(page, "b", "#count"), "Nothing found for “xyzzyx”");
    await page.locator("#b").evaluate((node) => node.setAttribute("lang", "nb"));
    await page.waitForFunction(() => /Ingen treff/.test(document.getElementById("b").shadowRoot.querySelector("#count").textContent));
  });
});

test("host: colours of the page's own, parts, dark by attribute, events", async () => {
  const url = await sample();
  await onHost(`<hf-sok id="a" src="${url}" theme="dark"></hf-sok>`, "nb", async (page) => {
    const paper = () => page.locator("#a .hf").evaluate((node) => getComputedStyle(node).backgroundColor);
    assert.equal(await paper(), "rgb(20, 25, 30)");
    await page.locator("#a").evaluate((node) => node.setAttribute("theme", "light"));
    assert.equal(await paper(), "rgb(253, 253, 251)");
    await page.locator("#a").evaluate((node) => node.style.setProperty("--hf-paper", "rgb(1, 2, 3)"));
    assert.equal(await paper(), "rgb(1, 2, 3)");
    const told = await page.evaluate(async () => {
      const events = [];
      document.addEventListener("hf-search", (event) => events.push(event.detail));
      document.addEventListener("hf-open", (event) => (event.preventDefault(), events.push(event.detail)));
      const widget = document.getElementById("a");
      widget.query = "LAR";
      while (!events.length) await new Promise((resolve) => setTimeout(resolve, 10));
      widget.shadowRoot.querySelector("article a").click();
      return events;
    });
    assert.equal(told[0].query, "LAR");
    assert.match(told[1].link, /\/r\//);
    assert.match(page.url(), /hf-q=LAR$/, "a page may open records in its own way");
  });
});

test("host: an outdated question is given up, a lost server is said and asked again", async () => {
  const url = await sample();
  await onHost(`<hf-sok id="a" src="${url}"></hf-sok>`, "nb", async (page) => {
    await page.route(/v1\/search\?q=LAR/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue().catch(() => {});
    });
    const given = page.waitForEvent("requestfailed", (request) => request.url().includes("q=LAR"));
    await page.evaluate(() => {
      const widget = document.getElementById("a");
      widget.search("LAR");
      return widget.search("PLL");
    });
    assert.match((await given).failure().errorText, /ABORTED/);
    await page.waitForTimeout(500);
    assert.match(await textOf(page, "a", "#count"), /«PLL»/);
    await page.context().setOffline(true);
    await search(page, "a", "budsjett");
    assert.match(await textOf(page, "a", "#count"), /Søket svarer ikke/);
    await page.context().setOffline(false);
    await page.locator("#a .notes button").focus();
    await page.keyboard.press("Enter");
    await settled(page, "a");
    assert.match(await textOf(page, "a", "#count"), /treff på «budsjett»/);
    assert.equal(await page.evaluate(() => document.getElementById("a").shadowRoot.activeElement.id), "count");
  });
});

test("host: who asks too often is told so, and may ask again", async () => {
  const url = await serve("tests/corpus", "--rate-limit", "30");
  const at = await host(url, `<hf-sok id="a" src="${url}"></hf-sok>`);
  await withPage({ may: /status of 429/ }, async (page) => {
    await page.goto(at.address);
    await page.waitForFunction(() => document.querySelector("hf-sok").shadowRoot);
    for (let i = 0; i < 60 && !(await page.locator("#a .notes button[type=button]:not(.link)").count()); i++) await search(page, "a", `LAR ELLER ord${i}`);
    assert.equal(await textOf(page, "a", ".notes button"), "Prøv igjen");
    assert.doesNotMatch(await textOf(page, "a", "#count"), /treff|svarer ikke/i, "in the server's words");
  });
  at.end();
});
