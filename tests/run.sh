#!/bin/sh
# run.sh BUILD [NAME]: runs the tests of a build, or one of them, and counts.
#
# unit: BUILD/tests/test_NAME. cases: tests/cases/STAGE/NAME (a folder each). e2e: tests/e2e/*.sh.
set -u
b=$1 only=${2:-}
HFSOK_DATA=$PWD/$b/data
# Xapian's own check frees a table with another size than it was made with.
ASAN_OPTIONS=${ASAN_OPTIONS:-}:new_delete_type_mismatch=0
export HFSOK_DATA ASAN_OPTIONS
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

run() {
    name=$1
    shift
    "$@" >"$log" 2>&1
    code=$?
    if [ "$code" = 0 ]; then
        passed=$((passed + 1))
        echo "ok   $name"
    elif [ "$code" = 77 ]; then # cannot be run here, and says why
        skipped=$((skipped + 1))
        echo "SKIP $name: $(tail -n 1 "$log")"
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        sed 's/^/     /' "$log" | tail -n 40
    fi
}

for t in "$b"/tests/test_*; do
    case $t in *.o | *.d) continue ;; esac
    name=${t##*/test_}
    [ -x "$t" ] || continue
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    run "unit/$name" "$t"
done
for t in tests/cases/*/run.sh; do
    [ -e "$t" ] || continue
    name=$(basename "$(dirname "$t")")
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    run "cases/$name" sh "$t" "$b"
done
for t in tests/e2e/*.sh; do
    [ -e "$t" ] || continue
    name=$(basename "$t" .sh)
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    run "e2e/$name" sh "$t" "$b"
done
echo "$passed passed, $failed failed$([ "$skipped" = 0 ] || echo ", $skipped skipped")"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
