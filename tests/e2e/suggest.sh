# /v1/suggest: what the beginning of a question may become; whatever is offered finds something.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

offers() { curl -s -G --data-urlencode "q=$1" "$url/v1/suggest" | jq -c '.suggestions'; }
# TYPED KIND QUERY
offered() { is "«$1» offers $3" true "$(offers "$1" | jq --arg k "$2" --arg q "$3" '[.[]|.kind == $k and .query == $q]|any')"; }
offered la concept LAR
offered legem concept LAR
offered legem word legemiddelliste
offered 'pasientens le' word 'pasientens legemiddelliste'
offered 'pasientens le' concept PLL
offered 'sak 14/202' case sak:14/2021
offered vibe person 'person:"Vibeke Flosvik"'
offered 'flosvik vib' person 'person:"Vibeke Flosvik"'
offered 'gravide med' title 'tittel:"Gravide med rusproblemer"'
for typed in l la rus 14 ha 'ø' 'håvard s' 'kommunal akutt' fastl; do
    is "«$typed»: ten at most" true "$(offers "$typed" | jq 'length <= 10')"
    while IFS=$'\t' read -r query count; do
        is "«$query» has the hits it promises" "$count" \
            "$(curl -s -G --data-urlencode "q=$query" "$url/v1/search" | jq .total)"
    done < <(offers "$typed" | jq -r '.[]|[.query,.count]|@tsv')
done
is "no damaged word" '[]' "$(offers skrgpeligh)"
for typed in '' '"' '(((' 'xyzzyq' '-' '*' 'tittel:' 'a*b' $'\xc3' "$(printf 'x%.0s' {1..900})"; do
    is "«${typed:0:20}» offers nothing" '[]' "$(offers "$typed" | sed 's/^null$/[]/')"
done
is "within the filters" true \
    "$(get '/v1/suggest?q=la&region=nord' | jq --argjson all "$(get '/v1/suggest?q=LAR&region=nord' | jq '.suggestions[0].count')" '.suggestions[0].count == $all')"
finish
