# /v1/people/{key}: one person's spellings, roles, meetings and cases.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

person() { get "/v1/people/$1"; }
one=$(person pal-rodsand.lvs)
is "the sound spelling is the name" 'Pål Rødsand' "$(jq -r .name <<<"$one")"
is "both spellings, with their meetings" '[["Pål Rødsand",1],["Pal Rgdsand",1]]' \
    "$(jq -c '[.spellings[]|[.text,.meetings]]' <<<"$one")"
is "meetings in time order" true "$(jq '[.meetings[].date]|. == sort and length == 2' <<<"$one")"
is "with presence" true "$(jq '[.meetings[].presence|. != null]|all' <<<"$one")"
is "roles have a beginning and an end" '["2023-10-19","2023-12-14"]' \
    "$(person nina-sorumsand.ahus | jq -c '[.roles[]|.from, .to]|[min, max]')"
is "what one is responsible for" '[["hf-ahus/SSU/2023-12-14/41-2023","responsible"]]' \
    "$(person nina-sorumsand.ahus | jq -c '[.cases[]|[.id,.function]]')"
is "what one presented" '["presenter"]' "$(person vibeke-flosvik.agder | jq -c '[.cases[].function]|unique')"
is "a case leads to its record" 200 "$(status "/v1/records/$(person vibeke-flosvik.agder | jq -r '.cases[0].id')")"
is "person/ before the key is the same" "$one" "$(person person/pal-rodsand.lvs)"
is "an older spelling's key leads there" person/pal-rodsand.lvs "$(person pal-rgdsand.lvs | jq -r .id)"
is "a search's person is this one" "$(jq -r .name <<<"$one")" \
    "$(get '/v1/search?q=person:R%C3%B8dsand' | jq -r '.hits[0].name')"
is "nobody" 404 "$(status /v1/people/ingen-slik.oslo)"
is "no key" 404 "$(status /v1/people/)"
finish
