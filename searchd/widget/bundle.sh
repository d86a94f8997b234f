#!/bin/sh
# bundle.sh: prints the widget as one module: the modules of this folder, and the stylesheet as a string, with the colours
# of ../page/tokens.tsv.
set -eu
cd "$(dirname "$0")"
echo '// HF-søk, GPL-2.0-or-later'
printf 'const css = `'
tokens=$(grep -v '^#' ../page/tokens.tsv | awk -F '\t' '{ printf "--%s: var(--hf-%s, light-dark(%s, %s)); ", $1, $1, $2, $3 }')
sed "s|/\\* tokens \\*/|$tokens|" hfsok.css | sh join.sh - suggest.css | sed 's/\\/\\\\/g'
printf '`;\n'
sh join.sh words.js dom.js state.js hit.js facets.js suggest.js timeline.js hfsok.js
