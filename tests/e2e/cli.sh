# The command line: the same answers as the API, exit codes, options anywhere, where output goes.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve
index=$work/index

hfsok() { "$b/hfsok" "$@"; }
# CODE ARGS: the exit code, with stdout in $out and stderr in $err
code() {
    hfsok "${@:2}" >"$work/stdout" 2>"$work/stderr" </dev/null
    is "exit code of hfsok ${*:2}" "$1" $?
    out=$(cat "$work/stdout") err=$(cat "$work/stderr")
}
same() { sed 's/"took_ms":[0-9.e+-]*//'; } # all of an answer but the clock

# --- JSON: byte for byte the API's
compare() { # PATH ARGS
    is "hfsok ${*:2} = $1" "$(get "$1" | same | cksum)" "$(hfsok --index "$index" --format json "${@:2}" | same | cksum)"
    is "hfsok --server ${*:2} = $1" "$(get "$1" | same | cksum)" \
        "$(hfsok --server "$url" --format json "${@:2}" | same | cksum)"
}
compare '/v1/search?q=LAR' LAR
compare '/v1/search?q=LAR&type=decision&region=vest&region=nord' search LAR --type decision --region nord --region vest
compare '/v1/search?q=skr%C3%B8pelige%20eldre&size=3&page=2' skrøpelige eldre --limit 3 --page 2
compare '/v1/search?q=%22barn%20og%20unge%22&from=2023-01-01&sort=newest' '"barn og unge"' --from 2023 --sort newest
compare '/v1/search?q=Lars&lang=nn' Lars --lang nn
compare '/v1/search?q=xyzzyx' xyzzyx
compare '/v1/search?q=legemidelliste' legemidelliste
compare '/v1/search?q=LAR&in=title&year=2023,2024' LAR --in title --year 2023,2024
compare '/v1/search?q=m%C3%B8te%20-LAR&offset=5' --offset 5 -- møte -LAR
compare '/v1/facets?q=LAR' facets LAR
compare '/v1/explain?q=LAR%20ELLER%20PLL' explain LAR ELLER PLL
id=$(hfsok --index "$index" LAR --type decision --format json | jq -r '.hits[0].id')
compare "/v1/records/$id" show "$id"
# Every command that asks is one address of the API.
compare "/v1/cases/${id%/v*}/chain" chain "${id%/v*}"
compare "/v1/cases/${id%/v*}/chain?lang=en&today=2024-01-01" chain "${id%/v*}" --lang en --today 2024-01-01
compare '/v1/people/nina-sorumsand.ahus' person nina-sorumsand.ahus
compare '/v1/people/nina-sorumsand.ahus?lang=nn' person Nina Sørumsand --lang nn
compare '/v1/compare?q=PLL&region=vest&size=2' compare PLL --region vest --limit 2
compare '/v1/timeline?q=LAR&by=helsefellesskap&from=2020-01-01' timeline LAR --by helsefellesskap --from 2020
compare '/v1/coverage?region=nord&year=2023' coverage --region nord --year 2023
compare '/v1/facets?open=true&type=decision' facets --open --type decision
compare '/v1/search?open=true&type=decision&today=2024-01-01' --open --type decision --today 2024-01-01
for form in csv tsv jsonl; do
    is "$form = the API's" "$(get "/v1/search?q=LAR&format=$form" | cksum)" \
        "$(hfsok --index "$index" LAR --format $form | cksum)"
    is "$form from a server" "$(get "/v1/search?q=LAR&format=$form" | cksum)" \
        "$(hfsok --server "$url/" LAR --format $form | cksum)"
done

# --- exit codes
export HFSOK_INDEX=$index
code 0 LAR
code 1 xyzzyx
has "nothing found is said on stderr" 'Ingen treff' "$err"
is "and nothing on stdout" '' "$out"
code 1 xyzzyx --format json
is "with JSON it is an answer" '[]' "$(jq -c .hits <<<"$out")"
code 1 show no/such/record
code 2
code 2 --region LAR
has "a wrong value" 'nord, midt, vest, sor-ost' "$err"
code 2 LAR --regoin vest
has "a wrong option" '--region' "$err"
code 2 LAR --year
has "a missing value" '--year' "$err"
code 2 '(LAR'
code 2 LAR --fields titel --format csv
has "a wrong field" '«title»' "$err"
code 2 LAR --format pdf
code 2 LAR --color pink
code 2 show
code 2 show a b
code 2 facets LAR --format csv
code 2 LAR --limit 0
code 2 LAR --page 2 --offset 3
code 2 chain
code 3 LAR --index "$work/nowhere"
has "no index is said in one line" "$work/nowhere" "$err"
is "one line" 1 "$(wc -l <<<"$err")"
code 3 LAR --server http://127.0.0.1:1
code 2 '(LAR' --server "$url"
code 1 show no/such/record --server "$url"
mkdir "$work/foreign" && echo hello >"$work/foreign/file"
hfsok LAR --index "$work/foreign" >/dev/null 2>&1
c=$?
[ $c = 3 ] || [ $c = 6 ] || fail "a foreign folder gives $c"
cp -r "$index" "$work/damaged" && sed -i 's/ [0-9]*$/ 99/' "$work/damaged/current"
code 6 LAR --index "$work/damaged"
cp -r "$index" "$work/later" && echo 'hfsok-index 999 1' >"$work/later/current"
code 5 LAR --index "$work/later"
rm -rf "$work/damaged" && cp -r "$index" "$work/damaged"
printf 'xxxx' | dd of="$(ls "$work"/damaged/gen-*/db/postlist.glass)" bs=1 seek=100 conv=notrunc 2>/dev/null
code 6 LAR --index "$work/damaged"
for wrong in "--index $work/nowhere=3" "--index $work/later=5" "--index $work/damaged=6" "--listen nonsense=2" \
    "--listen 127.0.0.1:$port=3" "--threads 0=2" "--bogus=2"; do
    # shellcheck disable=SC2086
    timeout 10 "$b/hfsok-searchd" --index "$index" ${wrong%=*} >/dev/null 2>&1
    is "exit code of hfsok-searchd ${wrong%=*}" "${wrong##*=}" $?
