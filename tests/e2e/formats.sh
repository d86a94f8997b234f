#!/bin/sh
# The same minutes give the same records from every format; a scan gives nearly all of them.
set -eu
b=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

# What a reader of the minutes would compare, one fact a line.
facts() {
    "$b/hfsok-indexer" --records --quiet "$1" | jq -r '
        def clean: if . == null then "" else gsub("\\s+"; " ") end;
        if .type == "case" then "case \(.number_normalised) \(.title | clean)"
        elif .type == "decision" then "decision \(.case_number) \(.label) \(.text | clean)"
        elif .type == "attendee" then "attendee \(.name) \(.presence)"
        else "meeting \(.helsefellesskap) \(.body) \(.date)" end' | sort
}

for file in tests/formats/*.docx tests/formats/*.odt tests/formats/*.html tests/formats/*.pdf \
    tests/formats/*.doc tests/formats/*.rtf; do
    name=$(basename "$file")
    case $name in # by converters that need not be there
    *.doc) command -v antiword >/dev/null || continue ;;
    *.rtf) command -v unrtf >/dev/null || continue ;;
    esac
    id=${name%%[._]*}
    [ -e "$dir/$id" ] || facts "tests/corpus/$id.txt" >"$dir/$id"
    facts "$file" >"$dir/got"
    case $name in
    *_scan.pdf | *.doc) # antiword makes blanks of line breaks in a cell
        least=80
        [ "${name##*.}" = pdf ] || least=70
        same=$(comm -12 "$dir/$id" "$dir/got" | wc -l)
        all=$(wc -l <"$dir/$id")
        echo "$name: $same of $all facts"
        [ $((same * 100)) -ge $((all * least)) ] || failed=1
        ;;
    *)
        if ! diff "$dir/$id" "$dir/got" >"$dir/diff"; then
            echo "$name differs from the text:"
            cat "$dir/diff"
            failed=1
        fi
        ;;
    esac
done
exit $failed
