# One matter through the meetings: /v1/cases/{id}/chain and hfsok chain, over an index here and over a server.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash

src="$work/minutes"
mkdir -p "$src"
# FILE HELSEFELLESSKAP BODY DATE; the cases on stdin
minutes() {
    { printf 'Helsefellesskapet %s\n%s\n\nREFERAT\nMøtedato: %s\nSted: Rådhuset\nMøteleder: Tora Myrdal\n\n' "$2" "$3" "$4"
      cat; } >"$src/$1.txt"
}
ssu='Strategisk samarbeidsutvalg (SSU)' fsu='Faglig samarbeidsutvalg (FSU)'
minutes a Vestfold "$ssu" '10. februar 2022' <<'T'
Sak 14/22 Ambulant team for eldre
Utvalget drøftet forslaget.
Vedtak: Saken utsettes til neste møte.

Sak 15/22 Felles kompetanseplan
Planen ble lagt fram.
Vedtak: Planen vedtas.
T
minutes b Vestfold "$ssu" '12. mai 2022' <<'T'
Sak 14/22 Ambulant team for eldre – ny behandling
Forslaget er endret siden sist. Status meldes i sak 8/23.
Vedtak: Teamet opprettes.
T
minutes c Vestfold "$fsu" '8. september 2022' <<'T'
Sak 5/22 Bemanning av ambulant team
Oppfølging av SSU-sak 14/22. Behovet ble beskrevet i SSU-sak 3/19, og PM-sak 2/22 gir rammene.
Vedtak: Bemanningen anbefales.

Sak 14/22 Opplæring i geriatri
Tilbudet ble drøftet.
Vedtak: Opplæringen starter til høsten.
T
minutes d Vestfold "$ssu" '9. mars 2023' <<'T'
Sak 7/23 Godkjenning av saksliste
Vedtak: Sakslisten godkjennes. Sak 8/23 tas opp først.

Sak 8/23 Status for ambulant team
Det vises til FSU-sak 5/22 om bemanningen.
Vedtak: Statusen tas til orientering.

Sak 9/23 Referatsaker
Utvalget har tidligere behandlet sak 14/22, sak 15/22, sak 8/23, sak 14/23, FSU-sak 5/22, sak 7/23 og sak 2/21.
Vedtak: Tas til orientering.

Sak 14/23 Budsjett for sekretariatet
Budsjettet ble gjennomgått.
Vedtak: Budsjettet vedtas.
T
minutes e Østfold "$ssu" '3. mars 2022' <<'T'
Sak 14/22 Ambulant team i Østfold
Utvalget drøftet saken.
Vedtak: Teamet opprettes.
T
index_sample tests/corpus "$src"
serve
hfsok() { "$b/hfsok" --index "$work/index" "$@"; }
chain() { get "/v1/cases/$1/chain${2:-}"; }
a=hf-vestfold/SSU/2022-02-10/14-2022 b2=hf-vestfold/SSU/2022-05-12/14-2022
c=hf-vestfold/FSU/2022-09-08/5-2022 d=hf-vestfold/SSU/2023-03-09/8-2023
list=hf-vestfold/SSU/2023-03-09/9-2023

# --- the steps
one=$(chain $a)
is "the matter, in time order" "$a $b2 $c $d $list" "$(jq -r '[.steps[].case]|join(" ")' <<<"$one")"
is "the same steps from any of them" '1' \
    "$(for id in $a $b2 $c $d; do chain $id | jq -c '[.steps[].case]'; done | sort -u | wc -l)"
is "the one asked for is marked" "$c" "$(chain $c | jq -r '.steps[]|select(.is_asked).case')"
is "by number: the case goes on in a later meeting" 'number same-number to 14/22' \
    "$(jq -r --arg b $b2 --arg a $a '.steps[]|select(.case==$b).joined[]|select(.case==$a)|[.by,.relation,.direction,.as_printed]|join(" ")' <<<"$one")"
is "by reference, with what is printed" 'reference follows to SSU-sak 14/22' \
    "$(jq -r --arg c $c '.steps[]|select(.case==$c).joined[]|select(.direction=="to")|[.by,.relation,.direction,.as_printed]|join(" ")' <<<"$one")"
is "and the other way" "from $c" \
    "$(jq -r --arg c $c --arg a $a '.steps[]|select(.case==$a).joined[]|select(.case==$c)|[.direction,.case]|join(" ")' <<<"$one")"
