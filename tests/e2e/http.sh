# The API over HTTP: answers, filters, paging, forms, errors, caching.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

# --- watching
is healthz ok "$(get /healthz | jq -r .status)"
is readyz ready "$(get /readyz | jq -r .status)"
has metrics 'hfsok_requests_total{class="2xx"}' "$(get /metrics)"
has robots 'Disallow: /v1/' "$(get /robots.txt)"

# --- the answer has every member of the contract
is members 'alternatives did_you_mean facets hits index interpreted page pages query recall size took_ms total totals_by_type' \
    "$(get '/v1/search?q=LAR' | jq -r 'keys|join(" ")')"
is "total is the number of hits" true \
    "$(get '/v1/search?q=LAR&size=100' | jq '.total == (.hits|length)')"
is "every hit can be cited and followed" true \
    "$(get '/v1/search?q=LAR&size=100' | jq '[.hits[]|(.citation|length > 0) and (.link|startswith("/r/"))]|all')"
is "an empty parameter is absent" "$(get '/v1/search?q=LAR' | jq -c 'del(.took_ms)')" \
    "$(get '/v1/search?q=LAR&type=&region=&page=&from=' | jq -c 'del(.took_ms)')"
is "nothing found is an answer" 0 "$(get '/v1/search?q=koronavaksinexyz' | jq '.hits|length')"

# --- counts: exact, and each group without its own choice
for type in case decision meeting attendee; do
    all=$(get "/v1/search?type=$type")
    is "$type: the regions sum to the total" "$(jq .total <<<"$all")" \
        "$(jq '[.facets.region[].count]|add' <<<"$all")"
    is "$type: totals_by_type agrees" "$(jq .total <<<"$all")" "$(jq ".totals_by_type.$type" <<<"$all")"
