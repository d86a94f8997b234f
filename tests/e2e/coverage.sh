# What the index holds and what it must lack: over HTTP and at the prompt.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve
hfsok() { "$b/hfsok" --index "$work/index" "$@"; }
rows() { jq -c ".rows[] | select($1)" <<<"$all"; }
all=$(get '/v1/coverage?lang=en')

# --- everything is there: all 19, every meeting, every record
is "all 19 helsefellesskap" 19 "$(jq '[.rows[].helsefellesskap] | unique | length' <<<"$all")"
for type in case decision attendee; do
    is "every $type is in a row" "$(get "/v1/search?type=$type" | jq .total)" "$(jq ".totals.${type}s" <<<"$all")"
done
is "every meeting and report" "$(get '/v1/search?type=meeting' | jq .total)" \
    "$(jq '.totals | .meetings + .reports + .notices' <<<"$all")"
is "the rows sum to the totals" "$(jq -c '.totals | [.meetings, .cases, .missing]' <<<"$all")" \
    "$(jq -c '[([.rows[].meetings] | add), ([.rows[].cases] | add), ([.rows[].missing | length] | add)]' <<<"$all")"

# --- gaps in the numbers, approved minutes that are not here
is "a gap between two meetings" '["gap in case numbers 1–12/2024","gap in case numbers 19–21/2024"]' \
    "$(rows '.helsefellesskap == "hf-more-romsdal"' | jq -c '[.missing[] | select(.kind == "numbers").reason]')"
is "minutes that are here are not missing" 0 \
    "$(rows '.helsefellesskap == "hf-more-romsdal"' | jq '[.missing[] | select(.date)] | length')"
is "an old case that is listed again does not end a gap" '[1,19,["14/2025"]]' \
    "$(rows '.helsefellesskap == "hf-fonna"' | jq -c '.missing[] | select(.kind == "numbers") | [.from, .to, .listed]')"
is "bodies of their own have their own numbers" '[[1,15],[1,38]]' \
    "$(rows '.helsefellesskap == "hf-ahus"' | jq -sc '[.[].missing[] | select(.kind == "numbers") | [.from, .to]] | sort')"
is "a body whose numbers have no year has no gaps" 0 \
    "$(rows '.helsefellesskap == "hf-ostfold"' | jq '.missing | length')"
is "approved minutes, in the year in which they were held" '[0,"2023-11-30","hf-bergen/SSU/2024-03-14"]' \
    "$(rows '.helsefellesskap == "hf-bergen" and .year == 2023' | jq -c '[.meetings, (.missing[] | .date, .approved_by)]')"
is "in the reader's language" 'hol i saksnummera 1–4/2024' \
    "$(get '/v1/coverage?lang=nn&helsefellesskap=oslo' | jq -r '.rows[].missing[0].reason')"

# --- filters: the parameter table's
is "region" '["vest"]' "$(get '/v1/coverage?region=vest' | jq -c '[.rows[].region] | unique')"
is "year and body" '[["SSU",2024]]' \
    "$(get '/v1/coverage?year=2024&body=ssu' | jq -c '[.rows[] | select(.year) | [.body, .year]] | unique')"
is "where nothing is left it says so" '["hf-oslo",0,["hf-oslo"]]' \
    "$(get '/v1/coverage?helsefellesskap=hf-oslo&year=1999' | jq -c '[.rows[].helsefellesskap, .rows[].meetings, .not_covered]')"
is "not a question" 400 "$(status '/v1/coverage?q=LAR')"
is "an unknown value" 400 "$(status '/v1/coverage?region=sydvest')"
has "what is right" 'hf-oslo' "$(get '/v1/coverage?helsefellesskap=oslå')"

# --- forms
is "a table has as many rows" "$(jq '.rows | length' <<<"$all")" "$(get '/v1/coverage?format=jsonl' | wc -l)"
csv=$(get '/v1/coverage?format=csv&lang=en')
is "CSV: head" 'helsefellesskap;helsefellesskap_name;region;body;year;meetings;notices;reports;cases;decisions;attendees;missing;unreadable' \
    "$(head -n 1 <<<"$csv" | tr -d '\357\273\277\r')"
has "CSV: the reasons" 'gap in case numbers 1–12/2024; gap in case numbers 19–21/2024' "$csv"
has "CSV by Accept" 'text/csv' "$(header Content-Type /v1/coverage -H 'Accept: text/csv')"
etag=$(header ETag '/v1/coverage')
is "304" 304 "$(status '/v1/coverage' -H "If-None-Match: $etag")"

# --- the prompt
is "the API's JSON" "$(get '/v1/coverage?region=midt')" "$(hfsok coverage --region midt --format json)"
is "of a server too" "$(hfsok coverage --region midt --format json)" \
    "$("$b/hfsok" --server "$url" coverage --region midt --format json)"
