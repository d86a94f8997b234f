# A draft and the approved minutes of one meeting: one meeting, the approved one's records, both sources named.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
mkdir "$work/src"
minutes() { # TITLE, TEXT
    printf '%s\nHelgelandssykehuset\nTil stede: Kari Nordby, Ola Haug\n\nSak 1/24 Ambulanse på Helgeland\nVedtak: %s\n\n' "$1" "$2"
    printf 'Sak 2/24 Eventuelt\nIngen saker.\n'
}
title='fra møte i strategisk samarbeidsutvalg (SSU) 12.03.2024'
minutes "Foreløpig referat $title" 'SSU venter med ambulansebåten.' >"$work/src/a.txt"
minutes "Godkjent referat $title" 'SSU kjøper ambulansebåten.' >"$work/src/b.txt"
minutes "Referat ${title/12.03/19.06}" 'SSU selger helikopteret.' >"$work/src/Utkast_juni.txt"
"$b/hfsok-indexer" --quiet --index "$work/index" --report "$work/report.json" "$work/src" >"$work/indexer.out" 2>&1 ||
    give_up "$(cat "$work/indexer.out")"
is 'the report names each version' '["draft read","draft double","approved read"]' \
    "$(jq -c '[.documents[] | [.version, .status] | join(" ")]' "$work/report.json")"
serve
meeting=$(get /v1/search?type=meeting\&q=SSU)
is 'two meetings' 2 "$(jq .total <<<"$meeting")"
id=hf-helgeland/SSU/2024-03-12
one=$(get "/v1/records/$id")
is 'the approved one stands for it' 'approved Godkjent referat title b.txt' \
    "$(jq -r '.record | [.version, (.version_printed | .[:16]), .version_from, (.source | sub(".*/"; ""))] | join(" ")' <<<"$one")"
is 'both sources, the draft marked' '["b.txt","approved","a.txt","draft"]' \
    "$(jq -c '[.record.sources[] | (.source | sub(".*/"; "")), .version]' <<<"$one")"
is 'its decision' 'SSU kjøper ambulansebåten.' "$(get /v1/search?type=decision\&q=ambulanseb%C3%A5t | jq -r '.hits | map(.text) | join("|")')"
is 'a file name is evidence' 'draft Utkast_juni.txt file_name' \
    "$(get /v1/records/hf-helgeland/SSU/2024-06-19 | jq -r '.record | [.version, .version_printed, .version_from] | join(" ")')"
has 'on the page' 'Godkjent (' "$(get "/r/$id")"
has 'the other source on the page' 'a.txt (Utkast)' "$(get "/r/$id")"
shown=$("$b/hfsok" --index "$work/index" show "$id")
has 'at the prompt' 'Versjon: Godkjent («Godkjent referat' "$shown"
has 'the other source at the prompt' 'a.txt (Utkast)' "$(tr -d '\n' <<<"$shown" | sed 's/  */ /g')"
finish
