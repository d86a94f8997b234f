# Open promises: what a decision promises, whether a later record takes it up, and where nobody can tell.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash

src="$work/minutes"
mkdir -p "$src"
minutes() { # FILE BODY DATE; the cases on stdin
    { printf 'Helsefellesskapet Vestfold\n%s\n\nREFERAT\nMøtedato: %s\nSted: Rådhuset\nMøteleder: Tora Myrdal\n\n' "$2" "$3"
      cat; } >"$src/$1.txt"
}
ssu='Strategisk samarbeidsutvalg (SSU)' fsu='Faglig samarbeidsutvalg (FSU)'
minutes a "$ssu" '10. februar 2022' <<'T'
Sak 1/22 Kompetanseplan
Ansvarlig: Sekretariatet
Frist: 1. september 2022
Vedtak: Administrasjonen bes om å utarbeide en felles kompetanseplan.

Sak 2/22 Ambulant team
Vedtak: Saken utsettes.

Sak 3/22 Tall for beredskap
Vedtak: FSU bes om å legge fram tall.

Sak 4/22 Kurs
Vedtak: Kurset holdes i mars.
T
minutes b "$ssu" '12. mai 2022' <<'T'
Sak 2/22 Ambulant team – ny behandling
Vedtak: Teamet opprettes.

Sak 7/22 Rutine for varsling
Frist: 1. juni 2030
Vedtak: Sekretariatet legger fram en rutine.
T
minutes c "$fsu" '9. juni 2022' <<'T'
Sak 1/22 Tall for beredskap
Oppfølging av SSU-sak 3/22.
Vedtak: Tallene tas til orientering.
T
index_sample "$src"
serve
hfsok() { "$b/hfsok" --index "$work/index" "$@"; }
at=hf-vestfold/SSU/2022-02-10 later=hf-vestfold/SSU/2022-05-12
promise() { get "/v1/records/$1?today=${2:-2022-08-01}" | jq -c ".record.promise | ${3:-.state}"; }

# --- the state and its reasons
is "open: later minutes are here, none takes it up" '"open"' "$(promise $at/1-2022/v1)"
is "the sentence that promises" '["Administrasjonen bes om å utarbeide en felles kompetanseplan."]' \
    "$(promise $at/1-2022/v1 '' .mandates)"
is "its deadline, measured by the day given" '["1. september 2022","2022-09-01","coming"]' \
    "$(promise $at/1-2022/v1 2022-08-01 '[.deadline,.deadline_date,.due]')"
is "passed the day after" '["coming","passed"]' \
    "$(echo "$(promise $at/1-2022/v1 2022-09-01 .due)" "$(promise $at/1-2022/v1 2022-09-02 .due)" | jq -sc .)"
is "how far the minutes go" '"2022-05-12"' "$(promise $at/1-2022/v1 '' .searched_until)"
has "what would close it" 'SSU-sak 1/2022' "$(promise $at/1-2022/v1 '' .would_close)"
has "in the reader's language" 'a later case' "$(get "/v1/records/$at/1-2022/v1?lang=en" | jq -r .record.promise.would_close)"
is "closed: the case goes on under its number" "[\"closed\",[\"$later/2-2022\",\"same-number\"],null]" \
    "$(promise $at/2-2022/v1 '' '[.state,(.closed_by[]|[.case,.relation]),.would_close]')"
is "closed: another body refers to it" '["closed","hf-vestfold/FSU/2022-06-09/1-2022","follows","2022-06-09"]' \
    "$(promise $at/3-2022/v1 '' '[.state,(.closed_by[]|.case,.relation,.day)]')"
is "unknown: no later minutes of the body" '["unknown","2022-05-12","coming"]' \
    "$(promise $later/7-2022/v1 '' '[.state,.searched_until,.due]')"
is "nothing promised" null "$(promise $at/4-2022/v1)"
is "the case says it too" '"open"' "$(promise $at/1-2022)"
is "with the decisions inside" open "$(get "/v1/records/$at/1-2022" | jq -r '.decisions[].promise.state')"

