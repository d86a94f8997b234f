// The search field of the pages: suggestions while one types, as in the widget. Without this script the field is the
// same form, and what is picked is sent by it, with all that is chosen beside it.

import { languageOf } from "../widget/words.js";
import { Suggestions } from "../widget/suggest.js";

async function suggest(text, signal) {
  const params = new URLSearchParams({ q: text, lang: document.documentElement.lang });
  const response = await fetch(`/v1/suggest?${params}`, { signal, headers: { Accept: "application/json" } });
  return response.ok ? (await response.json()).suggestions : [];
}

const input = document.getElementById("q");
if (input) {
  const suggestions = new Suggestions(input, "forslag", {
    fetch: suggest, pick: () => input.form.requestSubmit(), lang: () => languageOf(document.documentElement.lang),
  });
  input.after(suggestions.list);
  // A page that the browser kept, come back to: field and boxes say again what its address says.
  addEventListener("pageshow", (event) => event.persisted && input.form.reset());
}
