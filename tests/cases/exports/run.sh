#!/bin/sh
# run.sh BUILD: what the objects of shim/ export are the functions that its headers declare, and nothing else;
# no C++ symbol of ours crosses the boundary.
set -eu
b=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# mklemma is a program of its own.
objects=$(for f in shim/*.c shim/*.cc; do case $f in shim/mk*) ;; *) echo "$b/${f%.*}.o" ;; esac done)
# Weak symbols are templates and type infos of Xapian's headers; what the .cc files share among themselves is hidden.
# shellcheck disable=SC2086
readelf -sW $objects | awk '$5 == "GLOBAL" && $6 == "DEFAULT" && $7 ~ /^[0-9]/ { print $8 }' | grep -v '^__\|asan\|odr' |
    sort -u >"$work/exported"
for f in shim/*.h; do
    case $f in shim/mk*) ;; *) echo "#include \"$f\"" ;; esac
done >"$work/all.c"
# Of the headers after the preprocessor, what stands outside of braces, one declaration a line; the name stands
# before the first bracket.
cc -D_GNU_SOURCE '-D__attribute__(x)=' -E -I. "$work/all.c" |
    awk '/^# / { ours = $3 ~ /"(\.\/)?shim\//; next } ours' | tr '\n' ' ' |
    awk '{
        for (i = 1; i <= length($0); i++) {
            c = substr($0, i, 1)
            if (c == "{") depth++
            if (!depth && c != ";") line = line c
            if ((c == ";" && !depth) || (c == "}" && --depth == 0 && line ~ /\)/)) { print line; line = "" }
        }
    }' | grep -v 'typedef\|static' |
    sed -n -e 's/^[^(]*extern[^(]*[ *]\([a-z][a-z0-9_]*\)\(\[[^]]*\]\)\{0,1\} *$/\1/p' \
        -e 's/^[^(]*[ *]\([a-z][a-z0-9_]*\) *(.*/\1/p' | sort -u >"$work/declared"
if ! diff "$work/declared" "$work/exported" >"$work/diff"; then
    echo "declared (<) and exported (>) in shim/ differ:"
    cat "$work/diff"
    exit 1
fi
[ "$(grep -c '^hf_' "$work/exported")" -gt 100 ] || { echo "too few functions are seen" && exit 1; }