done
while read -r facet value count; do
    one=$(get "/v1/search?q=LAR&$facet=$value&size=1")
    is "$facet=$value gives what was promised" "$count" "$(jq .total <<<"$one")"
    is "$facet=$value is marked as chosen" true \
        "$(jq "[.facets.$facet[]|select(.value == \"$value\")|.selected]|all" <<<"$one")"
    is "$facet: its own choice does not narrow it" \
        "$(get '/v1/search?q=LAR' | jq -c "[.facets.$facet[]|[.value,.count]]")" \
        "$(jq -c "[.facets.$facet[]|[.value,.count]]" <<<"$one")"
done < <(get '/v1/search?q=LAR' | jq -r '.facets|to_entries[]|.key as $k|.value[:3][]|"\($k) \(.value) \(.count)"')
is "/v1/facets counts the same" "$(get '/v1/search?q=LAR' | jq -c .facets)" "$(get '/v1/facets?q=LAR' | jq -c .facets)"
is "two values: either" "$(($(get '/v1/search?q=LAR&region=vest' | jq .total) + $(get '/v1/search?q=LAR&region=nord' | jq .total)))" \
    "$(get '/v1/search?q=LAR&region=vest&region=nord' | jq .total)"
is "two groups: both" "$(get '/v1/search?q=LAR&region=vest&type=decision&size=100' | jq '[.hits[]|select(.type == "decision" and .health_region == "Helse Vest")]|length')" \
    "$(get '/v1/search?q=LAR&region=vest&type=decision' | jq .total)"
is "an id of the registry without hits" 0 "$(get '/v1/search?q=xyzzy&helsefellesskap=hf-oslo' | jq .total)"

# --- paging: pages join, Link leads through them
whole=$(get '/v1/search?q=kommunene&size=100' | jq -c '[.hits[].id]')
joined='[]' next='/v1/search?q=kommunene&size=4' n=0
while [ -n "$next" ] && [ $n -lt 60 ]; do
    joined=$(jq -c --argjson a "$joined" '$a + [.hits[].id]' < <(get "$next"))
    next=$(header Link "$next" | grep -o '<[^>]*>; rel="next"' | sed 's/^<//; s/>.*//')
    n=$((n + 1))
done
is "pages join without overlap" "$whole" "$joined"
is "offset and page agree" "$(get '/v1/search?q=kommunene&size=5&page=3' | jq -c .hits)" \
    "$(get '/v1/search?q=kommunene&size=5&offset=10' | jq -c .hits)"

# --- forms
total=$(get '/v1/search?q=LAR' | jq .total)
has "csv begins with a BOM and the columns" $'\xEF\xBB\xBFtype;helsefellesskap;region;body;date;year;case_number;title;label;outcome;text;groups;responsible;deadline;source;page;link;citation' \
    "$(get '/v1/search?q=LAR&format=csv' | head -n 1)"
is "jsonl has every hit" "$total" "$(get '/v1/search?q=LAR&format=jsonl' | jq -s length)"
is "tsv has every hit" $((total + 1)) "$(get '/v1/search?q=LAR&format=tsv' | wc -l)"
is "jsonl holds the same hits" "$(get '/v1/search?q=LAR&size=100' | jq -c '.hits[]')" \
    "$(get '/v1/search?q=LAR&format=jsonl' | jq -c .)"
is "an export has every record" "$(get '/v1/search?type=attendee' | jq .total)" \
    "$(get '/v1/search?type=attendee&format=jsonl' | jq -r .id | sort -u | wc -l)"
is "an export in the order of the pages" "$(get '/v1/search?type=attendee&size=100' | jq -r '.hits[].id' | cksum)" \
    "$(get '/v1/search?type=attendee&format=jsonl' | jq -r .id | head -n 100 | cksum)"
is "an export of one page" 3 "$(get '/v1/search?type=attendee&format=jsonl&size=3' | wc -l)"
is "an export of nothing" 1 "$(get '/v1/search?q=xyzzyx&format=csv' | wc -l)"
is "an export of a bad query" 400 "$(status '/v1/search?q=(LAR&format=csv')"
has "csv by Accept" 'text/csv' "$(header Content-Type '/v1/search?q=LAR' -H 'Accept: text/csv')"
has "JSON for a browser" 'application/json' \
    "$(header Content-Type '/v1/search?q=LAR' -H 'Accept: text/html,application/xml;q=0.9,*/*;q=0.8')"
has "format beats Accept" 'application/json' "$(header Content-Type '/v1/search?q=LAR&format=json' -H 'Accept: text/csv')"

# --- records: every id leads back to its record; slashes may be encoded
for type in case decision meeting attendee; do
    for id in $(get "/v1/search?type=$type&size=3" | jq -r '.hits[].id'); do
        is "record $id" "$id" "$(get "/v1/records/$id" | jq -r .record.id)"
        is "page of $id" 200 "$(status "/r/$id")"
    done
done
is "encoded slashes" "$id" "$(get "/v1/records/${id//\//%2F}" | jq -r .record.id)"
person=$(get '/v1/search?q=Lars' | jq -r '[.hits[]|select(.type == "person")|.id][0]')
is "a person" person "$(get "/v1/records/$person" | jq -r .record.type)"
is explain true "$(get '/v1/explain?q=LAR' | jq 'has("plan") and has("terms") and has("interpreted") and has("engine")')"

# --- errors: clear, in the reader's language, with the nearest right thing
wrong() { # STATUS PART PATH
    local body
    body=$(get "$3" "${@:4}")
    is "$3" "$1" "$(jq -r .status <<<"$body")"
    is "$3: as status" "$1" "$(status "$3" "${@:4}")"
    has "$3" "$2" "$body"
    has "$3: type" 'application/problem+json' "$(header Content-Type "$3" "${@:4}")"
}
wrong 400 '«region»' '/v1/search?q=LAR&regoin=vest'
wrong 400 '«vest»' '/v1/search?q=LAR&region=vset'
wrong 400 '«hf-bergen»' '/v1/search?q=LAR&helsefellesskap=hf-brgen'
wrong 400 'skropelige_eldre' '/v1/search?group=eldre_skropelige'
wrong 400 '1 til 100' '/v1/search?q=LAR&size=1000'
wrong 400 '10 000' '/v1/search?q=LAR&page=9999'
wrong 400 'mer enn én gang' '/v1/search?q=LAR&q=PLL'
wrong 400 '1000' "/v1/search?q=$(printf 'a%.0s' $(seq 1001))"
wrong 400 'Spørringen' '/v1/search?q=(LAR'
wrong 400 'UTF-8' '/v1/search?q=%FF'
wrong 400 'Meinte du' '/v1/search?q=LAR&regoin=vest' -H 'Accept-Language: nn'
wrong 400 'Did you mean' '/v1/search?q=LAR&regoin=vest&lang=en'
wrong 404 '/v1/search' '/v1/serch?q=LAR'
wrong 404 'Ikke funnet' '/v1/records/hf-bergen/ssu/1900-01-01'
wrong 404 'Not found' '/v1/records/%2e%2e/%2e%2e/etc/passwd?lang=en'
wrong 400 'format=json' '/v1/facets?q=LAR&format=csv'

# What is wrong with a query is said in the reader's language too, each time anew.
said() { # PART PATH LANG
    has "$2 in $3" "$1" "$(get "$2" -H "Accept-Language: $3" | jq -r .detail)"
}
for route in search facets explain timeline compare; do
    said 'stoppet ved tegn 1: parentesen blir aldri lukket' "/v1/$route?q=(LAR" nb
    said 'stoppa ved teikn 1: parentesen vert aldri lukka' "/v1/$route?q=(LAR" nn
    said 'from character 1 on: the bracket is never closed' "/v1/$route?q=(LAR" en
done
said 'did you mean “tittel:”' '/v1/search?q=titel:LAR' en
said 'Unknown value “vset” for “region”' '/v1/search?q=region:vset' en
said 'ELLER (or) must stand between' '/v1/search?q=ELLER' en
said 'No record has the id “no/such”' '/v1/records/no/such' en
said 'No record has the id “ingen.xyz”' '/v1/people/ingen.xyz' en
said 'More than 300 parameters' "/v1/search?$(printf 'q=a&%.0s' {1..301})" en
said 'holds a NUL' '/v1/search?q=a%00b' en
has "on a page" 'the bracket is never closed' "$(get '/sok?q=(LAR&lang=en')"

# --- methods
is "HEAD has the headers of GET" "$(headers '/v1/facets?q=LAR' | sort)" \
    "$(curl -sI "$url/v1/facets?q=LAR" | tr -d '\r' | grep -iv '^date:' | sort)"
is OPTIONS 204 "$(status '/v1/search' -X OPTIONS)"
has "OPTIONS" 'GET, HEAD, OPTIONS' "$(header Access-Control-Allow-Methods /v1/search -X OPTIONS)"
for method in POST PUT DELETE PATCH TRACE FOO; do
    is "$method" 405 "$(status /v1/search -X $method)"
    is "$method: Allow" 'GET, HEAD, OPTIONS' "$(header Allow /v1/search -X $method)"
done

# --- caching and safety
tag=$(header ETag '/v1/search?q=LAR')
is "304" 304 "$(status '/v1/search?q=LAR' -H "If-None-Match: $tag")"
is "304 for the same question otherwise written" 304 "$(status '/v1/search?region=&q=LAR' -H "If-None-Match: $tag")"
is "200 for another question" 200 "$(status '/v1/search?q=PLL' -H "If-None-Match: $tag")"
is "200 in another language" 200 "$(status '/v1/search?q=LAR&lang=nn' -H "If-None-Match: $tag")"
is CORS '*' "$(header Access-Control-Allow-Origin '/v1/search?q=LAR')"
is nosniff nosniff "$(header X-Content-Type-Options '/v1/search?q=LAR')"
has "CSP of the API" "default-src 'none'" "$(header Content-Security-Policy '/v1/search?q=LAR')"
has Vary Accept-Language "$(header Vary '/v1/search?q=LAR')"
hasnt "no cookies" set-cookie "$(headers / | tr A-Z a-z)"

# --- the log: one JSON line a request, without what was asked
get '/v1/search?q=hemmeligord' >/dev/null
sleep 0.2
is "every line is JSON" "$(wc -l <"$work/log")" "$(jq -c . <"$work/log" | wc -l)"
hasnt "no query in the log" hemmeligord "$(cat "$work/log")"
hasnt "no whole address" 127.0.0.1 "$(cat "$work/log")"
stop
serve --log-queries
get '/v1/search?q=hemmeligord%0A%1b%22' >/dev/null
sleep 0.2
has "the query where it is wanted" hemmeligord "$(cat "$work/log")"
is "still JSON" "$(wc -l <"$work/log")" "$(jq -c . <"$work/log" | wc -l)"
finish
