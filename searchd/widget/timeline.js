// The pictures of decisions a year and of regions by year, with the table that says the same.

import { h } from "./dom.js";
import { say } from "./words.js";

const svg = (name, attributes, text) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text != null) node.textContent = text;
  return node;
};

/* The years of all series together: [{year, hits, meetings}], rising. */
export function yearsOf(answer) {
  const years = new Map();
  for (const series of answer.series || []) {
    for (const { year, hits, meetings } of series.years || []) {
      if (!Number.isInteger(year)) continue;
      const sum = years.get(year) || { year, hits: 0, meetings: 0 };
      sum.hits += hits;
      sum.meetings += meetings;
      years.set(year, sum);
    }
  }
  return [...years.values()].sort((a, b) => a.year - b.year);
}

const width = 320;
const height = 96;
const floor = 76;

function picture(years, name) {
  const most = Math.max(1, ...years.map((one) => one.hits));
  const wide = Math.min(width / years.length, 48);
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": name, class: "chart" });
  const each = Math.ceil(years.length / 8); // years are named as far as there is room
  years.forEach(({ year, hits }, i) => {
    const tall = Math.round((hits / most) * (floor - 16));
    const middle = wide * (i + 0.5);
    root.append(svg("rect", { x: wide * i + wide * 0.15, y: floor - tall, width: wide * 0.7, height: tall, class: "bar" }));
    if (hits) root.append(svg("text", { x: middle, y: floor - tall - 4, "text-anchor": "middle" }, hits));
    if (i % each === 0) root.append(svg("text", { x: middle, y: floor + 15, "text-anchor": "middle", class: "tick" }, year));
  });
  root.append(svg("line", { x1: 0, y1: floor + 0.5, x2: wide * years.length, y2: floor + 0.5, class: "axis" }));
  return root;
}

/* 0 to 4: none, fewer than one in four meetings, in two, than one a meeting, one or more. */
const step = (hits, meetings) => (!hits ? 0 : hits * 4 < meetings ? 1 : hits * 2 < meetings ? 2 : hits < meetings ? 3 : 4);

/* Regions by year, hits of meetings held, stronger for more hits a meeting, hatched where none is held. A table, so
 * that it says the same to those who cannot see it. */
function map(answer, years, lang) {
  const cell = ({ hits, meetings } = { hits: 0, meetings: 0 }) => (meetings || hits
    ? h("td", { class: `s${step(hits, meetings)}` }, `${hits}/${meetings}`)
    : h("td", { class: "none" }, h("span", { class: "vh" }, say("noMeetings", lang))));
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("map", lang) },
    h("table", { class: "map" },
      h("thead", null, h("tr", null, h("td", { class: "vh" }), years.map(({ year }) => h("th", { scope: "col" }, year)))),
      h("tbody", null, answer.series.map((series) => h("tr", null, h("th", { scope: "row" }, series.label),
        years.map(({ year }) => cell(series.years.find((one) => one.year === year))))))));
}

export function drawTimeline(answer, lang, level) {
  const years = yearsOf(answer);
  if (years.length < 2 || years.every((one) => !one.hits)) return null; // nothing to see over time
  const name = say("timeline", lang);
  const heads = [say("year", lang), name, say("meetingsHeld", lang)];
  return h("figure", { class: "timeline", part: "timeline" },
    h(`h${level}`, null, name),
    picture(years, `${name}: ${years.map(({ year, hits }) => `${year} ${hits}`).join(", ")}`),
    answer.series.length > 1 && [h(`h${level}`, null, say("map", lang)), map(answer, years, lang), h("figcaption", { class: "soft" }, say("mapLegend", lang))],
    h("details", null, h("summary", null, say("asTable", lang)),
      h("table", null,
        h("thead", null, h("tr", null, heads.map((text) => h("th", { scope: "col" }, text)))),
        h("tbody", null, years.map(({ year, hits, meetings }) => h("tr", null, h("th", { scope: "row" }, year), h("td", null, hits), h("td", null, meetings)))))));
}
