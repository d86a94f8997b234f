#!/bin/sh
# bundle.sh: prints the stylesheet of the pages: the colours of tokens.tsv, then hfsok.css.
set -eu
cd "$(dirname "$0")"
grep -v '^#' tokens.tsv | awk -F '\t' '
    { light = light "  --" $1 ": " $2 ";\n"; dark = dark "    --" $1 ": " $3 ";\n" }
    END { printf ":root {\n%s}\n@media (prefers-color-scheme: dark) {\n  :root {\n%s  }\n}\n", light, dark }'
cat hfsok.css
