#!/bin/sh
# lint.sh: the rules of the house that a program can check. Prints what breaks one; exit 1 then.
set -u
report=$(mktemp)
trap 'rm -f "$report"' EXIT
rule() { # NAME: findings on stdin
    found=$(cat)
    [ -n "$found" ] || return 0
    { echo "$1:" && echo "$found" | sed 's/^/    /'; } >>"$report"
}

sources=$(ls shim/*.[ch] shim/*.cc indexer/*.[ch] searchd/*.[ch])

grep -n '#include "\(\.\./\)*\(indexer\|searchd\)/' shim/* |
    rule "shim includes nothing of the two programs"
grep -n '#include "\(\.\./\)*searchd/' indexer/*.[ch] | rule "the indexer includes nothing of searchd"
grep -n '#include "\(\.\./\)*indexer/' searchd/*.[ch] | rule "searchd includes nothing of the indexer"
# shellcheck disable=SC2086
grep -ln 'xapian\.h' $sources | grep -v '^shim/index[_a-z]*\.\(cc\|hh\)$' | rule "<xapian.h> stands in shim/index*.cc alone"
git ls-files '*.cc' '*.cpp' | grep -v -e '^shim/index[_a-z]*\.cc$' -e '^shim/template\.cc$' -e '^tests/bench/' |
    rule "C++ in shim/index*.cc and shim/template.cc alone"
grep -n '<[^>"]*[ ]style=\|<style\|<script\( type="module"\)\?>\|<script[^>]*>[^<]\|[ ]on[a-z]*=\|[ ][a-z-]*={{' searchd/page/templates/* |
    rule "templates: no inline script or style, attributes in quotation marks"
# A stage does not know the stages after it.
later() { # FILES, HEADERS
    # shellcheck disable=SC2086
    grep -nE "#include \"($2)\"" $1 2>/dev/null
}
later 'indexer/text.[ch] indexer/extract_*.c indexer/sniff.[ch]' \
    'minutes.*\.h|document\.h|collate\.h|run\.h|store\.h' | rule "extraction knows no later stage"
later 'indexer/minutes*.[ch]' 'document\.h|collate\.h|run\.h|store\.h|read\.h' |
    rule "the reader of minutes knows no later stage"
later 'searchd/plan*.[ch]' \
    'compile\.h|search\.h|answer\.h|engine\.h|hits\.h|render.*\.h|http\.h|\.\./shim/index\.h' |
    rule "the plan knows neither index nor answer"
later 'searchd/search.[ch] searchd/compile.[ch] searchd/forms.[ch]' 'answer\.h|hits\.h|render.*\.h|http\.h' |
    rule "the search knows no rendering"
grep -nE '"[^"]*</?[a-z]+[0-9]?[ >"]' searchd/*.c | grep -v -e '/\*' -e '^searchd/\(render_atom\|opensearch\)\.c:' |
    rule "the markup of the pages stands in searchd/page/templates (feeds are XML)"
# shellcheck disable=SC2086
grep -nE '\b(strcat|sprintf|gets|strtok|system|popen|alloca)\(' $sources | rule "banned functions"
# shellcheck disable=SC2086
wc -l $sources | awk '$2 != "total" && $1 > 620 {print $2 ": " $1 " lines"}' | rule "files up to about 600 lines"
for f in shim/*.h indexer/*.h searchd/*.h; do
    head -n 1 "$f" | grep -q '^/\*' || echo "$f"
done | rule "a header opens with what the module is for"
for f in stopwords/*.tsv stopwords/*.txt; do
    head -n 1 "$f" | grep -qi 'licen[cs]e\|GPL' || echo "$f"
done | rule "a word list's first line gives source and licence"
git grep -nIE '(^|[^A-Za-z0-9._}$])/(work|root)/' -- ':!LICENSE' 2>/dev/null | rule "paths of a machine"
if command -v clang-format >/dev/null; then
    # shellcheck disable=SC2086
    for f in $sources; do
        clang-format --dry-run -Werror "$f" >/dev/null 2>&1 || echo "$f"
    done | rule "clang-format -i"
fi
cat "$report"
[ ! -s "$report" ] && echo "lint: clean"
