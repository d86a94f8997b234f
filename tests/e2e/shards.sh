#!/bin/sh
# shards.sh BUILD: a stub file over two shards gives the totals and facets of one index of the same documents.
# People apart: spellings of one person are joined over the documents of one index.
set -eu
b=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/all" "$dir/one" "$dir/two"
n=0
for f in tests/corpus/*.txt; do
    n=$((n + 1))
    cp "$f" "$dir/all/"
    if [ $((n % 2)) = 0 ]; then cp "$f" "$dir/one/"; else cp "$f" "$dir/two/"; fi
done
for part in all one two; do
    (cd "$dir" && "$OLDPWD/$b/hfsok-indexer" --quiet --index "$dir/index-$part" "$part")
done
for part in one two; do
    echo "auto $(ls -d "$dir/index-$part"/gen-*)/db"
done >"$dir/stub"
bad=0
for q in LAR PLL sykehus '"barn og unge"' 'samarbeid -sykehus' Lars 'sak 3' ''; do
    for filter in --type=case '--type=decision --region=nord' '--type=case --year=2024' --type=attendee \
        '--type=meeting --sort=newest'; do
        # shellcheck disable=SC2086
        for index in index-all stub; do
            "$b/hfsok" search $filter --format json --limit 100 --index "$dir/$index" -- "$q" |
                jq -S '[.total, (.totals_by_type | del(.person)), .facets]' >"$dir/$index.json"
        done
        cmp -s "$dir/index-all.json" "$dir/stub.json" && continue
        bad=1
        echo "«$q» $filter: one index and two shards differ"
        diff "$dir/index-all.json" "$dir/stub.json" | head -n 10 || true
    done
done
exit $bad
