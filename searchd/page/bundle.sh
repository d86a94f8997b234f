#!/bin/sh
# bundle.sh css|js: prints the stylesheet of the pages (the colours of tokens.tsv, then hfsok.css and the widget's list of
# suggestions), or their script (search.js with the modules of the widget that it needs).
set -eu
cd "$(dirname "$0")"
most=6144 # bytes of script, zipped: what a page may weigh more for being helped by one
case $1 in
css)
    grep -v '^#' tokens.tsv | awk -F '\t' '
        { light = light "  --" $1 ": " $2 ";\n"; dark = dark "    --" $1 ": " $3 ";\n" }
        END { printf ":root {\n%s}\n@media screen and (prefers-color-scheme: dark) {\n  :root {\n%s  }\n}\n", light, dark }'
    cat hfsok.css ../widget/suggest.css
    ;;
js)
    echo '// HF-søk, GPL-2.0-or-later'
    modules="../widget/words.js ../widget/dom.js ../widget/suggest.js search.js"
    # shellcheck disable=SC2086
    sh ../widget/join.sh $modules
    # shellcheck disable=SC2086
    weight=$(sh ../widget/join.sh $modules | gzip -9 | wc -c)
    [ "$weight" -le "$most" ] || {
        echo "the script of the pages weighs $weight bytes zipped, more than $most" >&2
        exit 1
    }
    ;;
esac
