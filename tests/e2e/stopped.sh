# stopped.sh BUILD: a file that stops its reader costs that once and not in every run. It is named each time, and tried
# again when it changes, when a converter does, or with --rebuild. Needs memory to be bounded: not where sanitizers are.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
case $b in */san) exit 0 ;; esac
mkdir "$work/in" "$work/other"
cp tests/corpus/ahus-fsu-2023-10-19.txt "$work/in/god.txt"
cp tests/corpus/fonna-fsu-2025-10-16.txt "$work/other/god.txt"
cells() { # a table that takes more memory than a reader has
    printf '<html><body><table>%s' "$1"
    yes '<tr><td>a<td>b<td>c<td>d<td>e<td>f<td>g<td>h<td>i<td>j</tr>' | head -n 100000
}
cells '' >"$work/in/tabell.html"
run() { "$b/hfsok-indexer" --quiet --index "$work/index" "$@" 2>&1; }
why="krever for mye minne å lese (over 512 MB)"
again="ikke prøvd igjen før filen eller omformeren endres"

first=$(run "$work/in")
is "exit code" 1 $?
has "the reason" "tabell.html: $why" "$first"
hasnt "the first time it is tried" "$again" "$first"
is "kept by its key" 1 "$(jq '.files | length' "$work/index/stopped.json")"
second=$(run --report "$work/report.json" "$work/in")
is "exit code, the second time" 1 $?
has "the same reason, and why it is not tried" "tabell.html: $why; $again" "$second"
is "as many lines as the first time" "$(wc -l <<<"$first")" "$(wc -l <<<"$second")"
is "in the report" failed "$(jq -r '.documents[] | select(.source | endswith("tabell.html")) | .status' "$work/report.json")"
cp "$work/in/tabell.html" "$work/in/kopi.html"
has "a copy is the same file" "kopi.html: $why; $again" "$(run "$work/in")"
rm "$work/in/kopi.html"
run "$work/other" >"$work/out"
is "another folder is all well" 0 $?
has "and does not make it forgotten" "$again" "$(run "$work/in")"

hasnt "a converter has changed" "$again" "$(sed -i 's/"tools": "./"tools": "x/' "$work/index/stopped.json" && run "$work/in")"
has "with the new one it is not tried twice" "$again" "$(run "$work/in")"
hasnt "--rebuild" "$again" "$(run --rebuild "$work/in")"
has "after it" "$again" "$(run "$work/in")"
cells 'x' >"$work/in/tabell.html"
changed=$(run "$work/in")
has "the file has changed" "tabell.html: $why" "$changed"
hasnt "and is tried" "$again" "$changed"
is "the old one is forgotten" 1 "$(jq '.files | length' "$work/index/stopped.json")"
printf '<html><body><p>Sak 1/24 Mendet</p></body></html>' >"$work/in/tabell.html"
run "$work/in" >"$work/out"
is "mended: exit code" 0 $?
is "and off the list" 0 "$(jq '.files | length' "$work/index/stopped.json")"
# A list that is no list costs one more try.
cells '' >"$work/in/tabell.html"
run "$work/in" >"$work/out"
printf '{"tools' >"$work/index/stopped.json"
hasnt "a damaged list" "$again" "$(run "$work/in")"
has "is made anew" "$again" "$(run "$work/in")"
finish
