// Suggestions under the search field: the combobox pattern of ARIA with a list that the arrows walk through while focus
// stays in the field.

import { h } from "./dom.js";
import { say } from "./words.js";

const waitMs = 120;
const mostShown = 8;

export class Suggestions {
  /* input: the field. fetch(text, signal) → [{text, kind, query}]. pick(query). */
  constructor(input, id, { fetch, pick, lang }) {
    Object.assign(this, { input, fetch, pick, lang, items: [], at: -1, id });
    this.list = h("ul", { id, role: "listbox", part: "suggestions", hidden: true });
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", id);
    input.addEventListener("input", () => this.type());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
  }

  type() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (!this.input.value.trim()) return this.close();
    this.timer = setTimeout(() => this.ask(), waitMs);
  }

  async ask() {
    const request = (this.request = new AbortController());
    let items = [];
    try {
      items = ((await this.fetch(this.input.value, request.signal)) || []).slice(0, mostShown);
    } catch {
      // Suggestions are a help: without them the field works as before.
    }
    if (request.signal.aborted || this.input.getRootNode().activeElement !== this.input) return;
    this.items = items;
    this.at = -1;
    this.draw();
  }

  draw() {
    const lang = this.lang();
    this.list.setAttribute("aria-label", say("suggestions", lang));
    this.list.replaceChildren(...this.items.map((item, i) => h("li", {
      id: `${this.id}-${i}`, role: "option", "aria-selected": "false",
      onpointerdown: (event) => event.preventDefault(), // focus stays in the field
      onclick: () => this.take(i),
    }, h("span", { class: "name" }, item.text), h("span", { class: "count" }, kindOf(item, lang)))));
    this.list.hidden = !this.items.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === this.at)));
    if (this.at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.items = [];
    this.at = -1;
    this.draw();
  }

  take(i) {
    const { query } = this.items[i];
    this.close();
    this.input.value = query;
    this.pick(query);
  }

  key(event) {
    const n = this.items.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && !n && step > 0) this.type();
    else if (step && n) this.at = ((this.at + 1 + step + n + 1) % (n + 1)) - 1; // -1: the field itself
    else if (event.key === "Enter" && this.at >= 0) this.take(this.at);
    else if (event.key === "Escape" && n) this.close();
    else return;
    event.preventDefault();
    if (step && n) this.mark();
  }
}

function kindOf(item, lang) {
  const known = ["concept", "title", "person", "case", "word"];
  return known.includes(item.kind) ? say(item.kind, lang) : "";
}
