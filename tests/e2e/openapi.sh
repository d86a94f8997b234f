# /openapi.json: a sound document, and everything that it says is so.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

get /openapi.json >"$work/api.json"
is "the version" 3.1.0 "$(jq -r .openapi "$work/api.json")"
is "JSON" application/json "$(header Content-Type /openapi.json)"
is "where it was asked" "$url" "$(jq -r '.servers[0].url' "$work/api.json")"
is "the forms of each route" 'json,jsonl,csv,tsv,atom json' \
    "$(jq -r '[.paths["/v1/search","/v1/facets"].get.parameters[]|select(.name == "format").schema.enum|join(",")]|join(" ")' "$work/api.json")"
# No route without a word: what answers in JSON and is not described would be unknown to clients.
for path in $(sed -n 's/^ *{\(WHOLE(\)\{0,1\}"\([^"]*\)".*false, .*/\2/p' searchd/routes.c); do
    [[ $path = /favicon.ico || $path = /demo ]] || is "searchd/openapi.c tells of $path" true "$(jq --arg p "$path" '.paths|has($p)' "$work/api.json")"
done

checks=$((checks + 1))
/usr/bin/python3 tests/http/openapi.py "$url" >"$work/answers" || fail "answers and description: $(cat "$work/answers")"
cat "$work/answers"

# The whole document by a validator that others keep (MIT), from npm, where there is one.
validator=@apidevtools/swagger-parser@12.1.0
if command -v npm >/dev/null && mkdir -p "$b/npm" &&
    { [ -d "$b/npm/node_modules/@apidevtools/swagger-parser" ] ||
        npm install --prefix "$b/npm" --no-audit --no-fund --ignore-scripts "$validator" >"$work/npm" 2>&1; }; then
    sound() { node --input-type=module -e "
        import P from '$PWD/$b/npm/node_modules/@apidevtools/swagger-parser/lib/index.js';
        P.validate('$1').catch((e) => { console.error(e.message); process.exit(1); });"; }
    checks=$((checks + 2))
    sound "$work/api.json" 2>"$work/why" || fail "OpenAPI 3.1: $(cat "$work/why")"
    jq '.paths["/v1/search"].get.responses["200"].description = 7' "$work/api.json" >"$work/bad.json"
    sound "$work/bad.json" 2>/dev/null && fail "the validator takes anything"
else
    echo "SKIPPED: the whole document by swagger-parser: no npm, or nothing to install from"
fi
finish
