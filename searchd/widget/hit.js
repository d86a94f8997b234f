// One hit of the list: what was decided first and large, then where it stands.

import { h, marked, webAddress } from "./dom.js";
import { day, say } from "./words.js";

const kinds = { decision: "decision", case: "aCase", meeting: "meeting", person: "aPerson", attendee: "attendee" };
const wholeShown = 700;
const clippedTo = 420;
const decisionsShown = 2;

function clipped(text) {
  if (text.length <= clippedTo) return text;
  return `${text.slice(0, text.lastIndexOf(" ", clippedTo) || clippedTo)} …`;
}

function langOf(record) {
  return ["nb", "nn"].includes(record.language) ? record.language : null;
}

/* The text of a decision: the whole where it is short, else the passage that answers. */
function decisionText(record, lang, view) {
  const text = record.text || "";
  const isShort = text.length <= wholeShown;
  const segments = isShort && record.segments?.length ? record.segments : record.snippet;
  return h(
    "blockquote", { class: "decision", part: "decision", lang },
    h("span", { class: "label" }, record.label, record.outcome && [record.label && " ", h("span", { class: "outcome", part: "outcome", lang: view.lang }, view.outcome(record.outcome))], " "),
    isShort && !record.segments?.length ? text : segments?.length ? marked(segments) : clipped(text),
  );
}

function decisionsOf(hit, view) {
  const list = hit.type === "decision" ? [hit] : hit.decisions || [];
  return list.slice(0, decisionsShown).map((one) => decisionText(one, langOf(hit), view));
}

/* The passage that answers, where the decisions above do not. */
function passage(hit) {
  const matches = (segments) => (segments || []).some(([, isMatch]) => isMatch);
  if (hit.type === "decision" || !hit.snippet?.length) return null;
  if (hit.decisions?.length && (hit.decisions.some((one) => matches(one.segments)) || !matches(hit.snippet))) return null;
  return h("blockquote", { class: "passage", lang: langOf(hit) }, marked(hit.snippet));
}

/* Separated by dots, and by blanks for those who do not see them; what is not there is left out. */
function line(attributes, parts) {
  const nodes = parts.filter(Boolean).flatMap((part, i) => (i ? [" ", h("span", { class: "dot", "aria-hidden": "true" }, "·"), " ", part] : [part]));
  return nodes.length ? h("p", attributes, nodes) : null;
}

function kicker(hit, view) {
  const kind = h("span", { class: "kind" }, kinds[hit.type] ? say(kinds[hit.type], view.lang) : hit.type);
  const date = hit.date ? h("time", { datetime: hit.date }, day(hit.date, view.lang)) : hit.year ? String(hit.year) : null;
  return line({ class: "kicker", part: "meta" }, [
    kind, hit.helsefellesskap_name, hit.body, date,
    hit.case_number && say("number", view.lang, hit.case_number),
  ]);
}

/* What can be done with a hit: cite it, go to its source. */
function foot(hit, address, view) {
  const source = webAddress(hit.source_link);
  const isHere = source && /^https?:\/\//i.test(hit.source_link);
  const pageNo = hit.page ? `, ${say("page", view.lang, hit.page)}` : "";
  const cite = h("cite", null, hit.citation || "");
  const copy = h("button", { type: "button", class: "link", part: "copy", onclick: () => view.copy(`${hit.citation}. ${address}`, copy) },
    say("copy", view.lang), h("span", { class: "vh" }, ` ${hit.citation}`));
  return line({ class: "cite" }, [
    hit.citation && cite,
    isHere && h("a", { href: source.href, part: "source" }, say("source", view.lang), pageNo, h("span", { class: "vh" }, ` ${hit.citation || ""}`)),
    hit.text_layer === "ocr" && say("scanned", view.lang),
    hit.citation && copy,
  ]);
}

function title(hit) {
  if (hit.title_segments?.length) return marked(hit.title_segments);
  return hit.title || hit.case_title || hit.name || hit.citation || hit.id;
}

/* view: {lang, base (URL of the server), level (of headings), outcome(id) → label, copy(text, button), open(hit, event)} */
export function drawHit(hit, view) {
  const path = /^\/(?!\/)/.test(hit.link || "") ? hit.link : `/r/${hit.id.split("/").map(encodeURIComponent).join("/")}`;
  const address = new URL(path, view.base).href;
  const rest = (hit.decisions || []).length - decisionsShown;
  const isPerson = hit.type === "person";
  const roles = [hit.role, hit.organisation].filter(Boolean).join(", ");
  const head = h(`h${view.level}`, { part: "title", lang: langOf(hit) },
    h("a", { href: address, "data-id": hit.id, onclick: (event) => view.open(hit, event) }, title(hit)));
  return h("li", { part: "hit" }, h("article", null,
    kicker(hit, view), head,
    isPerson && h("p", null, say("attended", view.lang, hit.meetings, hit.present, hit.absent)),
    (isPerson || hit.type === "attendee") && roles && h("p", null, roles),
    !isPerson && decisionsOf(hit, view),
    rest > 0 && h("p", { class: "soft" }, say("moreDecisions", view.lang, rest)),
    !isPerson && passage(hit),
    foot(hit, address, view)));
}
