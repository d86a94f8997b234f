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

# Scans cost seconds a page: these stand for all; SCANS=all reads every one.
scans=${SCANS:-"ostfold-ssu-2024-02-08 ahus-fsu-2023-10-19 agder-ssu-2026-01-22 fonna-fsu-2025-10-16"}
[ "$scans" != all ] || scans=$(basename -s .txt tests/corpus/*.txt)
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

: >"$b/formats/scan.jsonl"
for id in $scans; do
    "$b/hfsok-indexer" --records --quiet "$b/formats/text/$id.txt" | facts >"$dir/text"
    "$b/hfsok-indexer" --records --quiet "$b/formats/scan/$id.pdf" >"$dir/scan.jsonl"
    cat "$dir/scan.jsonl" >>"$b/formats/scan.jsonl"
    facts <"$dir/scan.jsonl" >"$dir/scan"
    same=$(comm -12 "$dir/text" "$dir/scan" | wc -l)
    all=$(wc -l <"$dir/text")
    echo "$id as a scan: $same of $all facts"
    case $id in
    fonna-fsu-2025-10-16) least=65 ;; # known: its ruled table is read by its gutters only
    *) least=80 ;;
    esac
    [ $((same * 100)) -ge $((all * least)) ] || failed=1
done
exit $failed
