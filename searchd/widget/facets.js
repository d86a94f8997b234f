// The facets as fieldsets of checkboxes, and the chips of what is chosen.
//
// A value keeps its place while the question is the same, and a box that has focus is never taken away: the visitor
// works down a list that stands still.

import { h, place } from "./dom.js";
import { count, say } from "./words.js";

const groups = ["region", "year", "group", "body", "outcome"];
const shownValues = 8;

/* view: {lang, state, fixed, isNarrow, toggle(facet, value, isOn)} is read anew at each draw. */
export class Facets {
  constructor(view) {
    this.view = view;
    this.boxes = new Map(); // "facet value" → {row, box, number, label}
    this.sets = new Map(); // facet → {set, list, more}
    this.inner = new Map(); // region → {fold, list}
    this.order = new Map(); // facet → [value …]
    this.open = new Set(); // facets whose every value is shown
    this.query = null;
  }

  row(facet, item) {
    const key = `${facet} ${item.value}`;
    let row = this.boxes.get(key);
    if (!row) {
      const number = h("span", { class: "count" });
      const name = h("span", { class: "name" });
      const box = h("input", { type: "checkbox", value: item.value, "data-key": key, onchange: () => this.view.toggle(facet, item.value, box.checked) });
      row = { row: h("li", null, h("label", { part: "facet-value" }, box, name, number)), box, number, name };
      this.boxes.set(key, row);
    }
    row.name.textContent = item.label;
    row.number.replaceChildren(h("span", { class: "vh" }, ", "), count(item.count), h("span", { class: "vh" }, ` ${say("results", this.view.lang).toLowerCase()}`));
    row.box.checked = this.view.state.chosen[facet].includes(item.value);
    return row;
  }

  /* The values in the order in which they first stood; one with focus stays even without hits. */
  values(facet, list, focused) {
    if (facet === "year") return list;
    const before = this.order.get(facet) || [];
    const by = new Map(list.map((item) => [item.value, item]));
    const kept = before.map((value) => by.get(value) || (focused === `${facet} ${value}` && this.last.get(focused)) || null);
    const known = new Set(before);
    const all = [...kept.filter(Boolean), ...list.filter((item) => !known.has(item.value))];
    this.order.set(facet, [...before, ...list.map((item) => item.value).filter((value) => !known.has(value))]);
    return all;
  }

  /* The facets of an answer into parent. */
  draw(parent, query, facets) {
    if (query !== this.query) this.order.clear();
    this.query = query;
    const focused = parent.getRootNode().activeElement?.dataset?.key;
    this.last = this.last || new Map();
    this.focused = focused;
    const sets = groups.filter((facet) => (facets[facet] || []).length && this.isFree(facet, facets)).map((facet) => this.set(facet, facets));
    for (const facet of Object.keys(facets)) for (const item of facets[facet]) this.last.set(`${facet} ${item.value}`, { ...item, count: 0 });
    place(parent, sets);
  }

  /* A facet that the page fixes is not offered; of a fixed region the helsefellesskap inside are. */
  isFree(facet, facets) {
    const { fixed } = this.view;
    if (facet !== "region") return !fixed[facet];
    return fixed.helsefellesskap ? false : !fixed.region || (facets.helsefellesskap || []).length > 1;
  }

  set(facet, facets) {
    let one = this.sets.get(facet);
    if (!one) {
      const list = h("ul");
      one = { list, set: h("fieldset", { part: "facet" }, h("legend", null, say(facet, this.view.lang)), list), more: null };
      this.sets.set(facet, one);
    }
    const items = this.values(facet, facets[facet], this.focused);
    const isWhole = this.open.has(facet) || items.length <= shownValues + 1;
    const isFixed = Boolean(this.view.fixed[facet]);
    const shown = items.filter((item, i) => isWhole || i < shownValues || this.view.state.chosen[facet].includes(item.value));
    const rows = shown.flatMap((item) => {
      const row = isFixed ? null : this.row(facet, item).row;
      const inner = facet === "region" ? this.insideOf(item, facets, isFixed) : null;
      return [row, inner].filter(Boolean);
    });
    place(one.list, rows);
    this.moreButton(one, facet, items.length - shown.length);
    return one.set;
  }

  moreButton(one, facet, left) {
    if (left <= 0) {
      one.more?.remove();
      one.more = null;
      return;
    }
    if (!one.more) {
      one.more = h("button", { type: "button", class: "link", onclick: () => this.showAll(facet) });
      one.set.append(one.more);
    }
    one.more.textContent = say("moreValues", this.view.lang, left, say(facet, this.view.lang).toLowerCase());
  }

  /* Shows every value; focus goes to the first that was not there. */
  showAll(facet) {
    const { list } = this.sets.get(facet);
    const before = new Set(list.children);
    this.open.add(facet);
    this.view.redraw();
    [...list.children].find((row) => !before.has(row))?.querySelector("input")?.focus();
  }

  /* The helsefellesskap of a region, folded until one is chosen or the region is. */
  insideOf(region, facets, isAlone) {
    const { chosen } = this.view.state;
    const items = this.values("helsefellesskap", facets.helsefellesskap || [], this.focused).filter((item) => item.region === region.value);
    if (!items.length) return null;
    let one = this.inner.get(region.value);
    if (!one) {
      const list = h("ul");
      one = { list, fold: h("details", null, h("summary", null, say("inside", this.view.lang, region.label)), list) };
      one.item = h("li", { class: "inside" }, one.fold);
      this.inner.set(region.value, one);
      one.fold.open = isAlone;
    }
    if (chosen.region.includes(region.value) || items.some((item) => chosen.helsefellesskap.includes(item.value))) one.fold.open = true;
    place(one.list, items.map((item) => this.row("helsefellesskap", item).row));
    return one.item;
  }
}

/* What is chosen, as buttons that take it away. remove(facet, value) or remove(null): all. */
export function drawChips(state, facets, view, remove) {
  const chips = [];
  for (const [facet, values] of Object.entries(state.chosen)) {
    if (view.fixed[facet]) continue;
    for (const value of values) {
      const label = (facets[facet] || []).find((item) => item.value === value)?.label || value;
      chips.push(h("li", null, h("button", { type: "button", part: "chip", "aria-label": say("remove", view.lang, label), onclick: () => remove(facet, value) },
        label, h("span", { class: "x", "aria-hidden": "true" }, " ×"))));
    }
  }
  if (chips.length > 1) chips.push(h("li", null, h("button", { type: "button", class: "link", onclick: () => remove(null) }, say("removeAll", view.lang))));
  return chips;
}
