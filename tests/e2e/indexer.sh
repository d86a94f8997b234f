# The indexer as a program: exit codes, bad files that are named while the rest is indexed, incremental runs,
# locks, and kills at random moments.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index=$work/index src=$work/src
mkdir "$src"

# CODE ARGS: the exit code of the indexer, with its words in $out and $err
code() {
    "$b/hfsok-indexer" "${@:2}" >"$work/stdout" 2>"$work/stderr" </dev/null
    is "exit code of hfsok-indexer ${*:2}" "$1" $?
    out=$(cat "$work/stdout") err=$(cat "$work/stderr")
}
# CODE ARGS: the same of the search
asked() {
    "$b/hfsok" --index "$index" "${@:2}" >"$work/stdout" 2>"$work/stderr" </dev/null
    is "exit code of hfsok ${*:2}" "$1" $?
    out=$(cat "$work/stdout") err=$(cat "$work/stderr")
}
total() { "$b/hfsok" --index "$index" --format json "$@" 2>/dev/null | jq .total; }
generation() { cut -d' ' -f3 "$index/current"; }
minutes() { # FILE BODY DATE WORD
    cat >"$1" <<END
Referat fra møte i $2
Helsefellesskapet Vestfold
Dato: $3

Til stede: Kari Nordby, Tønsberg kommune

Sak 01/24 Om $4
Kommunene orienterte om $4.
Vedtak: Saken om $4 tas til orientering.
END
}
minutes "$src/a.txt" 'strategisk samarbeidsutvalg (SSU)' 12.03.2024 ambulanse
minutes "$src/b.txt" 'strategisk samarbeidsutvalg (SSU)' 13.04.2024 jordmor
minutes "$src/c.txt" 'faglig samarbeidsutvalg (FSU)' 14.05.2024 tannlege

# --- usage: 2, with what would be right
code 2
has 'no path' 'ingen filer' "$err"
code 2 --index "$index"
code 2 --nonsense "$src"
has 'an unknown option is named' '--nonsense' "$err"
code 2 --stop-after=nothing "$src"
has 'what --stop-after takes' 'text, records' "$err"
code 2 --jobs 0 "$src"
code 2 --jobs mange "$src"
code 2 --jobs
code 0 --help
has 'help goes to stdout' 'Bruk:' "$out"
code 0 --version
is 'usage errors make no index' no "$([ -e "$index" ] && echo yes || echo no)"

# --- 0: everything read; the summary
code 0 --index "$index" "$src"
has 'the summary' '3 dokumenter lest, 0 uendret, 0 feilet' "$err"
has 'meetings, cases, decisions, attendees' '3 møter, 3 saker, 3 vedtak, 3 deltakere' "$err"
is 'nothing on stdout' '' "$out"
is 'a new word is found' 1 "$(total ambulanse --type case)"
first=$(generation)

# --- the second run reads nothing and serves the same generation; options after the path work too
code 0 "$src" --index "$index"
has 'unchanged' '0 dokumenter lest, 3 uendret' "$err"
is 'the same generation' "$first" "$(generation)"
touch "$src/a.txt"
code 0 --index "$index" "$src"
has 'a new time is no change' '0 dokumenter lest, 3 uendret' "$err"
is 'the same generation' "$first" "$(generation)"
HFSOK_INDEX=$index "$b/hfsok-indexer" --quiet "$src" 2>"$work/stderr"
is 'HFSOK_INDEX names the index' "0$first" "$?$(generation)"
is '--quiet is quiet' '' "$(cat "$work/stderr")"

# --- a file that has not been touched is not read; one that has is, whatever its time says
sleep 3
code 0 --index "$index" "$src"
touch -r "$src/a.txt" "$work/time"
sed -i 's/ambulanse/ambulanze/g' "$src/a.txt"
touch -r "$work/time" "$src/a.txt"
code 0 --index "$index" "$src"
has 'the same size and an old time: changed all the same' '1 dokumenter lest, 2 uendret' "$err"
cp "$src/a.txt" "$work/same" && sleep 3
code 0 --index "$index" "$src"
has 'nothing since' '0 dokumenter lest, 3 uendret' "$err"
mv "$work/same" "$src/a.txt"
code 0 --index "$index" "$src"
has 'another file with the same bytes is no change' '0 dokumenter lest, 3 uendret' "$err"
hashes=$(head -c 13 "$index/hashes")
sed -i 's/ambulanze/ambulanse/g' "$src/a.txt"
echo rubbish >"$index/hashes"
code 0 --index "$index" "$src"
has 'what is kept of them is a cache' '1 dokumenter lest, 2 uendret' "$err"
is 'and is made again' "$hashes" "$(head -c 13 "$index/hashes")"

