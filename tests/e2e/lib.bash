# What the tests of this folder share; sourced with the build folder as $1. Needs bash (for /dev/tcp), curl, jq.
set -u
unset HFSOK_INDEX HFSOK_SERVER PAGER NO_COLOR COLUMNS
b=$1
work=$(mktemp -d)
failures=0 checks=0 pid=
trap 'stop; rm -rf "$work"' EXIT

fail() {
    echo "FAIL $*"
    failures=$((failures + 1))
}
# NAME EXPECTED ACTUAL
is() { checks=$((checks + 1)); [ "$2" = "$3" ] || fail "$1: expected «$2», got «${3:0:400}»"; }
# NAME PART WHOLE
has() { checks=$((checks + 1)); [[ $3 == *"$2"* ]] || fail "$1: «$2» is not in «${3:0:400}»"; }
hasnt() { checks=$((checks + 1)); [[ $3 != *"$2"* ]] || fail "$1: «$2» is in «${3:0:400}»"; }
finish() {
    stop
    echo "$checks checks, $failures failed"
    exit $((failures > 0))
}

# Without this nothing else can be tested.
give_up() {
    fail "$@"
    finish
}

# Indexes the sample; FOLDER or files as arguments instead.
index_sample() {
    "$b/hfsok-indexer" --quiet --index "$work/index" "${@:-tests/corpus}" >"$work/indexer.out" 2>&1 ||
        give_up "the sample cannot be indexed: $(tail -n 3 "$work/indexer.out")"
}

# Starts the daemon on a free port and waits until it says where; more options as arguments.
serve() {
    : >"$work/out"
    "$b/hfsok-searchd" --index "$work/index" --listen 127.0.0.1:0 --threads 2 "$@" \
        >"$work/out" 2>"$work/log" &
    pid=$!
    for _ in $(seq 100); do
        url=$(sed -n 's#.*\(http://[0-9.:]*\)/$#\1#p' "$work/out")
        [ -n "$url" ] && break
        sleep 0.1
    done
    [ -n "$url" ] || give_up "the daemon does not serve: $(cat "$work/log")"
    port=${url##*:}
}
stop() {
    [ -n "$pid" ] && kill "$pid" 2>/dev/null && wait "$pid"
    ended=$? # the daemon's exit code
    pid=
}

get() { curl -s --max-time 20 "$url$1" "${@:2}"; }
status() { curl -s --max-time 20 -o /dev/null -w '%{http_code}' "$url$1" "${@:2}"; }
# The headers of a GET, without Date.
headers() { curl -s --max-time 20 -D - -o /dev/null "$url$1" "${@:2}" | tr -d '\r' | grep -iv '^date:'; }
# One header's value: NAME PATH...
header() { headers "${@:2}" | sed -n "s/^$1: //Ip"; }
# Bytes as given (printf's escapes) to a fresh connection; what comes back until it closes or 3 seconds.
raw() {
    exec 9<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf "$1" >&9 2>/dev/null
    timeout "${2:-3}" cat <&9 2>/dev/null | tr -d '\0'
    closed=${PIPESTATUS[0]} # 0: the server closed, 124: it did not
    exec 9<&- 9>&-
}