is "CSV, from here and from a server" "$(hfsok coverage --format csv)" "$("$b/hfsok" --server "$url" coverage --format csv)"
is "CSV is the API's" "$(get '/v1/coverage?format=csv')" "$(hfsok coverage --format csv)"
has "a table for people" 'mangler: hull i saksnumrene 19–21/2024' "$(hfsok coverage)"
hfsok coverage --region nord >/dev/null
is "found" 0 $?
out=$(hfsok coverage --year 1999)
is "nothing found" 1 $?
is "all 19 are named then" 19 "$(grep -c 'ingen møter' <<<"$out")"
hfsok coverage LAR 2>/dev/null
is "no words" 2 $?
hfsok coverage --type case 2>/dev/null
is "no other filters" 2 $?
"$b/hfsok" --index "$work/none" coverage 2>/dev/null
is "no index" 3 $?

# --- two local committees count each for itself; a case listed again and another's minutes prove nothing
minutes() { # FILE BODY DATE CASES…
    printf 'Referat fra %s\nHelsefellesskapet i Telemark\nDato: %s\n\nTil stede: Kari Nordby, Skien kommune\n\n' "$2" "$3"
    for n in "${@:4}"; do printf 'Sak %s\nVedtak: Godkjent.\n\n' "$n"; done
} >"$work/lsu/$1"
mkdir "$work/lsu"
nord='lokalt samarbeidsutvalg (LSU) Nordre Telemark' sor='lokalt samarbeidsutvalg (LSU) Søre Telemark'
minutes n1.txt "$nord" 12.01.2023 '1/23 Oppstart' '2/23 Budsjett' '3/23 Rus'
minutes n2.txt "$nord" 14.09.2023 '8/23 Godkjenning av referat fra 12.01.2023 og 11.05.2023' '9/23 Eldre' '10/23 Plan'
minutes s1.txt "$sor" 15.02.2023 '1/23 Oppstart' '2/23 Budsjett' '3/23 Rus' '4/23 Barn'
minutes s2.txt "$sor" 16.11.2023 '5/23 Godkjenning av referat fra 15.02.2023' '6/23 Eldre' '7/23 Plan'
minutes s3.txt "$sor" 18.01.2024 '6/23 Eldre' '1/24 Godkjenning av referat fra 16.11.2023' '2/24 Plan' '3/24 Rus'
"$b/hfsok-indexer" --quiet --index "$work/two" "$work/lsu" || fail "the two committees cannot be indexed"
all=$("$b/hfsok" --index "$work/two" coverage --format json --helsefellesskap hf-telemark --lang en)
is "one row a year, of both" '[[2023,4],[2024,1]]' "$(jq -c '[.rows[] | [.year, .meetings]]' <<<"$all")"
is "what the one lacks and the other holds" '["gap in case numbers 4–7/2023","the minutes of 11 May 2023 were approved in the meeting of 14 September 2023, but are not here"]' \
    "$(jq -c '[.rows[].missing[].reason]' <<<"$all")"
has "whose they are" 'Nordre Telemark' "$(jq -r '.rows[].missing[].body_name' <<<"$all")"

# --- what cannot be read: by its path, by kilder.tsv, or of nobody
src=$work/src
mkdir -p "$src/hf-oslo" "$src/ukjent"
cp tests/corpus/oslo-*.txt "$src/hf-oslo"
: >"$src/hf-oslo/FSU-2022-tom.txt"
: >"$src/ukjent/tom.txt"
: >"$src/ukjent/skann.txt"
printf 'skann.txt\thttps://example.org/s\thf-agder\tLSU\n' >"$src/ukjent/kilder.tsv"
"$b/hfsok-indexer" --quiet --index "$work/index" --rebuild "$src" 2>/dev/null
is "some failed" 1 $?
all=$(hfsok coverage --format json)
is "by its path and name" '[["FSU",2022,0]]' \
    "$(rows '.unreadable == ["'"$src"'/hf-oslo/FSU-2022-tom.txt"]' | jq -sc '[.[] | [.body, .year, .meetings]]')"
is "by kilder.tsv" '["hf-agder","LSU",null]' \
    "$(rows '.unreadable == ["'"$src"'/ukjent/skann.txt"]' | jq -c '[.helsefellesskap, .body, .year]')"
is "of nobody, with the reason" "$src/ukjent/tom.txt: filen er tom" "$(jq -r '.unreadable[] | .source + ": " + .reason' <<<"$all")"
is "counted" 3 "$(jq .totals.unreadable <<<"$all")"
has "a year that is not known may be any" skann.txt "$(hfsok coverage --year 2024)"
hasnt "another year is another" FSU-2022 "$(hfsok coverage --year 2024)"
has "told in the table" 'kan ikke leses' "$(hfsok coverage)"
is "18 are not covered" 18 "$(jq '.not_covered | length' <<<"$all")"
for _ in $(seq 50); do
    [ "$(get /v1/coverage | jq .index.generation)" = "$(jq .index.generation <<<"$all")" ] && break
    sleep 0.1
done
is "the daemon tells of the new generation" "$all" "$(get /v1/coverage)"
finish
