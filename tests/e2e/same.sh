# same.sh BUILD: the API's answer and that of `hfsok --format json` are one, for the graded questions of the sample.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash

index_sample
serve
cut -f1 tests/corpus/queries.tsv | sed 1d | sort -u >"$work/queries"
same='del(.took_ms) | walk(if type == "object" then del(.took_ms) else . end)'
while IFS= read -r q; do
    curl -s --max-time 20 -G --data-urlencode "q=$q" "$url/v1/search" | jq -S "$same" >"$work/api"
    "$b/hfsok" search --index "$work/index" --format json -- "$q" </dev/null 2>/dev/null | jq -S "$same" >"$work/cli"
    is "$q: has an answer" true "$(jq 'has("hits")' "$work/api")"
    is "$q: the same by API and command line" "" "$(diff "$work/api" "$work/cli" | head -n 5)"
done <"$work/queries"
finish