# --- searches
open() { get "/v1/search?open=true&size=100$1"; }
is "open ones" "$at/1-2022" "$(open '' | jq -r '[.hits[].id]|join(" ")')"
is "decisions" "$at/1-2022/v1" "$(open '&type=decision' | jq -r '[.hits[].id]|join(" ")')"
is "each with the reason" open "$(open '&type=decision' | jq -r '.hits[].promise.state')"
is "what cannot be told is counted, not listed" 1 "$(open '' | jq .recall.promises_unknown)"
is "it is within the filters" 0 "$(open '&body=FSU' | jq .recall.promises_unknown)"
hasnt "no other search is burdened" promise "$(get '/v1/search?q=kompetanseplan')"
is "facets count them" '[["2022",1]]' "$(open '' | jq -c '[.facets.year[]|[.value,.count]]')"
is "a day is a whole one" 400 "$(status '/v1/search?open=true&today=2022')"
is "and one" 400 "$(status '/v1/search?open=true&today=2022-01-01&today=2022-01-02')"
is "the list is by the records, not by the day" "$(open '&today=2000-01-01' | jq -c '[.hits[].id]')" \
    "$(open '&today=2040-01-01' | jq -c '[.hits[].id]')"
is "but another day is another answer" false \
    "$([ "$(header ETag '/v1/search?open=true&today=2022-01-01')" = "$(header ETag '/v1/search?open=true&today=2023-01-01')" ] && echo true || echo false)"

# --- the chain
chain() { get "/v1/cases/$1/chain"; }
is "the chain is open" true "$(chain $at/1-2022 | jq .open)"
is "closed" false "$(chain $at/2-2022 | jq .open)"
is "nobody knows" null "$(chain $later/7-2022 | jq .open)"
is "closed by whom" "$later/2-2022" "$(chain $at/2-2022 | jq -r '.steps[0].decisions[0].promise.closed_by[0].case')"

# --- the prompt and the page
is "the API's JSON" "$(get "/v1/records/$at/1-2022?today=2022-08-01")" "$(hfsok show $at/1-2022 --today 2022-08-01 --format json)"
is "of a server too" "$(hfsok show $at/1-2022 --today 2022-08-01 --format json)" \
    "$("$b/hfsok" --server "$url" show $at/1-2022 --today 2022-08-01 --format json)"
text=$(COLUMNS=110 hfsok search --open --today 2023-01-01 2>"$work/notes")
has "text: why it is open" 'Ikke tatt opp igjen i referatene til og med 12. mai 2022.' "$(tr -s ' \n' ' ' <<<"$text")"
has "text: the deadline" 'Fristen er gått ut: 1. september 2022' "$(tr -s ' \n' ' ' <<<"$text")"
has "text: the unknown" 'For 1 til finnes ikke senere referater' "$(tr -s ' \n' ' ' <"$work/notes")"
has "text: closed by" 'Tatt opp igjen: SSU 12. mai 2022, sak 2/22' "$(hfsok chain $at/2-2022)"
page=$(get "/r/$at/2-2022")
has "page: closed by, linked" "href=\"/r/$later/2-2022\"" "$page"
has "page: unknown" 'Ukjent om dette er fulgt opp' "$(get "/r/$later/7-2022")"
has "nynorsk" 'Ikkje teke opp att' "$(get "/r/$at/1-2022?lang=nn")"

# --- minutes that come later tell more
stop
minutes d "$ssu" '8. september 2022' <<'T'
Sak 9/22 Kompetanseplan
Det vises til sak 1/22. Planen ble gjennomgått.
Vedtak: Planen vedtas.
T
"$b/hfsok-indexer" --quiet --index "$work/index" "$src" >/dev/null 2>&1
state() { hfsok show "$1" --format json | jq -r .record.promise.state; }
is "what was open is closed" closed "$(state $at/1-2022)"
is "what was unknown is open" open "$(state $later/7-2022)"
is "the list follows" "$later/7-2022" "$(hfsok search --open --format json | jq -r '[.hits[].id]|join(" ")')"
finish
