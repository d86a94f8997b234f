# The widget as it is served: its type, who may load it, how long it is kept, how much it weighs.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

js=/widget/hfsok.js
is "a script" 'text/javascript; charset=utf-8' "$(header Content-Type $js)"
is "for pages of others" '*' "$(header Access-Control-Allow-Origin $js)"
is "also for those that isolate themselves" cross-origin "$(header Cross-Origin-Resource-Policy $js)"
tag=$(header ETag $js)
version=$(cut -d\" -f2 <<<"$tag")
is "its 304" 304 "$(status $js -H "If-None-Match: $tag")"
hasnt "asked for again soon" immutable "$(header Cache-Control $js)"
has "with its version, kept" immutable "$(header Cache-Control "$js?v=$version")"
hasnt "with another version, not" immutable "$(header Cache-Control "$js?v=0")"
is "nothing else is there" 404 "$(status /widget/words.js)"
is "no page may ask in another way" 'GET, HEAD, OPTIONS' "$(header Access-Control-Allow-Methods /v1/search -X OPTIONS)"

# What the budget counts is what a visitor loads: the script without the stylesheet in it, and the stylesheet.
get $js >"$work/hfsok.js"
sed '/^const css = /,/^`;$/d' "$work/hfsok.js" >"$work/code.js"
sed -n '/^const css = /,/^`;$/p' "$work/hfsok.js" >"$work/look.css"
code=$(gzip -9c "$work/code.js" | wc -c) look=$(gzip -9c "$work/look.css" | wc -c)
is "15 KB of script, zipped ($code)" 1 $((code > 5000 && code <= 15 * 1024))
is "4 KB of style, zipped ($look)" 1 $((look > 1000 && look <= 4 * 1024))
for word in innerHTML outerHTML insertAdjacentHTML document.write eval 'new Function' 'import ' 'setAttribute("style'; do
    hasnt "never $word" "$word" "$(cat "$work/code.js")"
done

page=$(get /demo)
has "the demo page" '<hf-sok id="fritt"' "$page"
has "allows scripts of its own" "script-src 'self'" "$(header Content-Security-Policy /demo)"
hasnt "and nothing inline" unsafe "$(header Content-Security-Policy /demo)"
is "says so once" 1 "$(headers /demo | grep -ci '^content-security-policy')"
hasnt "no inline script" '<script>' "$page"
hasnt "no inline style" 'style=' "$page"

is "a helsefellesskap says its region" vest \
    "$(get '/v1/facets?q=LAR' | jq -r '.facets.helsefellesskap[] | select(.value == "hf-sor-rogaland").region')"
is "others do not" null "$(get '/v1/facets?q=LAR' | jq -r '.facets.year[0].region')"
finish