is "every link has its other end" true \
    "$(jq '[.steps[]|.case as $c|.joined[]|[$c,.case]]|(map(.)|sort) == (map(reverse)|sort)' <<<"$one")"
is "a step has its decision and outcome" 'Teamet opprettes. vedtatt' \
    "$(jq -r --arg b $b2 '.steps[]|select(.case==$b).decisions[]|[.text,.outcome]|join(" ")' <<<"$one")"
is "and meeting, body, number, title, day" "hf-vestfold/FSU/2022-09-08 FSU 5/22 Bemanning av ambulant team 2022-09-08" \
    "$(jq -r --arg c $c '.steps[]|select(.case==$c)|[.meeting,.body,.number,.title,.day]|join(" ")' <<<"$one")"
has "a number of another year is another case" "$list" "$(jq -r '.steps[-1].case' <<<"$one")"
hasnt "nor is one of another helsefellesskap" ostfold "$(jq -c '[.steps[].case]' <<<"$one")"
hasnt "nor one of another body" 2022-09-08/14-2022 "$(jq -c '[.steps[].case]' <<<"$one")"
hasnt "an agenda that is approved is no step" 7-2023 "$(jq -c '[.steps[].case]' <<<"$one")"
is "a list of cases ends the chain" list "$(jq -r '.steps[-1].ends' <<<"$one")"
is "asked for itself, the list has them all" 8 "$(chain $list | jq '.steps|length')"

# --- the breaks
breaks() { jq -c '.breaks[]|['"$1"']' <<<"$one"; }
has "a year without any meeting" '["SSU-sak 3/19","SSU",2019,0,"not held"]' \
    "$(breaks '.as_printed,.body,.year,.meetings_held,.reason')"
has "another body" '["PM-sak 2/22","PM",2022,0,"not held"]' "$(breaks '.as_printed,.body,.year,.meetings_held,.reason')"
is "the sample: meetings of the year are here, the case is not" '["FSU-sak 04/24",2024,1]' \
    "$(chain hf-lvs/SSU/2025-03-06/3-2025 | jq -c '.breaks[]|[.as_printed,.year,.meetings_held]')"
is "minutes that are approved and not here" '["meeting","8. juni 2023","2023-06-08"]' \
    "$(chain hf-troms-ofoten/SSU/2023-09-14/16-2023 | jq -c '.breaks[]|select(.kind=="meeting")|[.kind,.as_printed,.date]')"
is "and none where they are here" '[]' "$(chain hf-more-romsdal/SSU/2024-10-17/22-2024 | jq -c .breaks)"

# --- none, and no case
alone=$(chain hf-oslo/SSU/2024-09-12/9-2024)
is "a case by itself is one step, and says so" '[1,true,[]]' "$(jq -c '[(.steps|length),.is_alone,.breaks]' <<<"$alone")"
has "at the prompt too" 'Ingen andre saker' "$(hfsok chain hf-oslo/SSU/2024-09-12/9-2024)"
is "an unknown id" 404 "$(status /v1/cases/hf-oslo/SSU/2024-09-12/99-2024/chain)"
is "no id" 404 "$(status /v1/cases//chain)"
is "no such part of a case" 404 "$(status /v1/cases/$a/kjede)"
for id in hf-oslo/SSU/2024-09-12 hf-oslo/SSU/2024-09-12/9-2024/v1 person/pal-rodsand.lvs; do
    is "$id is no case" 400 "$(status "/v1/cases/$id/chain")"
    is "a problem" 'application/problem+json' "$(header Content-Type "/v1/cases/$id/chain")"
