#!/bin/sh
# mklemmas.sh MKLEMMA SUPPLEMENT OUT: makes the lemma table out of Debian's apertium-nno-nob and wnorwegian.
# Needs lt-print (lttoolbox-dev). Takes about 30 s on two idle cores and half a gigabyte of memory.
set -eu
LC_ALL=C
export LC_ALL

mklemma=$1 supplement=$2 out=$3
data=${APERTIUM_NNO_NOB:-/usr/share/apertium/apertium-nno-nob}
dict=${WNORWEGIAN:-/usr/share/dict}
work=$out.work

for f in "$data/nob-nno.automorf.bin" "$dict/bokmaal" "$dict/nynorsk"; do
    [ -r "$f" ] || { echo "$0: $f is missing: apt install apertium-nno-nob wnorwegian lttoolbox-dev" >&2; exit 1; }
done
command -v lt-print >/dev/null || { echo "$0: lt-print is missing: apt install lttoolbox-dev" >&2; exit 1; }

rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

print_all() {
    for name; do
        lt-print "$data/$name.bin" >"$work/$name.att" || return 1
    done
}

echo "lemma table: unpacking the dictionaries (about 15 s)"
print_all nob-nno.automorf nno-nob.autogen nob-nno.autobil &
other=$!
print_all nno-nob.automorf nob-nno.autogen nno-nob.autobil
wait "$other"

echo "lemma table: compiling (about 15 s)"
"$mklemma" "$work" "$supplement" "$dict/bokmaal" "$dict/nynorsk" "$out.new"
mv "$out.new" "$out"
