# Searches as Atom feeds: opened by two kept parsers, with ids and times that outlive a new index.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

feed() { # NAME PATH: fetches, validates, reads into $work/NAME.json
    get "$2" >"$work/$1.xml"
    checks=$((checks + 1))
    xmllint --noout --relaxng tests/http/atom.rng "$work/$1.xml" 2>"$work/lint" || fail "$2: $(head -n 3 "$work/lint")"
    /usr/bin/python3 - "$work/$1.xml" >"$work/$1.json" <<'PY' || fail "$2: feedparser"
import feedparser, json, sys
f = feedparser.parse(open(sys.argv[1], "rb").read())
json.dump({"bozo": bool(f.bozo), "version": f.version, "title": f.feed.title, "id": f.feed.id,
           "updated": f.feed.updated, "links": {l.rel: l.href for l in f.feed.links},
           "entries": [{"id": e.id, "title": e.title, "updated": e.updated, "published": e.get("published"),
                        "link": e.link, "text": e.get("content", [{}])[0].get("value", "")} for e in f.entries]}, sys.stdout)
PY
    is "$2: a sound Atom feed" 'false atom10' "$(jq -r '"\(.bozo) \(.version)"' "$work/$1.json")"
}
ids() { jq -c '[.entries[].id]|sort' "$work/$1.json"; }

q='/v1/search?q=LAR&type=decision'
feed first "$q&format=atom"
is "the hits of the search" "$(get "$q&size=100" | jq -c '[.hits[]|"urn:hfsok:"+.id]|sort')" "$(ids first)"
is "a title with question and filter" 'HF-søk: LAR · Vedtak' "$(jq -r .title "$work/first.json")"
is "every entry leads to its page" 200 "$(status "$(jq -r '.entries[0].link' "$work/first.json" | sed "s#^$url##")")"
is "self leads here" "$(cksum <"$work/first.xml")" \
    "$(get "$(jq -r .links.self "$work/first.json" | sed "s#^$url##")" | cksum)"
id=$(jq -r '.entries[0].id' "$work/first.json")
is "published is the day of the meeting" "$(get "/v1/records/${id#urn:hfsok:}" | jq -r .record.date)T12:00:00Z" \
    "$(jq -r '.entries[0].published' "$work/first.json")"
is "the text of the decision" true "$(get "/v1/records/${id#urn:hfsok:}" |
    jq --slurpfile f "$work/first.json" '.record.text as $t|$f[0].entries[0].text|contains($t)')"
has "by Accept" 'application/atom+xml' "$(header Content-Type "$q" -H 'Accept: application/atom+xml;q=.9, application/json;q=.3')"
has "JSON where it is liked better" 'application/json' \
    "$(header Content-Type "$q" -H 'Accept: application/atom+xml;q=.2, application/json;q=.3')"
is "feeds are of searches" 400 "$(status '/v1/facets?q=LAR&format=atom')"
is "a bad query" 400 "$(status '/v1/search?q=(LAR&format=atom')"
feed none '/v1/search?q=xyzzyx&format=atom'
is "nothing found is a feed" 0 "$(jq '.entries|length' "$work/none.json")"

# --- pages (RFC 5005) join; one document with everything
n=0 next="/v1/search?q=kommunene&size=7&format=atom" joined='[]'
while [ -n "$next" ] && [ $n -lt 50 ]; do
    feed page "$next"
    joined=$(jq -c --argjson a "$joined" '$a + [.entries[].id]' "$work/page.json")
    next=$(jq -r '.links.next // ""' "$work/page.json" | sed "s#^$url##")
    n=$((n + 1))
done
feed whole '/v1/search?q=kommunene&format=atom&all=true'
is "pages join to the whole" "$(ids whole)" "$(jq -c sort <<<"$joined")"
is "in its order" "$(jq -c '[.entries[].id]' "$work/whole.json")" "$joined"
has "the whole says that it is" 'history/1.0' "$(cat "$work/whole.xml")"
feed all '/v1/search?type=attendee&format=atom&all=true' # more than a piece of an export
is "every record" "$(get '/v1/search?type=attendee' | jq .total)" "$(jq '.entries|length' "$work/all.json")"
stop

# --- what comes later is told from what was there; a rebuild is no news
mkdir "$work/new"
cat >"$work/new/nytt.txt" <<'TXT'
Referat fra møte i strategisk samarbeidsutvalg (SSU)
Helsefellesskapet Østfold
Dato: 12.03.2019
Til stede: Kari Nordby, Moss kommune

Sak 01/19 LAR & <nabohjelp>
Kommunene orienterte om LAR.
Vedtak: Saken om "LAR" & nabohjelp tas til orientering.
TXT
printf 'Sak 02/19 Tegn\001\033\xef\xbf\xbf og LAR\nVedtak: LAR med tegn tas til orientering.\n' >>"$work/new/nytt.txt"
sleep 1
index_sample tests/corpus "$work/new"
serve
feed later "$q&format=atom"
is "two are new" 2 "$(jq --slurpfile a "$work/first.json" '[.entries[].id] - [$a[0].entries[].id]|length' "$work/later.json")"
is "they stand first, though their meeting is the oldest" true \
    "$(jq --slurpfile a "$work/first.json" '.entries|(.[0].updated > .[2].updated) and (.[0].published < .[2].published)' "$work/later.json")"
is "the old ones are as they were" "$(jq -c '.entries|sort_by(.id)|map([.id,.updated,.published])' "$work/first.json")" \
    "$(jq -c --slurpfile a "$work/first.json" '.entries[2:]|sort_by(.id)|map([.id,.updated,.published])' "$work/later.json")"
has "signs of XML in a title" 'LAR & <nabohjelp>' "$(jq -r '.entries[].title' "$work/later.json")"
is "the order of the API too" "$(get "$q&sort=added&size=100" | jq -r '.hits[].id' | cksum)" \
    "$(jq -r '.entries[].id[10:]' "$work/later.json" | cksum)"
stop
sleep 1
"$b/hfsok-indexer" --quiet --rebuild --index "$work/index" tests/corpus "$work/new"
serve --public-url https://sok.eksempel.no
feed rebuilt "$q&format=atom"
is "a rebuild is no news" "$(jq -c '.entries|map([.id,.updated])' "$work/later.json")" \
    "$(jq -c '.entries|map([.id,.updated])' "$work/rebuilt.json")"
has "the address that the operator gave" 'https://sok.eksempel.no/v1/search?' "$(jq -r .links.self "$work/rebuilt.json")"
stop
serve
has "the scheme that the proxy tells" 'href="https://sok.example.org/v1/' \
    "$(get "$q&format=atom" -H 'Host: sok.example.org' -H 'X-Forwarded-Proto: https')"
hasnt "a Host that is none" 'x"><b' "$(get "$q&format=atom" -H 'Host: x"><b')"
finish
