// HF-søk on any page: <hf-sok src="https://the.server">. One custom element with a shadow root; no framework, no request
// but to its own server, no markup made of data. The README says which attributes, parts, properties and events it has.
//
// bundle.sh joins the modules of this folder and hfsok.css (as the string css) into the one file that is served.

import { h, place, webAddress } from "./dom.js";
import { drawChips, Facets } from "./facets.js";
import { drawHit } from "./hit.js";
import { apiParams, emptyState, facetNames, pageSize, readState, sorts, writeState } from "./state.js";
import { Suggestions } from "./suggest.js";
import { drawTimeline } from "./timeline.js";
import { count, day, languageOf, say } from "./words.js";
import { css } from "./css.js";

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

const fixable = ["type", "region", "helsefellesskap", "group", "body", "year"];
const mostAtOnce = 100;
const announceMs = 400;
const formsShown = 3;
const prefixes = new Set(); // of the widgets on this page

class HfSok extends HTMLElement {
  static observedAttributes = [...fixable, "src", "lang", "label", "heading-level", "timeline"];

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.state = emptyState();
    this.popped = () => this.follow();
  }

  connectedCallback() {
    const wish = this.getAttribute("prefix") || "hf";
    let prefix = wish;
    for (let i = 2; prefixes.has(prefix); i++) prefix = `${wish}${i}`;
    prefixes.add(prefix);
    this.mark = prefix; // of this widget, in the address
    addEventListener("popstate", this.popped);
    this.build();
    this.state = readState(location.search, prefix);
    this.returnTo = history.state?.[this.historyKey];
    if (this.state.asked) this.ask({ isReturn: true });
  }

  disconnectedCallback() {
    prefixes.delete(this.mark);
    removeEventListener("popstate", this.popped);
    this.request?.abort();
    this.suggestions?.close();
    clearTimeout(this.announcing);
  }

  attributeChangedCallback() {
    if (!this.form) return;
    this.build();
    if (this.state.asked) this.ask({});
  }

  /* The question that is shown; setting it asks. */
  get query() {
    return this.state.q;
  }
  set query(text) {
    this.search(text);
  }
  get total() {
    return this.answer ? this.answer.total : null;
  }

  /* Asks a new question, with what is chosen kept or not. Resolves when the answer stands. */
  search(text, { keepChosen = false } = {}) {
    const { chosen, sort } = this.state;
    this.state = { ...emptyState(), q: String(text).trim(), sort, asked: true };
    if (keepChosen) this.state.chosen = chosen;
    return this.ask({ isNew: true });
  }

  get historyKey() {
    return `hfsok-${this.mark}`;
  }

  // ---- the frame ----

  build() {
    this.language = languageOf(this.closest("[lang]")?.getAttribute("lang"));
    this.base = webAddress((this.getAttribute("src") || new URL("..", import.meta.url).href).replace(/\/*$/, "/"), document.baseURI);
    this.level = Math.min(Math.max(parseInt(this.getAttribute("heading-level"), 10) || 2, 1), 5);
    this.fixed = {};
    for (const name of fixable) {
      const values = (this.getAttribute(name) || "").split(/[\s,]+/).filter(Boolean);
      if (values.length) this.fixed[name] = values;
    }
    const lang = this.language;
    this.input = h("input", { id: "q", type: "search", name: "q", autocomplete: "off", spellcheck: "false", maxlength: 500, part: "input" });
    this.input.value = this.state.q;
    this.suggestions = new Suggestions(this.input, "suggestions", {
      fetch: (text, signal) => this.suggest(text, signal), pick: (query) => this.search(query, { keepChosen: true }), lang: () => this.language,
    });
    this.caption = this.getAttribute("label") || say("label", lang);
    this.form = h("form", { role: "search", "aria-label": this.caption, part: "box", onsubmit: (event) => this.submit(event) },
      h("label", { for: "q", part: "label" }, this.caption),
      h("div", { class: "row" }, h("div", { class: "field" }, this.input, this.suggestions.list),
        h("button", { type: "submit", part: "button" }, say("search", lang))));
    this.status = h("div", { role: "status", class: "vh" });
    this.facets = new Facets({ lang, fixed: this.fixed, state: this.state, toggle: (...args) => this.toggle(...args), redraw: () => this.drawFacets() });
    this.buildAnswer(lang);
    this.shadowRoot.replaceChildren(h("div", { class: "hf", lang, part: "root" }, this.form, this.status, this.room));
  }

  buildAnswer(lang) {
    this.heading = h(`h${this.level}`, { id: "count", tabindex: -1, part: "heading" });
    this.notes = h("div", { class: "notes" });
    this.chips = h("ul", { class: "chips", part: "chips", "aria-label": say("chosen", lang) });
    this.sort = h("select", { id: "sort", onchange: () => this.resort() }, sorts.map((id) => h("option", { value: id }, say(id, lang))));
    this.tools = h("p", { class: "sort" }, h("label", { for: "sort" }, say("sort", lang)), " ", this.sort);
    this.list = h("ol", { class: "hits", part: "results" });
    this.more = h("div", { class: "more" });
    this.after = h("div", { class: "after" });
    this.facetList = h("div", { id: "facets", class: "facets", part: "facets", role: "group", "aria-label": say("narrow", lang) });
    this.opener = h("button", { type: "button", class: "opener", "aria-expanded": "false", "aria-controls": "facets", part: "facets-button",
      onclick: () => this.opener.setAttribute("aria-expanded", String(this.facetList.classList.toggle("open"))) }, say("narrow", lang));
    const skip = h("button", { type: "button", class: "skip", onclick: () => this.heading.focus() }, say("skip", lang));
    this.side = h("div", { class: "side" }, skip, this.opener, this.facetList);
    this.room = h("div", { class: "room waiting", hidden: true, "data-wait": say("searching", lang) }, this.side,
      h("section", { class: "answer", "aria-label": `${say("results", lang)}: ${this.caption}` }, this.heading, this.chips, this.notes, this.tools, this.list, this.more, this.after));
  }

  // ---- what the visitor does ----

  submit(event) {
    event.preventDefault();
    this.suggestions.close();
    this.search(this.input.value, { keepChosen: true });
  }

  toggle(facet, value, isOn) {
    const values = this.state.chosen[facet].filter((one) => one !== value);
    if (isOn) values.push(value);
    this.state = { ...this.state, shown: pageSize, chosen: { ...this.state.chosen, [facet]: values } };
    return this.ask({ isNew: true });
  }

  resort() {
    this.state = { ...this.state, shown: pageSize, sort: this.sort.value };
    return this.ask({ isNew: true });
  }

  /* Takes a chip away; focus goes to the one that comes to stand in its place. */
  async removeChip(facet, value) {
    const at = [...this.chips.children].findIndex((chip) => chip.contains(this.shadowRoot.activeElement));
    if (facet) await this.toggle(facet, value, false);
    else await this.search(this.state.q);
    const next = this.chips.children[Math.min(at, this.chips.children.length - 1)];
    (next?.querySelector("button") || this.heading).focus();
  }

  async showMore() {
    const before = this.list.children.length;
    this.state = { ...this.state, shown: before + pageSize };
    const answer = await this.ask({ from: before });
    if (answer) this.list.children[before]?.querySelector("a")?.focus();
  }

  /* Back and Forward: shows what the address says, if that is something else. */
  follow() {
    const state = readState(location.search, this.mark);
    if (JSON.stringify(state) === JSON.stringify(this.state)) return;
    this.state = state;
    this.input.value = state.q;
    this.suggestions.close();
    if (state.asked) this.ask({});
    else this.clear();
  }

  clear() {
    this.request?.abort();
    clearTimeout(this.announcing);
    if (this.room.contains(this.shadowRoot.activeElement)) this.input.focus();
    this.answer = null;
    this.room.hidden = true;
    this.room.classList.add("waiting");
    this.status.textContent = "";
  }

  opened(hit, event) {
    const goOn = this.tell("hf-open", { id: hit.id, type: hit.type, link: event.currentTarget.href }, true);
    if (!goOn) event.preventDefault();
    else history.replaceState({ ...history.state, [this.historyKey]: hit.id }, "");
  }

  async copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
      this.announce(say("copied", this.language));
    } catch {
      const field = h("input", { class: "copy", readonly: true, "aria-label": say("copyBy", this.language) });
      field.value = text;
      button.replaceWith(field);
      field.focus();
      field.select();
    }
  }

  // ---- asking the server ----

  async get(path, params, signal) {
    const url = new URL(path, this.base);
    url.search = params;
    const response = await fetch(url, { signal, credentials: "omit", referrerPolicy: "no-referrer", headers: { Accept: "application/json" } });
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw Object.assign(new Error(body.detail || ""), { status: response.status });
    return body;
  }

  async suggest(text, signal) {
    const params = new URLSearchParams({ q: text, lang: this.language });
    return (await this.get("v1/suggest", params, signal)).suggestions;
  }

  /* The hits from..shown with the rest of the answer; in several requests where they are many. */
  async hits(from, signal) {
    const params = apiParams(this.state, this.fixed, this.language);
    if (this.state.sort !== sorts[0]) params.append("sort", this.state.sort);
    let answer = null;
    for (let at = from; at < this.state.shown; at += mostAtOnce) {
      params.set("offset", at);
      params.set("size", Math.min(this.state.shown - at, mostAtOnce));
      const part = await this.get("v1/search", params, signal);
      if (answer) answer.hits.push(...part.hits);
      else answer = part;
      if (at + mostAtOnce >= part.total) break;
    }
    return answer;
  }

  async timeline(signal) {
    if (!this.hasAttribute("timeline")) return null;
    const params = apiParams(this.state, this.fixed, this.language);
    params.set("type", "decision");
    return this.get("v1/timeline", params, signal).catch(() => null);
  }

  /* Asks and draws; the question before is given up. isNew: a step of the visitor's, with its own address. from: only the
   * hits from there are drawn anew. Gives the answer, or null where it came to nothing. */
  async ask({ isNew = false, isReturn = false, from = 0 }) {
    const request = (this.request = (this.request?.abort(), new AbortController()));
    clearTimeout(this.announcing);
    this.keepAddress(isNew, from);
    this.input.value = this.state.q;
    this.room.hidden = false;
    this.room.classList.toggle("returning", isReturn);
    this.room.setAttribute("aria-busy", "true");
    let answer, timeline;
    try {
      [answer, timeline] = await Promise.all([this.hits(from, request.signal), from ? null : this.timeline(request.signal)]);
    } catch (error) {
      if (request.signal.aborted) return null;
      this.arrived();
      this.drawFailure(error, { isReturn, from });
      return null;
    }
    if (request.signal.aborted) return null;
    this.answer = from ? { ...answer, hits: [...this.answer.hits, ...answer.hits] } : answer;
    this.arrived();
    this.draw(from, timeline);
    this.tell("hf-search", { query: this.state.q, total: answer.total, chosen: this.state.chosen });
    return answer;
  }

  arrived() {
    this.room.classList.remove("waiting");
    this.room.setAttribute("aria-busy", "false");
  }

  keepAddress(isNew, from) {
    const search = writeState(location.search, this.mark, this.state);
    if (search === location.search || (!isNew && !from)) return;
    const url = location.pathname + search + location.hash;
    try {
      if (from) history.replaceState(history.state, "", url);
      else history.pushState(null, "", url);
    } catch {
      // A page without an address of its own (srcdoc): the search works, only not by address.
    }
  }

  // ---- drawing ----

  draw(from, timeline) {
    const { answer, state, language: lang } = this;
    const view = {
      lang, base: this.base, level: Math.min(this.level + 1, 6),
      outcome: (id) => (answer.facets.outcome || []).find((one) => one.value === id)?.label || id,
      copy: (text, button) => this.copy(text, button), open: (hit, event) => this.opened(hit, event),
    };
    this.keepFocus(() => {
      if (!from) this.list.replaceChildren();
      this.list.append(...answer.hits.slice(from).map((hit) => drawHit(hit, view)));
      this.heading.textContent = this.countText();
      this.sort.value = state.sort;
      this.tools.hidden = answer.total < 2;
      place(this.chips, drawChips(state, answer.facets, { lang, fixed: this.fixed }, (...args) => this.removeChip(...args)));
      this.chips.hidden = !this.chips.children.length;
      this.drawNotes();
      this.drawFacets();
      this.drawMore();
      if (!from) this.drawAfter(timeline);
    });
    this.announce(from ? say("shown", lang, count(answer.hits.length), count(answer.total)) : this.countText());
    const link = this.returnTo && [...this.list.querySelectorAll("a[data-id]")].find((a) => a.dataset.id === this.returnTo);
    this.returnTo = null;
    link?.focus();
  }

  /* Focus that was on something which is there no more goes to the heading of the answer. */
  keepFocus(change) {
    const before = this.shadowRoot.activeElement;
    change();
    if (before && this.shadowRoot.activeElement !== before) this.heading.focus();
  }

  countText() {
    const { total } = this.answer;
    const name = total === 0 ? "none" : total === 1 ? "hits1" : "hits";
    return this.state.q ? say(`${name}For`, this.language, count(total), this.state.q) : say(name, this.language, count(total));
  }

  drawFacets() {
    this.facets.view.state = this.state;
    this.facets.draw(this.facetList, `${this.state.q}`, this.answer.facets || {});
    this.side.hidden = !this.facetList.children.length;
  }

  /* A button that asks something else, with the number of hits that it gives. */
  offer(text, query, total, keepChosen) {
    const number = total != null && [" ", h("span", { class: "soft" }, `(${count(total)})`)];
    return [h("button", { type: "button", class: "link", onclick: () => this.search(query, { keepChosen }) }, text), ...(number || [])];
  }

  drawNotes() {
    const { answer, language: lang, state } = this;
    const notes = [this.scopeNote(), ...(answer.interpreted || []).map((item) => this.readingNote(item))];
    const meant = answer.did_you_mean;
    if (meant) notes.push(h("p", { class: "meant" }, say("meant", lang), " ", this.offer(meant.query, meant.query, meant.total, true), "?"));
    if (answer.alternatives?.length) {
      notes.push(h("p", null, say("fewer", lang)), h("ul", null, answer.alternatives.map((one) => h("li", null, this.offer(one.query, one.query, one.total, true)))));
    }
    if (!answer.total) {
      notes.push(h("p", null, say("tips", lang)), h("ul", { class: "tips" },
        this.isNarrowed() && h("li", null, this.offer(say("widen", lang), state.q)),
        ["tipFewer", "tipSpelling", "tipOr"].map((tip) => h("li", null, say(tip, lang)))));
    }
    this.notes.replaceChildren(...notes.filter(Boolean));
  }

  scopeNote() {
    const { facets } = this.answer;
    const names = Object.entries(this.fixed).flatMap(([facet, values]) => values.map((value) => {
      if (facet === "type") return say({ decision: "decisions", case: "cases", meeting: "meetings" }[value] || "attendees", this.language);
      return (facets[facet] || []).find((item) => item.value.toLowerCase() === value.toLowerCase())?.label || value;
    }));
    return names.length ? h("p", { class: "soft" }, say("scope", this.language, names.join(", "))) : null;
  }

  readingNote(item) {
    const all = item.forms?.length ? item.forms : [item.as];
    const forms = all.slice(0, formsShown).join(", ") + (all.length > formsShown ? ` ${say("others", this.language, all.length - formsShown)}` : "");
    const off = item.off && new URL(item.off, this.base).searchParams.get("q");
    return h("p", { class: "soft" }, say("readAs", this.language, item.word, forms), ". ", off && this.offer(say("wordOnly", this.language), off, null, true));
  }

  drawMore() {
    const { answer, language: lang } = this;
    const left = answer.total - this.list.children.length;
    const text = h("p", { class: "soft" }, say("shown", lang, count(this.list.children.length), count(answer.total)));
    const button = left > 0 && h("button", { type: "button", part: "more", onclick: () => this.showMore() }, say("more", lang, Math.min(left, pageSize)));
    this.more.replaceChildren(...(answer.total ? [text, button].filter(Boolean) : []));
  }

  drawAfter(timeline) {
    const { recall = {}, index = {} } = this.answer;
    const lang = this.language;
    const says = [say("recall", lang, count(recall.meetings_searched || 0), count(recall.helsefellesskap_covered || 0))];
    if (recall.meetings_without_text) says.push(say("unread", lang, count(recall.meetings_without_text)));
    if (recall.hits_by_repair_only) says.push(say("repaired", lang, count(recall.hits_by_repair_only)));
    if (index.updated) says.push(say("updated", lang, day(index.updated, lang)));
    const picture = timeline && drawTimeline(timeline, lang, Math.min(this.level + 1, 6));
    this.after.replaceChildren(...[picture, h("p", { class: "soft recall", part: "recall" }, says.join(" "))].filter(Boolean));
  }

  /* What went wrong, in the server's own words where it refused the question. */
  drawFailure(error, again) {
    const lang = this.language;
    const isRefused = error.status >= 400 && error.status < 500;
    const text = (isRefused && error.message) || say("failed", lang);
    this.announce(text);
    if (again.from) {
      this.state = { ...this.state, shown: again.from };
      this.more.prepend(h("p", null, text));
      return;
    }
    const away = new URL("./sok", this.base);
    away.search = apiParams(this.state, this.fixed, lang);
    this.keepFocus(() => {
      this.answer = null;
      for (const part of [this.list, this.more, this.after, this.chips]) part.replaceChildren();
      this.side.hidden = this.tools.hidden = this.chips.hidden = true;
      this.heading.textContent = text;
      const help = isRefused && error.status !== 429 ? (this.isNarrowed() ? this.offer(say("widen", lang), this.state.q) : [])
        : [h("button", { type: "button", onclick: () => this.ask(again) }, say("retry", lang)), " ", h("a", { href: away.href }, say("away", lang))];
      this.notes.replaceChildren(h("p", null, help));
    });
  }

  isNarrowed() {
    return facetNames.some((facet) => !this.fixed[facet] && this.state.chosen[facet].length);
  }

  /* Once for each search, when it has come to rest. */
  announce(text) {
    clearTimeout(this.announcing);
    this.status.textContent = "";
    this.announcing = setTimeout(() => (this.status.textContent = text), announceMs);
  }

  tell(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(name, { detail, cancelable, bubbles: true, composed: true }));
  }
}

// A browser without what the style needs keeps what stands in the element.
if (!customElements.get("hf-sok") && CSS.supports("color", "light-dark(red, red)")) customElements.define("hf-sok", HfSok);