# --- changed, moved and removed files
minutes "$src/b.txt" 'strategisk samarbeidsutvalg (SSU)' 13.04.2024 helsestasjon
code 0 --index "$index" "$src"
has 'a changed file' '1 dokumenter lest, 2 uendret' "$err"
is 'its old words are gone' 0 "$(total jordmor)"
is 'its new words are there' 1 "$(total helsestasjon --type case)"
id=$("$b/hfsok" --index "$index" --format json tannlege --type case | jq -r '.hits[0].id')
mkdir "$src/deep" && mv "$src/c.txt" "$src/deep/flyttet.txt"
code 0 --index "$index" "$src"
has 'a moved file is not read again' '0 dokumenter lest, 3 uendret' "$err"
is 'its id stays' "$id" "$("$b/hfsok" --index "$index" --format json tannlege --type case | jq -r '.hits[0].id')"
is 'its source is where it is now' "$src/deep/flyttet.txt" \
    "$("$b/hfsok" --index "$index" --format json tannlege --type case | jq -r '.hits[0].source')"
rm "$src/a.txt"
code 0 --index "$index" "$src"
is 'a removed file goes' 0 "$(total ambulanse)"
is 'the others stay' 2 "$(total --type meeting)"
code 0 --index "$index" --rebuild "$src"
is 'rebuilt' 2 "$(total --type meeting)"
is 'three generations at most' yes "$([ "$(ls -d "$index"/gen-* | wc -l)" -le 3 ] && echo yes)"

