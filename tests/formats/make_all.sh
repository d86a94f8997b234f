#!/bin/sh
# make_all.sh BUILD [ID...]: writes the sample corpus in every format to BUILD/formats/FORMAT/, from the text files.
# The last arguments name the documents that are also made as scans and images, which cost a second or more a page to read.
set -eu
b=$1
shift
out=$b/formats
rm -rf "$out"
for format in text docx odt html latin1 utf16 pdf plain narrow scan; do mkdir -p "$out/$format"; done
for text in tests/corpus/*.txt; do
    id=$(basename "$text" .txt)
    utf8=$out/text/$id.txt
    # One document of the sample is kept in Windows-1252, as old minutes are.
    iconv -f UTF-8 -t UTF-8 "$text" >"$utf8" 2>/dev/null || iconv -f WINDOWS-1252 -t UTF-8 "$text" >"$utf8"
    iconv -f UTF-8 -t WINDOWS-1252 "$utf8" >"$out/latin1/$id.txt"
    iconv -f UTF-8 -t UTF-16 "$utf8" >"$out/utf16/$id.txt"
    for format in docx odt html; do "$b/make_formats" "$utf8" "$out/$format/$id.$format"; done
    "$b/make_pdf" "$utf8" "$out/pdf/$id.pdf"
    for kind in plain narrow; do "$b/make_pdf" --$kind "$utf8" "$out/$kind/$id.pdf"; done
done
for id; do "$b/make_pdf" --scan "$out/text/$id.txt" "$out/scan/$id.pdf"; done
