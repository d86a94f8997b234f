#!/bin/sh
# run_long.sh BUILD: the loops that take minutes: 300 kills of the indexer, hostile files, damaged input of every kind
# under sanitizers (build/san, $MUTATE seconds for each reader), the sample as scans, 20,000 rounds (more than 100,000 questions) of the
# properties.
set -u
b=$1
HFSOK_DATA=$PWD/$b/data
export HFSOK_DATA
failed=0
bash tests/kill.bash "$b" "${KILLS:-300}" || failed=1
tests/fuzz/hostile.sh "$b" long || failed=1
seed=$(date +%s)
if ASAN_OPTIONS=new_delete_type_mismatch=0 SEED=$seed SECONDS_EACH=${MUTATE:-100} build/san/tests/test_mutate \
    >/tmp/hfsok-long.$$ 2>&1; then
    echo "ok   mutate, seed $seed: $(grep -c rounds /tmp/hfsok-long.$$) readers," \
        "$(awk '/ rounds, / {n += $2} END {print n}' /tmp/hfsok-long.$$) rounds"
else
    failed=1
    echo "FAIL mutate, seed $seed"
    tail -n 40 /tmp/hfsok-long.$$
fi
make --no-print-directory B="$b" "$b/make_formats" "$b/make_pdf" || exit 1
SCANS=all sh tests/e2e/formats_all.sh "$b" || failed=1
make --no-print-directory B="$b" "$b/tests/test_search" "$b/tests/test_search_generated" "$b/tests/test_analyse" "$b/tests/test_plan" \
    "$b/tests/test_marks" "$b/tests/test_utf8" || exit 1
for seed in ${SEEDS:-1 2 3}; do
    for t in search search_generated analyse plan marks utf8; do
        if SEED=$seed ROUNDS=${ROUNDS:-20000} "$b/tests/test_$t" >/tmp/hfsok-long.$$ 2>&1; then
            echo "ok   $t, seed $seed: $(grep -o '[0-9]* queries' /tmp/hfsok-long.$$)"
        else
            failed=1
            echo "FAIL $t, seed $seed"
            tail -n 20 /tmp/hfsok-long.$$
        fi
    done
done
rm -f /tmp/hfsok-long.$$
exit "$failed"