# --- 1: bad files are named with the reason, the rest is indexed
bad=$work/bad
mkdir -p "$bad/tom mappe" "$bad/under"
minutes "$bad/god.txt" 'lokalt samarbeidsutvalg (LSU)' 15.06.2024 legevakt
minutes "$bad/Referat – møte \"nr 1\" (endelig) åæø.txt" 'lokalt samarbeidsutvalg (LSU)' 15.08.2024 fysioterapi
minutes "$bad/-rf" 'lokalt samarbeidsutvalg (LSU)' 15.09.2024 ergoterapi
minutes "$bad/ny
linje.txt" 'lokalt samarbeidsutvalg (LSU)' 15.10.2024 ernæring
minutes "$bad/uten_ending" 'lokalt samarbeidsutvalg (LSU)' 15.11.2024 kosthold
minutes "$work/latin" 'lokalt samarbeidsutvalg (LSU)' 15.12.2024 tannhelse
iconv -f UTF-8 -t ISO-8859-1 "$work/latin" >"$bad/latin1.txt"
minutes "$work/utf16" 'lokalt samarbeidsutvalg (LSU)' 16.12.2024 hørsel
iconv -f UTF-8 -t UTF-16 "$work/utf16" >"$bad/utf16.txt"
: >"$bad/tom.txt"
printf ' \n\t\n\n' >"$bad/blank.txt"
printf '\177ELF\001\002\000\000\000\000' >"$bad/program.txt"
head -c 5000 /dev/urandom >"$bad/støy.txt"
printf 'Referat\000\000\000\001\002\003\004\005\006' >"$bad/nul.txt"
ln -s god.txt "$bad/lenke.txt"
ln -s borte.txt "$bad/død.txt"
mkfifo "$bad/rør.txt"
printf 'PK\003\004rubbish' >"$bad/pakket.docx"
code 1 --index "$index" --report "$work/report.json" "$bad" "$work/finnes-ikke"
for name in tom.txt blank.txt program.txt støy.txt nul.txt lenke.txt død.txt rør.txt pakket.docx; do
    line=$(grep -F "$bad/$name: " "$work/stderr")
    is "$name is named" yes "$([ -n "$line" ] && echo yes)"
    has "$name has a reason" "$name: " "$line"
    is "$name: one reason, in words" yes "$([ "${#line}" -gt $((${#bad} + ${#name} + 20)) ] && echo yes)"
done
has 'a path that is not there' "$work/finnes-ikke: finnes ikke" "$err"
for word in legevakt fysioterapi ergoterapi ernæring kosthold tannhelse hørsel; do
    is "the rest is indexed: $word" 1 "$(total "$word" --type case)"
done
is 'nothing good is among the failures' '' "$(grep -E 'god.txt|utf16.txt|latin1.txt|uten_ending' "$work/stderr")"
is 'the report names as many as stderr' "$(grep -c "^hfsok-indexer: $work" "$work/stderr")" "$(jq '.failures | length' "$work/report.json")"
is 'each with source and reason' 0 "$(jq '[.failures[] | select((.source | length) == 0 or (.reason | length) < 5)] | length' "$work/report.json")"
report() { jq -r "$1" "$work/report.json"; }
is 'the report tells of every document' "$(report '.read + .unchanged + (.failures | length)')" \
    "$(report '[.documents[] | select(.status != "kept")] | length')"
is 'each one once, in order' "$(report '[.documents[].source] | unique | length')" "$(report '.documents | length')"
is 'its form and its meeting' 'text/plain text true 1 1 1 0' \
    "$(report '.documents[] | select(.source | endswith("/god.txt")) | [.media_type, .text_layer, (.meeting | endswith("/LSU/2024-06-15")), (.counts | .cases, .decisions, .attendees), (.warnings | length)] | join(" ")')"
is 'a failed one has a reason' "$(report '[.failures[] | [.source, .reason]] | sort | tojson')" \
    "$(report '[.documents[] | select(.status == "failed") | [.source, .reason]] | sort | tojson')"
is 'one of an earlier run is kept' 2 "$(report '[.documents[] | select(.status == "kept" and .counts.cases == 1)] | length')"
is 'what was there before stays' 1 "$(total tannlege --type case)"
code 1 --index "$index" "$bad" "$work/finnes-ikke"
code 1 --index "$index" --report "$work/report.json" "$bad"
is 'what has not changed' 7 "$(report '[.documents[] | select(.status == "unchanged" and .counts.cases == 1)] | length')"
printf 'nå \1\2\0 ødelagt' >"$bad/god.txt"
code 1 --index "$index" --report "$work/report.json" "$bad"
is 'one that is broken now: why, and what stays of it' 'failed 1' \
    "$(report '.documents[] | select(.source | endswith("/god.txt")) | [.status, .counts.cases] | join(" ")')"
minutes "$bad/god.txt" 'lokalt samarbeidsutvalg (LSU)' 15.06.2024 legevakt
minutes "$work/id.txt" 'lokalt samarbeidsutvalg (LSU)' 15.06.2023 legevakt
echo 'Gjelder 010100 00110' >>"$work/id.txt"
cp "$bad/latin1.txt" "$work/kopi.txt"
for how in --records "--index $work/report"; do
    code 1 $how --report "$work/report.json" "$bad/latin1.txt" "$work/kopi.txt" "$work/id.txt" "$work/finnes-ikke"
    is "$how: every document, in order" 'read failed held_back double' "$(report '[.documents[].status] | join(" ")')"
    is "$how: both sources name the meeting" 1 "$(report '[.documents[].meeting | values] | unique | length')"
done
code 1 --index "$index" "$bad" "$work/finnes-ikke"
has 'the second time too' '0 dokumenter lest, 7 uendret' "$err"

# Links and pipes are refused as arguments as well, and never waited for.
code 1 --index "$work/other" "$bad/lenke.txt"
has 'a link' 'symbolsk lenke' "$err"
timeout 10 "$b/hfsok-indexer" --index "$work/other" "$bad/rør.txt" 2>"$work/stderr"
is 'a pipe is not waited for' 1 $?
code 1 --index "$work/other" "$bad/tom mappe"
has 'a folder without documents is named' 'tom mappe: ' "$err"

# A folder that has gone (not mounted) does not empty the index.
mv "$src" "$work/away"
code 1 --index "$index" "$src/"
is 'its documents stay' 1 "$(total tannlege --type case)"
mkdir "$src"
code 1 --index "$index" "$src"
is 'also where an empty folder stands in its place' 1 "$(total tannlege --type case)"
rmdir "$src" && mv "$work/away" "$src"
code 0 --index "$index" "$src"
is 'and all is as before' 1 "$(total tannlege --type case)"

# --- copies of one file, read at the same moment, share one entry of the cache
mkdir "$work/kopier"
for i in $(seq 60); do
    printf -v name '%*s' $((i * 3 % 100)) ''
    cp "$bad/latin1.txt" "$work/kopier/${name// /n}$i.txt"
done
code 0 --index "$work/index-kopier" --report "$work/report.json" "$work/kopier"
is 'one meeting of 60 copies' '60 59 1' "$(report '[.read, .doubles, .meetings] | join(" ")')"
is 'each has an entry' 60 "$(report '.documents | length')"

# --- 3: an index that cannot be opened or written
echo text >"$work/file"
code 3 --index "$work/file/index" "$src"
is 'one line says why' 1 "$(grep -c '^hfsok-indexer: ' <<<"$err")"
mkdir "$work/foreign" && echo x >"$work/foreign/bilde.jpg"
code 3 --index "$work/foreign" "$src"
has 'a folder of something else is left alone' 'ikke en indeks' "$err"
code 3 --index "$work/foreign" --rebuild "$src"
is 'even with --rebuild' bilde.jpg "$(ls "$work/foreign")"
code 3 --index /proc/hfsok "$src"
if [ -w /dev/full ]; then
    "$b/hfsok-indexer" --records "$src" >/dev/full 2>"$work/stderr"
    is 'records into a full disk' 3 $?
fi

# --- 3 and 6: damage; --rebuild makes it good
code 0 --index "$index" "$src"
damage() { # FILE
    printf 'X' | dd of="$1" bs=1 seek=40 conv=notrunc 2>/dev/null
}
damage "$index/gen-$(printf %06d "$(generation)")/db/postlist.glass"
asked 6 tannlege
has 'the search says so' 'skadet' "$err"
is 'no empty answer' '' "$out"
code 3 --index "$index" "$src"
has 'so does the indexer' 'rebuild' "$err"
timeout 10 "$b/hfsok-searchd" --index "$index" --listen 127.0.0.1:0 2>"$work/stderr"
is 'and the daemon' 6 $?
code 0 --index "$index" --rebuild "$src"
asked 0 tannlege
echo rubbish >"$index/current"
asked 6 tannlege
code 0 --index "$index" --rebuild "$src"
asked 0 tannlege

# --- 5: another schema
echo 'hfsok-index 99 1' >"$index/current"
code 5 --index "$index" "$src"
has 'what to do' '--rebuild' "$err"
asked 5 tannlege
timeout 10 "$b/hfsok-searchd" --index "$index" --listen 127.0.0.1:0 2>"$work/stderr"
is 'and the daemon' 5 $?
code 0 --index "$index" --rebuild "$src"

# --- the search: 0 found, 1 nothing, 2 bad query, 3 no index, 6 foreign
asked 0 tannlege
asked 1 finnesikkeher
asked 2 '"åpen frase'
asked 2 tannlege --region sørpå
asked 2 --nonsense
"$b/hfsok" --index "$work/none" tannlege 2>"$work/stderr" >"$work/stdout"
is 'no index' 3 $?
is 'in one line' 1 "$(grep -c . "$work/stderr")"
"$b/hfsok" --index "$work/foreign" tannlege 2>/dev/null
is 'a folder of something else' 6 $?
"$b/hfsok" --index "$work/file" tannlege 2>/dev/null
is 'a file of something else' 6 $?

# --- 4: locked by another run
exec 9>"$index/lock"
flock -n 9 || fail 'the lock is held by nobody'
code 4 --index "$index" "$src"
has 'said in words' 'annen kjøring' "$err"
code 4 --index "$index" --rebuild "$src"
asked 0 tannlege # who reads needs no lock
exec 9>&-
code 0 --index "$index" "$src"
for i in 1 2 3 4; do
    "$b/hfsok-indexer" --quiet --rebuild --index "$index" tests/corpus >/dev/null 2>&1 &
done
codes=
for p in $(jobs -p); do
    wait "$p"
    codes="$codes $?"
done
is 'of four runs at once each ends well or is locked out' '' "$(tr -d ' 04' <<<"$codes" | tr -d '\n')"
has 'one at least did it' 0 "$codes"
is 'the index is whole' "$("$b/hfsok-indexer" --records tests/corpus 2>/dev/null | jq -s 'map(select(.type == "meeting")) | length')" \
    "$(total --type meeting)"

# --- word lists that are not there or damaged are not the index's fault
mkdir "$work/lists" && cp "$b"/data/*.t* "$b"/data/*.json "$work/lists"
for table in none x; do
    [ "$table" = x ] && echo 'not a table of words' >"$work/lists/lemmas.dat"
    HFSOK_DATA=$work/lists "$b/hfsok-indexer" --index "$work/other" "$src" 2>"$work/stderr"
    is 'word lists' 3 $?
    has 'the file is named' lemmas.dat "$(cat "$work/stderr")"
done

# --- nothing of this needs an index
code 0 --records "$src"
is 'records are JSON' 2 "$(jq -s '[.[] | select(.type == "meeting")] | length' <<<"$out")"
code 0 --stop-after=terms "$src"
has 'terms: type, field, kind, position, term' "$(printf 'case\ts\tx\t')" "$out"
code 0 --stop-after=text "$src"

bash tests/kill.bash "$b" 40 >"$work/kills" || fail "$(cat "$work/kills")"
cat "$work/kills"
finish
