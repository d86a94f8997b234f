# The pages without a browser: what stands in them, in which language, and that they are safe.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

is "front page" 200 "$(status /)"
person=/$(get '/v1/search?type=attendee&size=1' | jq -r '"person/" + .hits[0].person')
for path in / '/sok?q=LAR' '/sok?q=xyzzyx' '/sok?q=(LAR' '/r/no/such' /dekning '/dekning?region=vest' \
    "$person" /person/ingen.slik; do
    page=$(get "$path")
    has "$path: language" '<html lang="nb">' "$page"
    has "$path: a labelled field" '<label for="q">' "$page"
    has "$path: skip link" 'href="#innhold"' "$page"
    has "$path: main" '<main id="innhold"' "$page"
    is "$path: one h1" 1 "$(grep -o '<h1' <<<"$page" | wc -l)"
    is "$path: one script, of a file" '<script type="module" src="/page/hfsok.js?v=></script>' \
        "$(grep -o '<script.*</script>' <<<"$page" | sed 's/v=[0-9a-f]\{16\}"/v=/')"
    hasnt "$path: no inline style" 'style=' "$page"
    policy=$(header Content-Security-Policy "$path")
    is "$path: CSP" "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; \
base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'" "$policy"
done
is "a bad query" 400 "$(status '/sok?q=(LAR')"
is "an unknown filter" 400 "$(status '/sok?q=LAR&regoin=vest')"
is "a foreign mark on the address" 200 "$(status '/sok?q=LAR&utm_source=x&fbclid=y')"
is "no such record" 404 "$(status /r/no/such)"
has "the query stands in the field again" 'value="(LAR"' "$(get '/sok?q=(LAR')"

