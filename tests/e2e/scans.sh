#!/bin/sh
# A page reads the same as a scanned PDF and as an image, and between pages that have their text.
set -eu
b=$1
# `make test` builds the program that makes the files; the sanitized build goes without.
[ -x "$b/make_pdf" ] || { echo "no make_pdf in $b" && exit 0; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
id=fonna-fsu-2025-10-16
text() { "$b/hfsok-indexer" --stop-after=text --quiet "$1" | sed 1d; }
cases() {
    "$b/hfsok-indexer" --records --quiet "$1" |
        jq -r 'select(.type == "case" and .responsible != null) |
               "\(.number_normalised) \(.title) \(.responsible) \(.deadline)"' | sort
}

"$b/make_pdf" --scan tests/corpus/$id.txt "$dir/scan.pdf"
"$b/make_pdf" tests/corpus/$id.txt "$dir/text.pdf"
pdfseparate "$dir/scan.pdf" "$dir/scan%d.pdf"
pdfseparate "$dir/text.pdf" "$dir/text%d.pdf"

# A page with a ruled table, as the kinds of images that scanners make.
text "$dir/scan2.pdf" >"$dir/page"
grep -q 'Tor Magne Haukås' "$dir/page" || { echo "the page is not read" && failed=1; }
for kind in png jpeg tiff; do
    pdftoppm -r 300 -gray -singlefile -$kind "$dir/scan2.pdf" "$dir/page-$kind"
    text "$(ls "$dir/page-$kind".*)" >"$dir/got"
    if ! diff "$dir/page" "$dir/got" >"$dir/diff"; then
        # JPEG blurs what is small: a letter or two.
        [ $kind = jpeg ] && [ "$(grep -c '^>' "$dir/diff")" -le 2 ] && continue
        echo "$kind differs from the PDF:"
        cat "$dir/diff"
        failed=1
    fi
done

# A page without text between two that have it.
pdfunite "$dir/text1.pdf" "$dir/scan2.pdf" "$dir/text3.pdf" "$dir/mixed.pdf"
cases tests/corpus/$id.txt | grep -v ^14/ >"$dir/want"
cases "$dir/mixed.pdf" >"$dir/got"
if ! diff "$dir/want" "$dir/got"; then
    echo "a scanned page among others is not read as it should be"
    failed=1
fi
[ "$(wc -l <"$dir/got")" -ge 3 ] || failed=1
exit $failed
