#!/bin/bash
# run.sh BUILD [CASES [QUESTIONS]]: the measurements of `make bench`, on generated minutes, each beside raw Xapian on
# the same content in the same run. CPU seconds count, and the ratios: the machine's speed does not.
set -euo pipefail
b=$1 cases=${2:-10000} questions=${3:-500} rounds=${ROUNDS:-3}
export HFSOK_DATA=$b/data
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid"; rm -rf "$dir"' EXIT

# CPU and wall seconds and megabytes of a command, as "cpu wall mb".
cost() {
    /usr/bin/env time -o "$dir/time" -f '%U %S %e %M' "$@" >/dev/null 2>"$dir/err" || { cat "$dir/err" >&2; exit 1; }
    awk 'END {printf "%.2f %.2f %d\n", $1 + $2, $3, $4 / 1024}' "$dir/time"
}
row() { printf '%-46s %8s CPU-s %8s s wall %6s MB\n' "$1" "$2" "$3" "$4"; }
ratio() { awk -v a="$2" -v b="$3" -v what="$1" 'BEGIN {printf "    %-42s %8.2f x\n", what, a / b}'; }
# The percentiles of a first column of microseconds.
percentiles() { cut -f1 "$1" | sort -n | awk '{a[NR] = $1; s += $1} END {print a[int(NR * .5)], a[int(NR * .95)], s / NR}'; }

echo "== analysis of the sample's text, one core"
"$b/bench_analyse" tests/corpus/*.txt

echo "== the sandbox around each file"
"$b/bench_sandbox" tests/formats/ahus-fsu-2023-10-19.docx tests/formats/ahus-fsu-2023-10-19.html

echo "== indexing $cases cases"
mkdir "$dir/minutes"
"$b/generate" minutes "$cases" "$dir/minutes"
read -r c1 w1 m1 <<<"$("$b/bench_raw" index "$dir/raw" "$cases" cases)"
row "raw Xapian, a document a case" "$c1" "$w1" "$m1"
read -r c2 w2 m2 <<<"$("$b/bench_raw" index "$dir/raw-records" "$cases" records)"
row "raw Xapian, the same records" "$c2" "$w2" "$m2"
read -r c3 w3 m3 <<<"$(cost "$b/hfsok-indexer" --quiet --rebuild --index "$dir/index" "$dir/minutes")"
row "HF-søk, from files to the sealed index" "$c3" "$w3" "$m3"
ratio "CPU, to a document a case" "$c3" "$c1"
ratio "CPU, to the same records" "$c3" "$c2"
ratio "wall time on $(nproc) cores, to the same records" "$w3" "$w2"

echo "== later runs"
read -r c w m <<<"$(cost "$b/hfsok-indexer" --quiet --index "$dir/index" "$dir/minutes")"
row "nothing has changed" "$c" "$w" "$m"
find "$dir/minutes" -name '*.txt' | sort | sed -n 1,5p | while read -r f; do sed -i 's/^Sted: Teams/Sted: Rådhuset/' "$f"; done
read -r c w m <<<"$(cost "$b/hfsok-indexer" --quiet --index "$dir/index" "$dir/minutes")"
row "5 documents have changed" "$c" "$w" "$m"

echo "== $questions questions, µs CPU each, in this process (the least of $rounds rounds)"
ask() { # NAME FILE COMMAND
    "${@:3}" >"$2"
    read -r p50 p95 mean <<<"$(percentiles "$2")"
    printf '%-46s p50 %8.0f   p95 %8.0f   mean %8.0f\n' "$1" "$p50" "$p95" "$mean"
}
ask "HF-søk" "$dir/ours" "$b/bench_query" "$dir/index" "$cases" "$questions" "$rounds"
a50=$p50 a95=$p95
for how in plain manual; do
    ask "raw Xapian, $how snippets" "$dir/raw-$how" "$b/bench_raw" query "$dir/raw" "$cases" "$questions" "$how" "$rounds"
    ratio "p50" "$a50" "$p50"
    ratio "p95" "$a95" "$p95"
done

echo "== the same, each asked once: nothing is known yet but what earlier questions left"
ask "HF-søk" "$dir/ours" "$b/bench_query" "$dir/index" "$cases" "$questions" 1
a50=$p50 a95=$p95
ask "raw Xapian, plain snippets" "$dir/raw-plain" "$b/bench_raw" query "$dir/raw" "$cases" "$questions" plain 1
ratio "p50" "$a50" "$p50"
ratio "p95" "$a95" "$p95"

echo "== the daemon, µs CPU a request over one connection"
ticks() { awk '{print $14 + $15}' "/proc/$pid/stat"; }
"$b/hfsok-searchd" --index "$dir/index" --listen 127.0.0.1:0 --threads 1 >"$dir/out" 2>"$dir/log" &
pid=$!
for _ in $(seq 300); do
    url=$(sed -n 's#.*\(http://[0-9.:]*\)/$#\1#p' "$dir/out")
    [ -n "$url" ] && break
    sleep 0.1
done
"$b/generate" urls "$cases" "$questions" | sed "s#.*#url = \"$url&\"\noutput = /dev/null#" >"$dir/urls"
curl -s -K "$dir/urls"
sleep 2
before=$(ticks)
for _ in $(seq "$rounds"); do curl -s -K "$dir/urls"; done
used=$(($(ticks) - before))
"$b/bench_query" "$dir/index" "$cases" "$questions" "$rounds" turn >"$dir/ours" # in the same order
read -r _ _ mean <<<"$(percentiles "$dir/ours")"
daemon=$(awk -v t="$used" -v hz="$(getconf CLK_TCK)" -v n="$((rounds * questions))" 'BEGIN {print t / hz / n * 1e6}')
printf '%-46s mean %8.0f\n%-46s mean %8.0f\n' "daemon" "$daemon" "the same in this process" "$mean"
ratio "" "$daemon" "$mean"
