// What the widget says, in bokmål, nynorsk and English. {0} and {1} are put in by say().

const table = {
  label: ["Søk i vedtak og saker fra helsefellesskapene", "Søk i vedtak og saker frå helsefellesskapa", "Search decisions and cases of the helsefellesskap"],
  search: ["Søk", "Søk", "Search"],
  searching: ["Søker …", "Søkjer …", "Searching …"],
  suggestions: ["Forslag", "Forslag", "Suggestions"],
  concept: ["begrep", "omgrep", "concept"],
  title: ["sakstittel", "sakstittel", "case title"],
  person: ["person", "person", "person"],
  "case": ["sak", "sak", "case"],
  word: ["ord", "ord", "word"],
  results: ["Treff", "Treff", "Results"],
  hits: ["{0} treff", "{0} treff", "{0} results"],
  hits1: ["1 treff", "1 treff", "1 result"],
  hitsFor: ["{0} treff på «{1}»", "{0} treff på «{1}»", "{0} results for “{1}”"],
  hits1For: ["1 treff på «{1}»", "1 treff på «{1}»", "1 result for “{1}”"],
  none: ["Ingen treff", "Ingen treff", "Nothing found"],
  noneFor: ["Ingen treff på «{1}»", "Ingen treff på «{1}»", "Nothing found for “{1}”"],
  scope: ["Her søkes det bare i: {0}", "Her vert det søkt berre i: {0}", "Searching only in: {0}"],
  readAs: ["«{0}» er lest som {1}", "«{0}» er lese som {1}", "“{0}” was read as {1}"],
  others: ["og {0} til", "og {0} til", "and {0} more"],
  wordOnly: ["Søk bare på ordet", "Søk berre på ordet", "Search for the word only"],
  meant: ["Mente du", "Meinte du", "Did you mean"],
  fewer: ["Hvert ord finnes, men ikke sammen. Med ett ord mindre:", "Kvart ord finst, men ikkje saman. Med eitt ord mindre:", "Every word is found, but not together. With one word less:"],
  tips: ["Ingenting i referatene svarer til dette søket. Du kan:", "Ingenting i referata svarar til dette søket. Du kan:", "Nothing in the minutes answers this search. You can:"],
  tipFewer: ["bruke færre ord: alle ordene må finnes i treffet", "bruke færre ord: alle orda må finnast i treffet", "use fewer words: a result holds all of them"],
  tipSpelling: ["sjekke stavemåten, eller bruke * til slutt: rehabiliter*", "sjekke skrivemåten, eller bruke * til slutt: rehabiliter*", "check the spelling, or end a word with *: rehabiliter*"],
  tipOr: ["skrive ELLER mellom ord som betyr det samme", "skrive ELLER mellom ord som tyder det same", "write ELLER (or) between words that mean the same"],
  widen: ["Søk på det samme uten avgrensninger", "Søk på det same utan avgrensingar", "Search for the same without filters"],
  recall: ["Søkt i {0} møter fra {1} helsefellesskap.", "Søkt i {0} møte frå {1} helsefellesskap.", "Searched {0} meetings of {1} helsefellesskap."],
  unread: ["{0} møter har ikke lesbar tekst.", "{0} møte har ikkje lesbar tekst.", "{0} meetings have no readable text."],
  repaired: ["{0} treff bygger bare på reparert tekst.", "{0} treff byggjer berre på reparert tekst.", "{0} results rest on repaired text only."],
  updated: ["Oppdatert {0}.", "Oppdatert {0}.", "Updated {0}."],
  skip: ["Hopp til treffene", "Hopp til treffa", "Skip to the results"],
  narrow: ["Avgrens treffene", "Avgrens treffa", "Narrow the results"],
  region: ["Helseregion", "Helseregion", "Health region"],
  inside: ["Helsefellesskap i {0}", "Helsefellesskap i {0}", "Helsefellesskap of {0}"],
  year: ["År", "År", "Year"],
  group: ["Pasientgruppe", "Pasientgruppe", "Patient group"],
  body: ["Utvalg", "Utval", "Committee"],
  outcome: ["Utfall", "Utfall", "Outcome"],
  moreValues: ["Vis {0} til ({1})", "Vis {0} til ({1})", "Show {0} more ({1})"],
  chosen: ["Valgte avgrensninger", "Valde avgrensingar", "Chosen filters"],
  remove: ["Fjern {0}", "Fjern {0}", "Remove {0}"],
  removeAll: ["Fjern alle", "Fjern alle", "Remove all"],
  sort: ["Sorter etter", "Sorter etter", "Sort by"],
  relevance: ["Relevans", "Relevans", "Relevance"],
  newest: ["Nyeste først", "Nyaste først", "Newest first"],
  oldest: ["Eldste først", "Eldste først", "Oldest first"],
  more: ["Vis {0} treff til", "Vis {0} treff til", "Show {0} more results"],
  shown: ["Viser {0} av {1} treff", "Viser {0} av {1} treff", "Showing {0} of {1} results"],
  decision: ["Vedtak", "Vedtak", "Decision"],
  aCase: ["Sak", "Sak", "Case"],
  meeting: ["Møte", "Møte", "Meeting"],
  aPerson: ["Person", "Person", "Person"],
  attendee: ["Deltaker", "Deltakar", "Participant"],
  decisions: ["vedtak", "vedtak", "decisions"],
  cases: ["saker", "saker", "cases"],
  meetings: ["møter", "møte", "meetings"],
  attendees: ["deltakere", "deltakarar", "participants"],
  number: ["sak {0}", "sak {0}", "case {0}"],
  moreDecisions: ["og {0} vedtak til i saken", "og {0} vedtak til i saka", "and {0} more decisions in this case"],
  attended: ["{0} møter, {1} til stede, {2} forfall", "{0} møte, {1} til stades, {2} forfall", "{0} meetings, {1} present, {2} absent"],
  source: ["Kilde", "Kjelde", "Source"],
  page: ["side {0}", "side {0}", "page {0}"],
  scanned: ["lest fra skannet dokument", "lese frå skanna dokument", "read from a scanned document"],
  copy: ["Kopier henvisning", "Kopier tilvising", "Copy citation"],
  copied: ["Henvisningen er kopiert", "Tilvisinga er kopiert", "Citation copied"],
  copyBy: ["Marker og kopier:", "Merk og kopier:", "Select and copy:"],
  timeline: ["Vedtak per år", "Vedtak per år", "Decisions a year"],
  map: ["Vedtak per møte, etter region og år", "Vedtak per møte, etter region og år", "Decisions for each meeting, by region and year"],
  mapLegend: ["2/5 er to vedtak i fem møter. Skravert: ingen møter herfra det året.", "2/5 er to vedtak i fem møte. Skravert: ingen møte herifrå det året.", "2/5 is two decisions in five meetings. Hatched: no meetings of that year."],
  noMeetings: ["ingen møter", "ingen møte", "no meetings"],
  asTable: ["Vis tallene i en tabell", "Vis tala i ein tabell", "Show the figures as a table"],
  meetingsHeld: ["Møter", "Møte", "Meetings"],
  failed: ["Søket svarer ikke akkurat nå. Prøv igjen om litt.", "Søket svarar ikkje akkurat no. Prøv igjen om litt.", "Search does not answer just now. Try again in a moment."],
  retry: ["Prøv igjen", "Prøv igjen", "Try again"],
  away: ["Åpne søket på egen side", "Opne søket på eiga side", "Open the search on its own page"],
  months: [
    "januar februar mars april mai juni juli august september oktober november desember",
    "januar februar mars april mai juni juli august september oktober november desember",
    "January February March April May June July August September October November December",
  ],
};
const languages = ["nb", "nn", "en"];

/* The language of the widget for a language tag: no and nb-NO are bokmål, what is unknown too. */
export function languageOf(tag) {
  const main = String(tag || "").toLowerCase().split("-")[0];
  return languages.includes(main) ? main : "nb";
}

/* say("hits", lang, 12) */
export function say(name, lang, ...values) {
  const text = table[name][languages.indexOf(lang)];
  return text.replace(/\{(\d)\}/g, (_, i) => values[i]);
}

/* 12345 as "12 345", with narrow no-break blanks. */
export function count(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/* "2023-02-03" as "3. februar 2023"; what is no date comes back as it is. */
export function day(iso, lang) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso || "");
  const month = parts && say("months", lang).split(" ")[parts[2] - 1];
  return month ? `${+parts[3]}${lang === "en" ? "" : "."} ${month} ${parts[1]}` : iso || "";
}
