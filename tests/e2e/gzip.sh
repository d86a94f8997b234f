# Compression: only where the reader takes it and it is worth it, the same content, the same tag, HEAD as GET.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
# Enough people for an export of several pieces.
mkdir "$work/many"
for i in $(seq 30); do
    {
        printf 'Referat fra møte i strategisk samarbeidsutvalg (SSU)\nHelsefellesskapet Østfold\nDato: %02d.03.2018\n\nTil stede:\n' "$i"
        for k in {a..y}; do echo "Kari${k}la Nord${k}by, Moss kommune"; done
        printf '\nSak %02d/18 Orientering\nVedtak: Saken tas til orientering.\n' "$i"
    } >"$work/many/$i.txt"
done
index_sample tests/corpus "$work/many"
serve
is "more than a piece" true "$(get '/v1/search?type=attendee' | jq '.total > 1000')"
gz=(-H 'Accept-Encoding: gzip')
plain() { get "$@" | jq -c 'del(.took_ms)' | cksum; }

whole='/v1/search?q=kommunene&size=50'
is "gzip where it is taken" gzip "$(header Content-Encoding "$whole" "${gz[@]}")"
is "the same answer" "$(plain "$whole")" "$(get "$whole" "${gz[@]}" | gunzip | jq -c 'del(.took_ms)' | cksum)"
is "a fifth of the bytes at most" true "$(raw=$(get "$whole" | wc -c) small=$(get "$whole" "${gz[@]}" | wc -c)
    [ $((small * 5)) -lt "$raw" ] && echo true)"
for path in "$whole" '/sok?q=LAR' /openapi.json $(get / | grep -o '/page/hfsok[^"]*') '/v1/search?q=LAR&format=atom' \
    '/v1/search?type=attendee&format=csv' '/v1/search?type=attendee&format=jsonl' '/v1/search?q=(LAR' '/v1/coverage?format=tsv'; do
    is "$path: Vary" 1 "$(header Vary "$path" | grep -c 'Accept-Encoding')"
    is "$path: Vary when gzipped" "$(header Vary "$path")" "$(header Vary "$path" "${gz[@]}")"
    is "$path: one tag" "$(header ETag "$path")" "$(header ETag "$path" "${gz[@]}")"
    # The time that an answer took is in it, so its length may differ a little.
    is "$path: HEAD as GET" "$(headers "$path" "${gz[@]}" | sed 's/^\(Content-Length: \).*/\1/' | sort)" \
        "$(curl -sI "$url$path" "${gz[@]}" | tr -d '\r' | grep -iv '^date:' | sed 's/^\(Content-Length: \).*/\1/' | sort)"
    case $path in *'(LAR'*) continue ;; esac # below 1 KB
    is "$path: gzip" gzip "$(header Content-Encoding "$path" "${gz[@]}")"
    is "$path: the same bytes" "$(get "$path" | sed 's/"took_ms":[0-9.]*//' | cksum)" \
        "$(get "$path" "${gz[@]}" | gunzip | sed 's/"took_ms":[0-9.]*//' | cksum)"
    tag=$(header ETag "$path")
    [ -z "$tag" ] || is "$path: 304 whichever it has" '304 304' \
        "$(status "$path" -H "If-None-Match: $tag") $(status "$path" -H "If-None-Match: $tag" "${gz[@]}")"
    [ -z "$tag" ] || is "$path: 304 has tag and Vary of the 200" "$(headers "$path" "${gz[@]}" | grep -iE '^(etag|vary|cache-control):' | sort)" \
        "$(headers "$path" "${gz[@]}" -H "If-None-Match: $tag" | grep -iE '^(etag|vary|cache-control):' | sort)"
done
is "an export is streamed" chunked "$(header Transfer-Encoding '/v1/search?type=attendee&format=csv' "${gz[@]}")"
none() { is "$1" '' "$(header Content-Encoding "$whole" -H "Accept-Encoding: $1")"; }
none 'identity'
none 'gzip;q=0'
none 'br, zstd'
none 'gzip;q=0.2, identity;q=0.7'
none '*;q=0'
for coding in 'gzip, br' 'br;q=1, gzip;q=0.1' '*' 'GZIP' 'identity;q=0, gzip'; do
    is "$coding" gzip "$(header Content-Encoding "$whole" -H "Accept-Encoding: $coding")"
done
is "little is sent as it is" '' "$(header Content-Encoding /healthz "${gz[@]}")"
is "no content, no coding" '' "$(header Content-Encoding /favicon.ico "${gz[@]}")"

# A streamed export in many pieces, cut short by the reader, does no harm.
for _ in 1 2 3 4 5; do get '/v1/search?type=attendee&format=jsonl' "${gz[@]}" | head -c 100 >/dev/null; done
is "alive" 200 "$(status /healthz)"
finish
