#!/bin/sh
# The whole sample gives the same records from every format that it is made in; scans give nearly all of them.
set -eu
b=$1
# `make test` builds the programs that make the files; the sanitized build goes without.
[ -x "$b/make_pdf" ] || { echo "no make_pdf in $b" && exit 0; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

# What a reader of the minutes would compare, one fact a line.
facts() {
    jq -r '
        def clean: if . == null then "" else gsub("\\s+"; " ") end;
        if .type == "case" then
            "case \(.meeting) \(.number_normalised) \(.title | clean)",
            "case \(.meeting) \(.number_normalised) responsible \(.responsible | clean) deadline \(.deadline | clean)"
        elif .type == "decision" then "decision \(.case) \(.case_number) \(.label) \(.text | clean)"
        elif .type == "attendee" then "attendee \(.meeting) \(.name) \(.presence)"
        else "meeting \(.helsefellesskap) \(.body) \(.date) \(.year) \(.chair)" end' | sort
}

# Scans cost a second or more a page: four stand for all; SCANS=all reads every one.
if [ "${SCANS:-}" = all ]; then
    scans=$(basename -s .txt tests/corpus/*.txt) known_scan=32
else
    scans="ostfold-ssu-2024-02-08 ahus-fsu-2023-10-19 agder-ssu-2026-01-22 fonna-fsu-2025-10-16" known_scan=4
fi
# shellcheck disable=SC2086
tests/formats/make_all.sh "$b" $scans

for format in text docx odt html latin1 utf16 pdf plain narrow; do
    "$b/hfsok-indexer" --records --quiet "$b/formats/$format" >"$b/formats/$format.jsonl"
    facts <"$b/formats/$format.jsonl" >"$dir/$format"
    n=$(wc -l <"$dir/$format")
    [ "$n" -ge 500 ] || { echo "$format: only $n facts" && failed=1; }
    # Every format must say what the text says. What is known to be lost is counted, and the count may only fall.
    case $format in
    narrow) known=2 ;; # a title whose line happens to be full
    *) known=0 ;;
    esac
    diff "$dir/text" "$dir/$format" >"$dir/diff" || :
    lost=$(grep -c '^[<>]' "$dir/diff" || :)
    echo "$format: $lost lines differ from the text, $known are known"
    if [ "$lost" -ne "$known" ]; then
        head -n 30 "$dir/diff"
        failed=1
    fi
done

# Recognition cannot tell a dash from a hyphen; what else it loses are single letters. Another processor may round
# otherwise and read some of them differently, so a few lines less are no reason to complain.
texts=$(for id in $scans; do echo "$b/formats/text/$id.txt"; done)
# shellcheck disable=SC2086
"$b/hfsok-indexer" --records --quiet $texts | facts | sed 's/–/-/g' >"$dir/text"
"$b/hfsok-indexer" --records --quiet "$b/formats/scan" >"$b/formats/scan.jsonl"
facts <"$b/formats/scan.jsonl" | sed 's/–/-/g' >"$dir/scan"
diff "$dir/text" "$dir/scan" >"$dir/diff" || :
lost=$(grep -c '^[<>]' "$dir/diff" || :)
echo "scan: $lost lines differ from the text, $known_scan are known"
if [ "$lost" -gt "$known_scan" ] || [ $((lost + 6)) -lt "$known_scan" ]; then
    head -n 60 "$dir/diff"
    failed=1
fi
exit $failed
