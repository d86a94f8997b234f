// Hits stand on the screen within 100 ms of the answer, and nothing jumps while they come.
import { assert, sample, test, withPage } from "./lib.mjs";

const limitMs = 100;
const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const shifts = () => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => (sum += one.value))).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 300);
});

for (const [width, height] of [[320, 640], [768, 900], [1280, 800]]) {
  test(`paint: nothing jumps at ${width} px`, async () => {
    const url = await sample();
    await withPage({ viewport: { width, height } }, async (page) => {
      for (const path of ["/", "/sok?q=LAR", "/demo", "/demo?hf-q=LAR", "/demo?hf-q=xyzzyx&hf2-q=LAR"]) {
        await page.goto(url + path);
        if (path.includes("hf-q")) await page.locator("#fritt .after p").waitFor();
        assert.equal(await page.evaluate(shifts), 0, `${path} at ${width}`);
      }
    });
  });
}

/* The middle of five times has to be within the limit; a machine that is busy with something else gets three tries. */
async function inTime(measure) {
  const tries = [];
  for (let i = 0; i < 3; i++) {
    tries.push((await measure()).map(Math.round));
    assert.ok(tries.at(-1).length === 5 && tries.at(-1).every((ms) => ms >= 0), `${tries.at(-1)}`);
    if (middle(tries.at(-1)) < limitMs) return;
  }
  assert.fail(`${tries.join(" | ")} ms`);
}

test("paint: the widget's hits", async () => {
  const url = await sample();
  await withPage({}, async (page) => {
    await page.goto(`${url}/demo`);
    await inTime(() => page.evaluate(async () => {
      const widget = document.getElementById("fritt");
      const times = [];
      for (const words of ["LAR", "PLL", "kommune", "budsjett", "årsrapport"]) {
        performance.clearResourceTimings();
        await widget.search(words);
        // The frame after the one that draws: by then the hits are on the screen.
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const answered = performance.getEntriesByType("resource").filter((one) => one.name.includes("/v1/search"));
        times.push(performance.now() - answered.at(-1).responseEnd);
      }
      return times;
    }));
  });
});

test("paint: the page's hits", async () => {
  const url = await sample();
  await withPage({}, async (page) => {
    const once = async () => {
      await page.goto(`${url}/sok?q=LAR`);
      return page.evaluate(async () => {
        const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
        while (!painted()) await new Promise((resolve) => setTimeout(resolve, 10));
        return painted().startTime - performance.getEntriesByType("navigation")[0].responseEnd;
      });
    };
    await once(); // of a browser that has just begun
    await inTime(async () => {
      const times = [];
      for (let i = 0; i < 5; i++) times.push(await once());
      return times;
    });
  });
});