page=$(get '/sok?q=LAR')
has "the same total as the API" "<h1 id=\"treff\">$(get '/v1/search?q=LAR' | jq .total) treff" "$page"
is "the same hits in the same order" "$(get '/v1/search?q=LAR' | jq -r '.hits[].link')" \
    "$(grep -A1 '^<h2>' <<<"$page" | grep -o '<h2><a href="[^"]*"' | sed 's/.*href="//; s/"//')"
has "matches are marked" '<mark>' "$page"
has "facets" '<fieldset><legend>Helseregion</legend>' "$page"
has "a submit button for them" '>Avgrens</button>' "$page"
is "every box belongs to the form" "$(grep -o 'type="checkbox"' <<<"$page" | wc -l)" \
    "$(grep -o 'type="checkbox" form="sok"' <<<"$page" | wc -l)"
page=$(get '/sok?q=LAR&region=vest&type=decision&sort=newest')
has "the chosen box is checked" 'value="vest" checked' "$page"
has "a chip to remove it" '<nav class="chips"' "$page"
has "the chip's address" 'href="/sok?q=LAR&amp;type=decision&amp;sort=newest#valgte"' "$page"
has "type survives the form" 'name="type" value="decision"' "$page"
has "sort survives the form" 'name="sort" value="newest"' "$page"
has "a feed of the same question" 'href="/v1/search?q=LAR&amp;type=decision&amp;region=vest&amp;sort=newest&amp;format=atom"' "$page"
has "nothing found helps" 'søke på det samme uten avgrensninger' "$(get '/sok?q=xyzzyx&region=vest')"
has "did you mean" 'Mente du' "$(get '/sok?q=legemidelliste')"
has "paging" 'rel="next"' "$(get '/sok?q=kommunene&size=2')"

has "nynorsk by the browser" '<html lang="nn">' "$(get '/sok?q=LAR' -H 'Accept-Language: nn-NO')"
has "English by the address" '<html lang="en">' "$(get '/sok?q=LAR&lang=en' -H 'Accept-Language: nn-NO')"
has "a chosen language stays" 'lang=nb' "$(get '/sok?q=LAR&lang=nb&region=vest' -H 'Accept-Language: nn-NO' | grep -A3 'class="chips"')"

for text in '<script>alert(1)</script>' '"><img src=x onerror=alert(1)>' "' onfocus='x" '</title><b>'; do
    page=$(curl -s -G "$url/sok" --data-urlencode "q=\"$text\"")
    is "hostile: $text" 1 "$(grep -o '<script' <<<"$page" | wc -l)"
    hasnt "hostile: $text" '<img' "$page"
    hasnt "hostile: $text" "' onfocus" "$page"
    is "hostile: $text" 1 "$(grep -o '</title>' <<<"$page" | wc -l)"
done

for kind in css javascript; do
    file=$(get '/sok?q=LAR' | grep -o "/page/[^\"]*[.]${kind/javascript/js}[^\"]*")
    is "$file: its type" "text/$kind; charset=utf-8" "$(header Content-Type "$file")"
    has "$file: for a year" immutable "$(header Cache-Control "$file")"
    is "$file: its 304" 304 "$(status "$file" -H "If-None-Match: $(header ETag "$file")")"
done
for word in innerHTML outerHTML insertAdjacentHTML document.write eval 'new Function' 'import ' 'setAttribute("style'; do
    hasnt "the script: never $word" "$word" "$(get "$file")"
done

person=$(get '/v1/search?q=Lars' | jq -r '[.hits[]|select(.type == "person")|.link][0]')
has "people are not for search engines" noindex "$(get "$person")"
is "also in the header" noindex "$(header X-Robots-Tag "$person")"
record=$(get '/v1/search?q=LAR&type=decision' | jq -r '.hits[0].link')
page=$(get "$record")
for part in '<blockquote class="decision"' 'Hvor dette står' 'SHA-256' 'Hele saken'; do
    has "record page: $part" "$part" "$page"
done

# --- a person
page=$(get "$person")
answer=$(get "/v1/people${person#/person}")
has "the name" "<h1>$(jq -r .name <<<"$answer")</h1>" "$page"
is "each meeting has a row" "$(jq '.meetings | length' <<<"$answer")" \
    "$(grep -o '<tr><th scope="row"><a href="/r/[^"]*"' <<<"$page" | wc -l)"
has "search engines stay away" noindex "$(header X-Robots-Tag "$person")"
is "an older address leads there" "301 $person?lang=nn" \
    "$(status "/r$person?lang=nn") $(header Location "/r$person?lang=nn")"
is "nobody of that name" 404 "$(status /person/ingen.slik)"
has "hits lead there" "href=\"$person\"" "$(get "/sok?q=$(jq -rn --arg n "$(jq -r .name <<<"$answer")" '$n | @uri')")"

# --- what is covered
page=$(get /dekning)
answer=$(get /v1/coverage)
is "a row for each of the 19" 19 "$(grep -c '<th scope="row">' <<<"$page")"
is "a column for each year, the newest first" "$(jq -r '[.rows[].year | values] | unique | reverse | join(" ")' <<<"$answer")" \
    "$(grep -o '<th scope="col">[0-9]*' <<<"$page" | sed 's/.*>//' | grep . | paste -sd' ')"
is "the numbers add up to the documents" "$(jq '.totals | .meetings + .reports + .notices' <<<"$answer")" \
    "$(grep -o '">[0-9]*<span class="vh"> dokumenter' <<<"$page" | sed 's/">//; s/<.*//' | jq -s add)"
is "each gap is named" "$(jq .totals.missing <<<"$answer")" "$(grep -c '<li>.*mangler: ' <<<"$page")"
one=$(grep -o '<td class="[a-z]*"><a href="[^"]*">[0-9]*' <<<"$page" | sed -n 3p)
is "a number leads to its meetings" "${one##*>}" \
    "$(get "/v1/search?$(sed 's/.*?//; s/">.*//; s/&amp;/\&/g' <<<"$one")" | jq .total)"
is "one region" 4 "$(get '/dekning?region=vest' | grep -c '<th scope="row">')"
is "an unknown region" 400 "$(status '/dekning?region=sydvest')"

# --- the pictures of a question
page=$(get '/sok?q=LAR')
series=$(get '/v1/timeline?q=LAR')
for kind in 'bar:[.series[].years[] | select(.hits > 0) | .year] | unique' \
    'held none:[.series[].years[] | select(.hits + .meetings == 0)]' \
    'held s4:[.series[].years[] | select(.hits > 0 and .hits >= .meetings)]'; do
    is "as many «${kind%%:*}» as there should be" "$(jq "${kind#*:} | length" <<<"$series")" \
        "$(grep -o "<rect class=\"${kind%%:*}\"" <<<"$page" | wc -l)"
done
is "the figures stand in a table too" "$(jq '[.series[0].years[]] | length' <<<"$series")" \
    "$(sed -n '/Tallene som tabell/,/<.details>/p' <<<"$page" | grep -c '<tr><th scope="row">')"
hasnt "no picture of nothing" '<svg' "$(get '/sok?q=xyzzyx')"
table=$(get '/v1/timeline?q=LAR&format=csv' | tr -d '\r')
is "the same as CSV" "$(jq '[.series[].years[].hits] | add' <<<"$series")" "$(sed 1d <<<"$table" | cut -d';' -f4 | jq -s add)"
is "the same at the prompt" "$table" "$("$b/hfsok" --index "$work/index" timeline LAR --format csv | tr -d '\r')"

# --- every link of every kind of page leads somewhere
record=$(get '/v1/search?q=LAR&type=case' | jq -r '.hits[0].link')
for path in / '/sok?q=LAR' '/sok?q=xyzzyx&region=vest' '/sok?q=legemidelliste&type=decision' "$record" "${record%/*}" "$person" /dekning; do
    get "$path" | grep -o 'href="/[^"]*"' | sed 's/href="//; s/"$//; s/&amp;/\&/g' | sort -u
done | sort -u >"$work/links"
is "enough of them" yes "$([ "$(wc -l <"$work/links")" -gt 100 ] && echo yes)"
is "no link is dead" '' "$(while read -r path; do
    code=$(status "$path" </dev/null)
    [ "$code" = 200 ] || echo "$code $path"
done <"$work/links")"

# --- an address that is nobody's
is "for a reader: a page" 'text/html; charset=utf-8' "$(header Content-Type /finnes-ikke -H 'Accept: text/html,*/*;q=0.8')"
is "for a program: a problem" application/problem+json "$(header Content-Type /finnes-ikke)"
finish