done
has "a decision's case is named" 'hf-oslo/SSU/2024-09-12/9-2024' "$(get /v1/cases/hf-oslo/SSU/2024-09-12/9-2024/v1/chain | jq -r .detail)"
has "of a meeting one of its cases" 'hf-oslo/SSU/2024-09-12/5-2024' "$(get '/v1/cases/hf-oslo/SSU/2024-09-12/chain?lang=en' | jq -r .detail)"
is "a parameter of searches is none here" 400 "$(status "/v1/cases/$a/chain?q=x")"
is "a slash in the id may be encoded" "$one" "$(get "/v1/cases/${a//\//%2F}/chain")"
etag=$(header ETag "/v1/cases/$a/chain")
is "304" 304 "$(status "/v1/cases/$a/chain" -H "If-None-Match: $etag")"

# --- the prompt
is "the API's JSON" "$one" "$(hfsok chain $a --format json)"
is "of a server too" "$one" "$("$b/hfsok" --server "$url" chain $a --format json)"
text=$(COLUMNS=100 hfsok chain $a)
is "the same text from here and from a server" "$text" "$(COLUMNS=100 "$b/hfsok" --server "$url" chain $a)"
has "text: the number" 'samme saksnummer igjen i Strategisk samarbeidsutvalg (SSU) 12. mai 2022' "$text"
has "text: the decision" 'Vedtak (Vedtatt): Teamet opprettes.' "$text"
has "text: the break" '«SSU-sak 3/19» er ikke her: ingen møter i SSU fra 2019' "$text"
has "nynorsk" 'same saksnummer' "$(hfsok chain $a --lang nn)"
has "English" 'same case number' "$(hfsok chain $a --lang en)"
hfsok chain nix >/dev/null 2>&1
is "exit: nothing found" 1 $?
hfsok chain hf-oslo/SSU/2024-09-12 >/dev/null 2>&1
is "exit: another kind" 2 $?
hfsok chain >/dev/null 2>&1
is "exit: no id" 2 $?

# --- the page
page=$(get "/r/$a")
has "page: a list in time order" '<ol class="agenda">' "$page"
has "page: a step is linked" "href=\"/r/$c\"" "$page"
is "page: every step" 5 "$(sed -n '/<ol class="agenda">/,/<.ol>/p' <<<"$page" | grep -c '<li')"
has "page: the case itself is marked" '<li aria-current="true">' "$page"
has "page: how they hang together" 'vist til som «SSU-sak 14/22»' "$page"
has "page: a reference leads to its case" "<a href=\"/r/hf-vestfold/FSU/2022-09-08/5-2022\">FSU-sak 5/22</a>" "$(get "/r/$d")"
has "page: the breaks" '«SSU-sak 3/19» er ikke her' "$page"
has "page: no other case" 'Ingen andre saker her' "$(get /r/hf-oslo/SSU/2024-09-12/9-2024)"
has "page: of a decision too" 'Saken gjennom møtene' "$(get "/r/$a/v1")"
hasnt "page: not of a meeting" 'Saken gjennom møtene' "$(get /r/hf-vestfold/SSU/2022-02-10)"
has "page: nynorsk" 'Saka gjennom møta' "$(get "/r/$a?lang=nn")"
has "page: English" 'The matter through the meetings' "$(get "/r/$a?lang=en")"
hasnt "page: no style inside" ' style=' "$page"

# --- a document that comes later closes a break
stop
mv "$src/b.txt" "$work/b.txt"
"$b/hfsok-indexer" --quiet --index "$work/index" --rebuild tests/corpus "$src" >/dev/null 2>&1
is "without the second meeting" "$a $c $d $list" "$(hfsok chain $a --format json | jq -r '[.steps[].case]|join(" ")')"
cp "$work/b.txt" "$src/b.txt"
"$b/hfsok-indexer" --quiet --index "$work/index" tests/corpus "$src" >/dev/null 2>&1
is "added to the index, the chain is whole" "$one" "$(hfsok chain $a --format json)"

# --- a matter without end is cut, and says so
rm "$src"/*.txt
before='sak 9/09'
for i in $(seq 0 54); do
    number=$((i % 9 + 1))/$((10 + i / 9))
    minutes "$(printf %02d "$i")" Vestfold "$ssu" "$((i % 9 + 1)). mars $((2010 + i / 9))" <<T
Sak $number Plan for rehabilitering
Oppfølging av $before.
Vedtak: Arbeidet går videre.
T
    before="sak $number"
done
"$b/hfsok-indexer" --quiet --index "$work/index" --rebuild "$src" >/dev/null 2>&1
long=$(hfsok chain hf-vestfold/SSU/2010-03-01/1-2010 --format json)
is "fifty steps, in time order" '[50,true,true,false]' \
    "$(jq -c '[(.steps|length), ([.steps[].day]|. == sort), .is_cut, .is_alone]' <<<"$long")"
has "and text says so" 'bare de første 50 er vist' "$(hfsok chain hf-vestfold/SSU/2010-03-01/1-2010)"
is "one that ends before is whole" '[50,false]' \
    "$(rm "$src"/5[0-4].txt; "$b/hfsok-indexer" --quiet --index "$work/index" --rebuild "$src" >/dev/null 2>&1
        hfsok chain hf-vestfold/SSU/2010-03-01/1-2010 --format json | jq -c '[(.steps|length), .is_cut]')"
finish
