# The pages without a browser: what stands in them, in which language, and that they are safe.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

is "front page" 200 "$(status /)"
for path in / '/sok?q=LAR' '/sok?q=xyzzyx' '/sok?q=(LAR' '/r/no/such'; do
    page=$(get "$path")
    has "$path: language" '<html lang="nb">' "$page"
    has "$path: a labelled field" '<label for="q">' "$page"
    has "$path: skip link" 'href="#innhold"' "$page"
    has "$path: main" '<main id="innhold"' "$page"
    is "$path: one h1" 1 "$(grep -o '<h1' <<<"$page" | wc -l)"
    hasnt "$path: no script" '<script' "$page"
    hasnt "$path: no inline style" 'style=' "$page"
    has "$path: CSP" "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" \
        "$(header Content-Security-Policy "$path")"
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
has "the chip's address" 'href="/sok?q=LAR&amp;type=decision&amp;sort=newest"' "$page"
has "type survives the form" 'name="type" value="decision"' "$page"
has "sort survives the form" 'name="sort" value="newest"' "$page"
has "nothing found helps" 'søke på det samme uten avgrensninger' "$(get '/sok?q=xyzzyx&region=vest')"
has "did you mean" 'Mente du' "$(get '/sok?q=legemidelliste')"
has "paging" 'rel="next"' "$(get '/sok?q=kommunene&size=2')"

has "nynorsk by the browser" '<html lang="nn">' "$(get '/sok?q=LAR' -H 'Accept-Language: nn-NO')"
has "English by the address" '<html lang="en">' "$(get '/sok?q=LAR&lang=en' -H 'Accept-Language: nn-NO')"
has "a chosen language stays" 'lang=nb' "$(get '/sok?q=LAR&lang=nb&region=vest' -H 'Accept-Language: nn-NO' | grep -A3 'class="chips"')"

for text in '<script>alert(1)</script>' '"><img src=x onerror=alert(1)>' "' onfocus='x" '</title><b>'; do
    page=$(curl -s -G "$url/sok" --data-urlencode "q=\"$text\"")
    hasnt "hostile: $text" '<script' "$page"
    hasnt "hostile: $text" '<img' "$page"
    hasnt "hostile: $text" "' onfocus" "$page"
    is "hostile: $text" 1 "$(grep -o '</title>' <<<"$page" | wc -l)"
done

css=$(get '/sok?q=LAR' | grep -o '/page/[^"]*')
is "the stylesheet" 'text/css; charset=utf-8' "$(header Content-Type "$css")"
has "for a year" immutable "$(header Cache-Control "$css")"
is "its 304" 304 "$(status "$css" -H "If-None-Match: $(header ETag "$css")")"

person=$(get '/v1/search?q=Lars' | jq -r '[.hits[]|select(.type == "person")|.link][0]')
has "people are not for search engines" noindex "$(get "$person")"
is "also in the header" noindex "$(header X-Robots-Tag "$person")"
record=$(get '/v1/search?q=LAR&type=decision' | jq -r '.hits[0].link')
page=$(get "$record")
for part in '<blockquote class="decision"' 'Hvor dette står' 'SHA-256' 'Hele saken'; do
    has "record page: $part" "$part" "$page"
done
finish
