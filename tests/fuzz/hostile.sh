#!/bin/sh
# hostile.sh BUILD [long]: files made to hurt, beside good ones. The good ones are read, each bad one is named with a
# reason, exit code 1, and none costs more than it may. quick: one folder at once; long: 1,000 good files, and each bad
# one alone with its time.
set -eu
b=$1 mode=${2:-quick}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0
complain() {
    echo "hostile: $*"
    failed=1
}

mkdir "$dir/bad" "$dir/good" "$dir/odd"
cc -std=c11 -D_GNU_SOURCE -O1 -o "$dir/make_hostile" tests/fuzz/make_hostile.c -larchive
"$dir/make_hostile" "$dir/bad"
cp tests/formats/hostile/encrypted.pdf "$dir/bad/kryptert.pdf"
id=ahus-fsu-2023-10-19
for e in docx odt pdf; do # cut off anywhere: a reason, or what was there
    head -c 1500 "tests/formats/$id.$e" >"$dir/bad/halv.$e"
    head -c 300 "tests/formats/$id.$e" >"$dir/bad/stump.$e"
done
head -c 3000 /dev/urandom >"$dir/bad/stoy.docx"
if [ "$mode" = quick ]; then # the slowest only in the long run
    rm -f "$dir/bad/mange-attributter.html" "$dir/bad/stor.html" "$dir/bad/pdfbombe.pdf" "$dir/bad/dyp.html"
fi

# Good ones under odd names, and with contents that their names deny.
cp tests/corpus/$id.txt "$dir/odd/-rf"
cp tests/corpus/$id.txt "$dir/odd/linje
skift.txt"
cp tests/corpus/$id.txt "$dir/odd/$(printf 'ugyldig\377navn.txt')"
cp tests/corpus/$id.txt "$dir/odd/\$(touch x);'\"&|.pdf"
cp tests/formats/$id.pdf "$dir/odd/egentlig-pdf.docx"
cp tests/formats/$id.docx "$dir/odd/egentlig-word.txt"
printf 'Sak 1/24 B\377\376r\nVedtak: Godkjent \303\n' >"$dir/odd/ugyldig-utf8.txt"
ln -s ../odd "$dir/odd/ring"
ln -s /etc/passwd "$dir/odd/lenke.txt"
mkfifo "$dir/odd/ror"
mkdir "$dir/odd/tom"
good=26
cp tests/corpus/*.txt "$dir/good"
if [ "$mode" = long ]; then
    i=0
    while [ $good -lt 1000 ]; do
        i=$((i + 1))
        for f in tests/formats/*.docx tests/formats/*.odt tests/formats/*.html tests/corpus/*.txt; do
            [ $good -lt 1000 ] || break
            cp "$f" "$dir/good/$i-$(basename "$f")"
            good=$((good + 1))
        done
    done
fi

odd=7
code=0
timeout 900 "$b/hfsok-indexer" --records --report "$dir/report.json" "$dir/good" "$dir/odd" "$dir/bad" \
    >"$dir/records" 2>"$dir/said" || code=$?
[ "$code" = 1 ] || complain "exit code $code instead of 1"
read=$(jq .read "$dir/report.json")
[ "$read" -ge $((good + odd)) ] || complain "$read read of $((good + odd)) good ones"
jq -r '.failures[] | .source + "\t" + .reason' "$dir/report.json" >"$dir/failures"
for f in "$dir"/bad/*; do
    name=$(basename "$f")
    case $name in
    halv.pdf | mange-linjer.docx | dyp.html | like-attributter.html | avkortet.rtf) continue ;; # may be read
    esac
    grep -q "/bad/$name	." "$dir/failures" || complain "$name is not among the failures"
done
grep -q "/odd/lenke.txt" "$dir/records" && complain "a symbolic link was followed"
grep -q "root:" "$dir/records" && complain "a local file came in by an entity"
grep -q "/odd/ror	." "$dir/failures" || complain "the pipe is not named"
grep "/odd/" "$dir/failures" | grep -v "/odd/\(ring\|lenke.txt\|ror\)	" && complain "an odd name was refused"
[ -e x ] && complain "a name was run by a shell"

if [ "$mode" = long ]; then
    for f in "$dir"/bad/*; do
        start=$(date +%s%N)
        timeout 60 "$b/hfsok-indexer" --records "$f" >/dev/null 2>"$dir/one" || true
        took=$((($(date +%s%N) - start) / 1000000))
        printf '%6d ms  %s  %s\n' $took "$(basename "$f")" "$(sed -n 's/^hfsok-indexer: [^:]*: //p' "$dir/one" | head -1)"
        [ $took -lt 35000 ] || complain "$(basename "$f") took $took ms"
    done
fi
[ $failed = 0 ] || cat "$dir/failures"
exit $failed
