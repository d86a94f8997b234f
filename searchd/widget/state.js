// What a widget shows, and its place in the address of the page around it.
//
// Each widget has a prefix and touches only the parameters that begin with it ("hf-q", "hf-region"); all others stay
// as they were written, byte for byte.

export const facetNames = ["region", "helsefellesskap", "year", "group", "body", "outcome"];
export const sorts = ["relevance", "newest", "oldest"];
export const pageSize = 10;

export function emptyState() {
  return { q: "", sort: sorts[0], shown: pageSize, asked: false, chosen: Object.fromEntries(facetNames.map((f) => [f, []])) };
}

const decode = (text) => {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text;
  }
};
const nameOf = (pair) => decode(pair.split("=")[0]);
const pairsOf = (search) => search.replace(/^\?/, "").split("&").filter(Boolean);

export function readState(search, prefix) {
  const state = emptyState();
  for (const pair of pairsOf(search)) {
    if (!nameOf(pair).startsWith(`${prefix}-`)) continue;
    const name = nameOf(pair).slice(prefix.length + 1);
    const at = pair.indexOf("=");
    const value = at < 0 ? "" : decode(pair.slice(at + 1));
    state.asked = true;
    if (name === "q") state.q = value;
    else if (name === "sort" && sorts.includes(value)) state.sort = value;
    else if (name === "n" && /^\d{1,5}$/.test(value)) state.shown = Math.min(Math.max(+value, pageSize), 1000);
    else if (facetNames.includes(name) && value && !state.chosen[name].includes(value)) state.chosen[name].push(value);
  }
  return state;
}

/* The query string of the page with this state in it; "" where nothing is left. */
export function writeState(search, prefix, state) {
  const pairs = pairsOf(search).filter((pair) => !nameOf(pair).startsWith(`${prefix}-`));
  const add = (name, value) => pairs.push(`${encodeURIComponent(`${prefix}-${name}`)}=${encodeURIComponent(value)}`);
  if (state.asked) add("q", state.q);
  for (const facet of facetNames) for (const value of state.chosen[facet]) add(facet, value);
  if (state.sort !== sorts[0]) add("sort", state.sort);
  if (state.shown > pageSize) add("n", state.shown);
  return pairs.length ? `?${pairs.join("&")}` : "";
}

/* The parameters of the API: the question, what is chosen, and what the element's attributes fix. A fixed facet is not
 * for the visitor to choose. */
export function apiParams(state, fixed, lang) {
  const params = new URLSearchParams();
  if (state.q) params.append("q", state.q);
  for (const [name, values] of Object.entries(fixed)) for (const value of values) params.append(name, value);
  for (const facet of facetNames) {
    if (!fixed[facet]) for (const value of state.chosen[facet]) params.append(facet, value);
  }
  params.append("lang", lang);
  return params;
}
