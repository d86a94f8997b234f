# Pages join, whatever happens to the index between them; CORS, OPTIONS and HEAD for every route.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve
rel() { # REL PATH: the address of another page
    header Link "${@:2}" | grep -o "<[^>]*>; rel=\"$1\"" | sed 's/^<//; s/>.*//'
}
walk() { # REL PATH: the ids of the pages from there on
    local next=$2 ids='[]' n=0
    while [ -n "$next" ] && [ $n -lt 80 ]; do
        ids=$(jq -c --argjson a "$ids" '$a + [.hits[].id]' < <(get "$next"))
        next=$(rel "$1" "$next")
        n=$((n + 1))
    done
    echo "$ids"
}

whole=$(get '/v1/search?q=kommunene&size=100' | jq -c '[.hits[].id]')
is "pages join" "$whole" "$(walk next '/v1/search?q=kommunene&size=4')"
is "from an offset that is no page" "$(jq -c '.[3:]' <<<"$whole")" "$(walk next '/v1/search?q=kommunene&size=7&offset=3')"
last=$(rel last '/v1/search?q=kommunene&size=4')
is "the last page" "$(jq -c '.[-1]' <<<"$whole")" "$(get "$last" | jq -c '.hits[-1].id')"
is "it has no next" '' "$(rel next "$last")"
is "back from there" "$(jq 'length' <<<"$whole")" "$(walk prev "$last" | jq 'unique|length')"
is "first is the beginning" "$(jq -c '.[:4]' <<<"$whole")" "$(get "$(rel first "$last")" | jq -c '[.hits[].id]')"
is "the first page has no prev" '' "$(rel prev '/v1/search?q=kommunene&size=4')"
for sort in newest oldest case added; do
    is "$sort: pages join" "$(get "/v1/search?q=kommunene&size=100&sort=$sort" | jq -c '[.hits[].id]')" \
        "$(walk next "/v1/search?q=kommunene&size=9&sort=$sort")"
done
next=$(rel next '/v1/search?q=kommunene&size=4')
feed=$(rel next '/v1/search?q=kommunene&size=4&format=atom')
is "a page of an export" 4 "$(get "$next&format=jsonl" | wc -l)"
is "in another language" 200 "$(status "$next&lang=nn")"
is "not of another question" 400 "$(status "${next/kommunene/LAR}")"
has "that says so" 'annet søk' "$(get "${next/kommunene/LAR}")"
is "nor of another size" 400 "$(status "${next/size=4/size=5}")"
is "not with page" 400 "$(status "$next&page=2")"
is "not with offset" 400 "$(status "$next&offset=0")"
for bad in x 0 ffffffffffffffffffffffffffffffff 00000001000000040000000000000000 "$(printf '0%.0s' {1..33})"; do
    is "cursor=$bad" 400 "$(status "/v1/search?q=kommunene&size=4&cursor=$bad")"
done
is "beyond the depth" 400 "$(status "$(sed 's/cursor=\(.\{8\}\).\{8\}/cursor=\100100000/' <<<"$next")")"
is "pages of the site have none" 400 "$(status "/sok?${next#*\?}")"
is "nothing found has no pages" '' "$(header Link '/v1/search?q=xyzzyx')"

# --- the index is replaced between two pages
mkdir "$work/more"
printf 'Referat fra møte i strategisk samarbeidsutvalg (SSU)\nHelsefellesskapet Østfold\nDato: 12.03.2019\n\nSak 01/19 Kommunene\nVedtak: Kommunene kommunene kommunene.\n' \
    >"$work/more/en.txt"
old=$(get '/readyz' | jq .generation)
"$b/hfsok-indexer" --quiet --index "$work/index" "$work/more" || fail "the second run"
for _ in $(seq 50); do [ "$(get /readyz | jq .generation)" != "$old" ] && break; sleep 0.1; done
is "a stale cursor" 410 "$(status "$next")"
has "says what to do" 'Begynn på nytt uten «cursor»' "$(get "$next")"
is "as a problem" /problems/gone "$(get "$next" | jq -r .type)"
is "not to be kept" no-store "$(header Cache-Control "$next")"
is "in an export" 410 "$(status "$next&format=csv")"
is "in a feed" 410 "$(status "$feed")"
is "begun again, pages join" "$(get '/v1/search?q=kommunene&size=100' | jq -c '[.hits[].id]')" "$(walk next "${next%&cursor*}")"

# --- every route: OPTIONS for a browser's preflight, HEAD with the headers of GET
routes=$(get /openapi.json | jq -r '.paths[].get["x-examples"][0]')
for path in $routes / /sok?q=LAR "/r/hf-bergen/SSU/2024-03-14" /v1/no/such; do
    preflight=$(headers "$path" -X OPTIONS -H 'Origin: https://kommune.example' -H 'Access-Control-Request-Method: GET')
    has "$path: OPTIONS" ' 204' "$(head -n 1 <<<"$preflight")"
    has "$path: methods" 'Access-Control-Allow-Methods: GET, HEAD, OPTIONS' "$preflight"
    is "$path: HEAD as GET" "$(headers "$path" | sed 's/^Content-Length.*/Content-Length/' | sort)" \
        "$(curl -sI "$url$path" | tr -d '\r' | grep -iv '^date:' | sed 's/^Content-Length.*/Content-Length/' | sort)"
    is "$path: HEAD has no body" 0 "$(raw "HEAD $path HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" | tr -d '\r' | sed '1,/^$/d' | wc -c)"
done
for path in $routes /v1/no/such '/v1/search?q=(LAR'; do
    is "$path: any site may read it" '*' "$(header Access-Control-Allow-Origin "$path")"
    has "$path: and its headers" Link "$(header Access-Control-Expose-Headers "$path")"
done
is "no credentials" '' "$(header Access-Control-Allow-Credentials '/v1/search?q=LAR')"
finish
