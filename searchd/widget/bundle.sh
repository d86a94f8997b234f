#!/bin/sh
# bundle.sh: prints the widget as one module: the modules of this folder in the order in which they need each other,
# without imports, exports, comments and indents, and the stylesheet as a string, with the colours of
# ../page/tokens.tsv. Names are unique across the modules.
set -eu
cd "$(dirname "$0")"
bare() { sed 's/^ *//; /^\/\*.*\*\/$/d; /^\/\*/,/\*\/$/d; /^$/d' "$@"; }
echo '// HF-søk, GPL-2.0-or-later'
printf 'const css = `'
tokens=$(grep -v '^#' ../page/tokens.tsv | awk -F '\t' '{ printf "--%s: var(--hf-%s, light-dark(%s, %s)); ", $1, $1, $2, $3 }')
sed "s|/\\* tokens \\*/|$tokens|" hfsok.css | bare | sed 's/\\/\\\\/g'
printf '`;\n'
for module in words dom state hit facets suggest timeline hfsok; do
    bare "$module.js" | sed '/^\/\//d; /^import /d; s/^export //'
done
