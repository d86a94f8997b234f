# Search from a browser's address bar: the description, its templates, suggestions in the form that browsers read.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

has "every page names it" '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" title="HF-søk">' "$(get /)"
get /opensearch.xml >"$work/os.xml"
xmllint --noout "$work/os.xml" || fail "no XML"
is "its type" application/opensearchdescription+xml "$(header Content-Type /opensearch.xml)"
at() { xmllint --xpath "string(//*[local-name()='$1'])" "$work/os.xml"; }
is "the namespace" 'http://a9.com/-/spec/opensearch/1.1/' "$(xmllint --xpath 'namespace-uri(/*)' "$work/os.xml")"
is "a short name" true "$(name=$(at ShortName) && [ ${#name} -gt 0 ] && [ ${#name} -le 16 ] && echo true)"
is "a description" 'Søk i referatene fra helsefellesskapene' "$(at Description)"
has "in the reader's language" 'Søk i referata' "$(get /opensearch.xml -H 'Accept-Language: nn')"
# TYPE TERMS PAGE: the template of that type, filled in
template() {
    xmllint --xpath "string(//*[local-name()='Url'][@type='$1']/@template)" "$work/os.xml" |
        sed "s#^$url##; s/{searchTerms}/$2/; s/{startPage?}/$3/"
}
for type in text/html application/json application/atom+xml application/x-suggestions+json application/opensearchdescription+xml; do
    path=$(template $type 'legemiddelliste%20%26%20%C3%B8' '')
    is "$type: answers" 200 "$(status "$path")"
    has "$type: its own type" $type "$(header Content-Type "$path")"
done
is "the second page" "$(get '/v1/search?q=kommunene&page=2' | jq -c '[.hits[].id]')" \
    "$(get "$(template application/json kommunene 2)" | jq -c '[.hits[].id]')"

suggest() { get "$(template application/x-suggestions+json "$1" '')"; }
offers=$(get '/v1/suggest?q=legem')
is "what was typed" legem "$(suggest legem | jq -r '.[0]')"
is "the queries" "$(jq -c '[.suggestions[].query]' <<<"$offers")" "$(suggest legem | jq -c '.[1]')"
is "what they mean" "$(jq -c '[.suggestions[].text]' <<<"$offers")" "$(suggest legem | jq -c '.[2]')"
while read -r page; do is "leads to $page" 200 "$(status "${page#"$url"}")"; done < <(suggest vibe | jq -r '.[3][]')
is "nothing typed" '["",[],[],[]]' "$(suggest '')"
is "by Accept" '["la"' "$(get '/v1/suggest?q=la' -H 'Accept: application/x-suggestions+json, */*;q=.1' | head -c 5)"
is "only there" 400 "$(status '/v1/search?q=la&format=opensearch')"
serve_as=https://sok.eksempel.no
stop
serve --public-url $serve_as
has "the operator's address" "template=\"$serve_as/sok?q={searchTerms}" "$(get /opensearch.xml)"
has "in the suggestions too" "\"$serve_as/sok?q=" "$(get '/v1/suggest?q=legem&format=opensearch')"
finish