done

# --- options anywhere, -- ends them, a dash excludes
one=$(hfsok search LAR --type decision --region vest --format json | same)
is "options first" "$one" "$(hfsok --format json --region vest --type decision search LAR | same)"
is "options with =" "$one" "$(hfsok --format=json --region=vest --type=decision LAR | same)"
is "options before --" "$one" "$(hfsok --format json --region vest --type decision -- LAR | same)"
is "-word excludes" "$(hfsok kommunene IKKE LAR --format json | jq .total)" "$(hfsok kommunene -LAR --format json | jq .total)"
is "search facets is a query" facets "$(hfsok search facets --format json | jq -r .query)"
code 0 --help
has "help names every parameter" '--helsefellesskap' "$out"
code 0 --version

# --- forms for people and for tools
code 0 LAR --limit 2
has "the citation" 'sak' "$out"
has "how it was read stands on stderr" 'legemiddelassistert rehabilitering' "$err"
hasnt "no colour in a pipe" $'\033' "$out"
has "colour where it is wanted" $'\033[' "$(hfsok LAR --color always 2>/dev/null)"
is "no colour where it is not" "$out" "$(hfsok LAR --limit 2 --color never 2>/dev/null)"
hasnt "no pager in a pipe" PAGED "$(PAGER='echo PAGED; cat' hfsok LAR 2>/dev/null)"
is "narrow lines" '' "$(COLUMNS=40 hfsok LAR 2>/dev/null | awk 'length($0) > 60 && !/\//')"
is "fields" 'date;title' "$(hfsok LAR --format csv --fields date,title | head -n 1 | tr -d '\357\273\277\r')"
is "fields of JSON" '["citation","id"]' "$(hfsok LAR --format json --fields id,citation | jq -c '.hits[0]|keys')"
is "--all" "$(hfsok kommunene --format json | jq .total)" "$(hfsok kommunene --all --format json | jq '.hits|length')"
code 0 show "$id"
has "show prints the decision" 'Kilde' "$out"
code 0 explain LAR
code 0 facets LAR
hfsok LAR >/dev/full 2>/dev/null
is "a full disk is noticed" 3 $?
hfsok kommunene --all --format json | head -c 10 >/dev/null
c=("${PIPESTATUS[@]}")
is "a closed pipe is no tragedy" true "$([ "${c[0]}" = 0 ] || [ "${c[0]}" = 141 ] && echo true)"

# --- analyse: one line a line, no index needed
is "analyse, words" 3 "$(hfsok analyse --index "$work/nowhere" LAR skrøpelige 'to ord' | wc -l)"
is "analyse, stdin" 4 "$(printf 'LAR\n\nLars\nlar' | hfsok analyse | wc -l)"
is "an acronym is itself" LAR "$(hfsok analyse LAR)"
is "a part that is also a word of the line is strong" 'liste' \
    "$(hfsok analyse 'legemiddelliste og liste' | tr ' ' '\n' | grep -x '~*liste')"

# --- across meetings
compare '/v1/compare?q=PLL' compare PLL
compare '/v1/compare?q=PLL&region=vest&size=2' compare PLL --region vest --limit 2
compare '/v1/timeline?q=LAR' timeline LAR
compare '/v1/timeline?q=LAR&by=group' timeline LAR --by group
compare '/v1/people/pal-rodsand.lvs' person pal-rodsand.lvs
compare '/v1/people/pal-rodsand.lvs' person Pål Rødsand
code 0 compare jordmor
has "what was decided" 'Helsefellesskapet Troms og Ofoten: 1 vedtak' "$out"
has "nothing found is said" 'ingenting funnet (møter: 1)' "$out"
code 1 compare koronavaksinexyz
code 0 timeline LAR --lang nn
has "a year without meetings is said" '2021: ingen møte her' "$out"
code 0 person Nina Sørumsand
has "roles over time" 'avdelingsleder, Ahus: 19. oktober 2023' "$out"
code 1 person Ingen Slik
code 2 person Lars
has "several of one name are named" 'person/lars-tvera.helgeland' "$err"
code 2 person

# --- names in damaged text are those of known people
one=$(hfsok search Sørgård --type case --format json)
is "a damaged name is found by the person's" '["repaired"]' "$(jq -c '.hits[0].matched' <<<"$one")"
is "and shown as what it was read as" sørgård "$(jq -r '.hits[0].readings[0].as' <<<"$one")"
finish
