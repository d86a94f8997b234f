#!/bin/sh
# run.sh BUILD: the measurements of `make bench`. Ratios count; the machine's speed does not.
set -eu
b=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
echo "== analysis of the sample's text, one core"
HFSOK_DATA=$b/data "$b/bench_analyse" tests/corpus/*.txt
echo "== indexing the sample 20 times over (copies with other names; CPU of the whole process)"
for i in $(seq 20); do
    mkdir "$dir/$i"
    cp tests/corpus/*.txt "$dir/$i/"
    for f in "$dir/$i"/*.txt; do echo "Kopi $i" >>"$f"; done
done
/usr/bin/env time -f '%U s user, %S s system, %e s wall, %M kB at most' \
    "$b/hfsok-indexer" --quiet --rebuild --index "$dir/index" "$dir"/[0-9]* || true
echo "== a second run over unchanged files"
/usr/bin/env time -f '%U s user, %S s system, %e s wall' "$b/hfsok-indexer" --quiet --index "$dir/index" "$dir"/[0-9]*
echo "== questions, in-process milliseconds as the answer says (median of 15)"
for q in LAR PLL 'pasientens legemiddelliste' sjukehus '"helse og omsorg"' 'samarbeid mellom kommune og sykehus'; do
    for i in $(seq 15); do
        "$b/hfsok" --index "$dir/index" --format json "$q" | jq .took_ms
    done | sort -n | sed -n 8p | sed "s|\$| ms   $q|"
done
