#!/bin/sh
# hostile.sh BUILD [quick|long]: files made to hurt, beside good ones. The good ones are indexed; each bad one is named
# once, with a reason; what may be read is read, and gives what it should; exit code 1; nothing costs more than it may.
# quick: one run over all; long: 1,000 good files, and each hostile one by itself with its CPU and memory.
set -eu
b=$1 mode=${2:-quick}
dir=$(mktemp -d)
touching=
finish() {
    [ -z "$touching" ] || kill "$touching" 2>/dev/null || true
    chmod -R u+rwX "$dir"
    rm -rf "$dir"
}
trap finish EXIT
failed=0
complain() {
    echo "hostile: $*"
    failed=1
}

mkdir "$dir/bad" "$dir/good" "$dir/moving"
cc -std=c11 -D_GNU_SOURCE -O1 -Wall -Wextra -o "$dir/make_hostile" tests/fuzz/make_hostile.c tests/fuzz/hostile_*.c -larchive
cc -std=c11 -D_GNU_SOURCE -O1 -Wall -Wextra -o "$dir/measure" tests/fuzz/measure.c
"$dir/make_hostile" "$dir/bad" tests/formats "$mode" | sort >"$dir/expected"
n=$(wc -l <"$dir/expected")
[ "$n" -ge 100 ] || complain "only $n hostile files"

# Good ones, each another meeting: the dates of a sample, moved.
good=40
[ "$mode" = quick ] || good=1000
i=0
while [ $i -lt $good ]; do
    i=$((i + 1))
    sed "s/19\. oktober 2023/$((i % 28 + 1)). mai $((1990 + i / 28))/" tests/formats/ahus-fsu-2023-10-19.html \
        >"$dir/good/$i.html"
done
# Files that come, grow and go while they are read: whatever becomes of them, the run goes on.
(
    while :; do
        cp tests/corpus/ahus-fsu-2023-10-19.txt "$dir/moving/kommer.txt"
        cat tests/corpus/ahus-fsu-2023-10-19.txt >>"$dir/moving/vokser.txt"
        rm -f "$dir/moving/kommer.txt" "$dir/moving/vokser.txt"
    done
) &
touching=$!

code=0
timeout 1800 "$dir/measure" "$dir/cost" "$b/hfsok-indexer" --index "$dir/index" --report "$dir/report.json" \
    "$dir/good" "$dir/bad" "$dir/moving" >"$dir/out" 2>"$dir/said" || code=$?
kill $touching
touching=
[ "$code" = 1 ] || complain "exit code $code instead of 1: $(tail -n 3 "$dir/said")"
[ ! -e x ] || complain "a name was run by a shell"

# What became of each, against what was expected: refused with that reason, or read with these counts.
jq -r --arg dir "$dir/bad/" '.documents[] | select(.source | startswith($dir))
    | [.source[($dir | length):], if .reason then "refused" else "read" end,
       .reason // "\(.counts.cases)/\(.counts.decisions)/\(.counts.attendees)"] | @tsv' "$dir/report.json" | sort >"$dir/got"
awk -F '\t' '
    NR == FNR {what[$1] = $2; value[$1] = $3; next}
    !($1 in what) {print $1 " was not expected: " $3; next}
    {n[$1]++}
    $2 != what[$1] || (what[$1] == "refused" ? index($3, value[$1]) != 1 : value[$1] != "" && $3 != value[$1]) {
        print $1 ": " $2 " «" $3 "» instead of " what[$1] " «" value[$1] "»"}
    END {for (k in what) if (n[k] != 1) print k ": told of " n[k] + 0 " times"}' "$dir/expected" "$dir/got" >"$dir/wrong"
[ ! -s "$dir/wrong" ] || complain "$(cat "$dir/wrong")"
# On the terminal each refused one has one line of its own, whatever stands in its name.
refused=$(grep -c '	refused	' "$dir/expected")
lines=$(grep -ac "^hfsok-indexer: $dir/bad/.*: " "$dir/said")
[ "$lines" = "$refused" ] || complain "$lines lines for $refused refused files"
! grep -aq "$(printf '[\001-\010\013-\037\177\377]')" "$dir/said" || complain "a control character on the terminal"
read=$(jq --arg dir "$dir/good/" '[.documents[] | select((.source | startswith($dir)) and .status == "read")] | length' \
    "$dir/report.json")
[ "$read" = $good ] || complain "$read of $good good files were indexed"
"$b/hfsok" --index "$dir/index" --format json 'root' | jq -e '.total == 0' >/dev/null ||
    complain "a file of the system came in"
# The same again: nothing that was read is read anew.
again=$("$dir/measure" "$dir/cost" "$b/hfsok-indexer" --index "$dir/index" "$dir/good" "$dir/bad" 2>&1 | tail -n 1 | cut -d ' ' -f 1)
[ "$again" = 0 ] || complain "$again documents were read again"
awk -F '\t' '$1 > 120000 || $2 > 1024 * 1024 {bad = 1} END {exit bad}' "$dir/cost" || complain "too costly: $(cat "$dir/cost")"
echo "$n hostile files, $refused refused; the whole run: $(awk -F '\t' 'NR == 1 {print $1 / 1000 " s CPU, " int($2 / 1024) " MB"}' "$dir/cost")"

# Each by itself: 10 s of CPU and 512 MB; an image, or a page to be recognised, 10 s more and 1 GB.
if [ "$mode" = long ]; then
    : >"$dir/costs"
    for f in "$dir"/bad/*; do
        rm -rf "$dir/index"
        : >"$dir/cost"
        "$dir/measure" "$dir/cost" "$b/hfsok-indexer" --quiet --index "$dir/index" "$f" >/dev/null 2>&1 || true
        printf '%s\t%s\n' "$(cat "$dir/cost")" "$(basename "$f" | tr '\n\t' '  ')" >>"$dir/costs"
    done
    awk -F '\t' '{
        recognised = $4 ~ /\.(png|jpg|tif) *$/ || $4 ~ /skann|bilde|flatebombe/
        if ($1 > (recognised ? 20000 : 10000) || $2 > (recognised ? 1024 : 512) * 1024)
            print $4 ": " $1 " ms of CPU, " int($2 / 1024) " MB"}' "$dir/costs" >"$dir/wrong"
    [ ! -s "$dir/wrong" ] || complain "$(cat "$dir/wrong")"
    echo "the costliest:"
    sort -rn "$dir/costs" | head -n 5 | awk -F '\t' '{printf "%6d ms %5d MB  %s\n", $1, $2 / 1024, $4}'
    sort -t '	' -k 2 -rn "$dir/costs" | head -n 5 | awk -F '\t' '{printf "%6d ms %5d MB  %s\n", $1, $2 / 1024, $4}'
fi
exit $failed
