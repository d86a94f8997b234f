# kill.bash BUILD N: kills the indexer N times at random moments. Whatever the moment, the folder names a
# whole generation: the last one that a run reported, or the one that the killed run was about to.
set -u
b=$1 n=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset HFSOK_INDEX HFSOK_SERVER
failures=0
fail() {
    echo "FAIL $*"
    failures=$((failures + 1))
}

mkdir "$work/sources"
cp tests/corpus/*.txt "$work/sources"
minutes() { # WORD: the meeting that changes from run to run
    cat >"$work/sources/changes.txt" <<END
Referat fra møte i strategisk samarbeidsutvalg (SSU)
Helsefellesskapet Vestfold
Dato: 12.03.2024

Til stede: Kari Nordby, Tønsberg kommune

Sak 01/24 Om $1
Kommunene orienterte om $1.
Vedtak: Saken om $1 tas til orientering.
END
}
run() { "$b/hfsok-indexer" --quiet --index "$work/index" "$work/sources" >"$work/out" 2>&1; }
total() { "$b/hfsok" --index "$work/index" --format json --type meeting 2>"$work/err" | sed -n 's/.*"total":\([0-9]*\).*/\1/p'; }
word() { printf 'prøveord%s' "$(echo "$1" | tr 0-9 a-j)"; }

minutes "$(word 0)"
run || { fail "the first run: $(cat "$work/out")"; exit 1; }
minutes "$(word 00)"
start=$(date +%s%N)
run || fail "the second run: $(cat "$work/out")"
took=$((($(date +%s%N) - start) / 1000)) # microseconds of one run, about
meetings=$(total)
acknowledged=$(word 00) ended=0 published=0
for i in $(seq "$n"); do
    next=$(word "$i")
    minutes "$next"
    rebuild=
    [ $((i % 7)) = 0 ] && rebuild=--rebuild
    # shellcheck disable=SC2086
    "$b/hfsok-indexer" --quiet $rebuild --index "$work/index" "$work/sources" >"$work/out" 2>&1 &
    pid=$!
    sleep "$(awk -v r="$RANDOM" -v t="$took" 'BEGIN { printf "%.6f", r / 32768 * t * 1.05 / 1e6 }')"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    code=$?
    # The command line verifies the manifest of an index of this size whenever it opens it.
    is=$(total) || true
    [ "$is" = "$meetings" ] || fail "round $i: ${is:-no} meetings instead of $meetings: $(head -c 300 "$work/err")"
    old=$("$b/hfsok" --index "$work/index" --format json "eksakt:$acknowledged" 2>/dev/null | grep -c '"total":[1-9]')
    new=$("$b/hfsok" --index "$work/index" --format json "eksakt:$next" 2>/dev/null | grep -c '"total":[1-9]')
    case $code-$old-$new in
    0-0-1) ended=$((ended + 1)) acknowledged=$next ;;
    137-1-0) ;;
    137-0-1) published=$((published + 1)) acknowledged=$next ;;
    *) fail "round $i: exit $code, the old one is found $old, the new one $new: $(cat "$work/out")" ;;
    esac
    # shellcheck disable=SC2012
    [ "$(ls -d "$work"/index/gen-* | wc -l)" -le 4 ] || fail "round $i: too many generations stay"
done
minutes "$(word x)"
run || fail "the last run: $(cat "$work/out")"
[ "$(total)" = "$meetings" ] || fail "after the last run: $(total) meetings"
[ -e "$work/index/new" ] && fail "the last run leaves its working folder"
# shellcheck disable=SC2012
[ "$(ls -d "$work"/index/gen-* | wc -l)" -le 3 ] || fail "the last run leaves old generations"
echo "$n kills: $ended came too late, $published after the pointer was written, $failures failures"
[ "$failures" = 0 ]
