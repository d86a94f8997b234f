# What comes over the wire and is no good request: refused with a status and a closed connection, or answered.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve
trap '' PIPE # the daemon may close before all is sent
h='Host: x\r\n'

# NAME STATUS CLOSED(yes|no|either) BYTES
wire() {
    local got
    raw "$4" 2 >"$work/raw" # not in a subshell: it sets $closed
    got=$(head -c 12 "$work/raw")
    is "$1" "$2" "${got#HTTP/1.? }"
    case $3 in
    yes) is "$1: closed" 0 "$closed" ;;
    no) is "$1: left open" 124 "$closed" ;;
    esac
    # libmicrohttpd 0.9.75 writes the head of its own refusals (a Content-Length that is no number) twice.
    [ "$1" = 'no number' ] || [ "$1" = 'a negative length' ] ||
        is "$1: one answer" 1 "$(grep -ac '^HTTP/1' "$work/raw")"
}
wire 'an honest one' 200 no "GET /healthz HTTP/1.1\r\n$h\r\n"
wire 'HTTP/1.0' 200 yes 'GET /healthz HTTP/1.0\r\n\r\n'
wire 'an empty body' 200 no "GET /healthz HTTP/1.1\r\n${h}Content-Length: 0\r\n\r\n"
wire 'absolute form' 200 no "GET http://x/healthz HTTP/1.1\r\n$h\r\n"
wire 'a body' 400 yes "GET /healthz HTTP/1.1\r\n${h}Content-Length: 5\r\n\r\nhello"
wire 'a body that is a request' 400 yes "GET /healthz HTTP/1.1\r\n${h}Content-Length: 34\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
wire 'Transfer-Encoding' 400 yes "GET /healthz HTTP/1.1\r\n${h}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
wire 'Transfer-Encoding and a blank' 400 yes "GET /healthz HTTP/1.1\r\n${h}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"
wire 'both lengths' 400 yes "GET /healthz HTTP/1.1\r\n${h}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n"
wire 'two lengths' 400 yes "GET /healthz HTTP/1.1\r\n${h}Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello"
wire 'the same length twice' 400 yes "GET /healthz HTTP/1.1\r\n${h}Content-Length: 0\r\nContent-Length: 0\r\n\r\n"
wire 'no number' 400 yes "GET /healthz HTTP/1.1\r\n${h}Content-Length: x\r\n\r\n"
wire 'a negative length' 400 yes "GET /healthz HTTP/1.1\r\n${h}Content-Length: -1\r\n\r\n"
wire 'no Host' 400 yes 'GET /healthz HTTP/1.1\r\n\r\n'
wire 'two Hosts' 400 yes "GET /healthz HTTP/1.1\r\n$h$h\r\n"
wire 'POST' 405 yes "POST /v1/search HTTP/1.1\r\n${h}Content-Length: 3\r\n\r\nq=a"
wire 'POST in chunks' 405 yes "POST /v1/search HTTP/1.1\r\n${h}Transfer-Encoding: chunked\r\n\r\n3\r\nq=a\r\n0\r\n\r\n"
wire 'an unknown method' 405 yes "FOO /v1/search HTTP/1.1\r\n$h\r\n"
wire 'a method in lower case' 405 yes "get /v1/search HTTP/1.1\r\n$h\r\n"
wire 'OPTIONS of all' 204 no "OPTIONS * HTTP/1.1\r\n$h\r\n"
wire 'a long address' 414 yes "GET /v1/search?q=$(printf 'a%.0s' $(seq 9000)) HTTP/1.1\r\n$h\r\n"
wire 'a very long address' 414 yes "GET /v1/search?q=$(printf 'aaaaaaaaaa%.0s' $(seq 5000)) HTTP/1.1\r\n$h\r\n"
wire 'many parameters' 400 no "GET /v1/search?$(printf 'q&%.0s' $(seq 1000)) HTTP/1.1\r\n$h\r\n"
wire 'many headers' 431 yes "GET /healthz HTTP/1.1\r\n$h$(printf 'X-%s: y\\r\\n' $(seq 3000))\r\n"
wire 'Latin-1 in the address' 404 no "GET /m\xf8te HTTP/1.1\r\n$h\r\n"
wire 'NUL in the address' 404 no "GET /r/a%%00b HTTP/1.1\r\n$h\r\n"
wire 'another version' 505 yes "GET /healthz HTTP/2.0\r\n$h\r\n"
raw '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n' 8 >/dev/null
is 'TLS: closed' 0 "$closed"
raw "GET /healthz HTTP/1.1\r\n$h\r\nGET /readyz HTTP/1.1\r\n${h}Connection: close\r\n\r\n" >"$work/raw"
is 'two in a row get two answers' 2 "$(grep -ac '^HTTP/1.1 200' "$work/raw")"

# --- slow ones are cut after 5 seconds, honest ones are served meanwhile
drip() {
    exec 8<>"/dev/tcp/127.0.0.1/$port"
    for _ in $(seq 40); do
        printf 'G' >&8 2>/dev/null || break
        sleep 0.5
    done
    exec 8<&- 8>&-
}
for _ in $(seq 20); do drip & done 2>/dev/null
drippers=$(jobs -p | grep -v "^$pid\$")
sleep 1
for _ in $(seq 10); do is 'served beside drippers' 200 "$(status /healthz)"; done
sleep 7
is 'drippers are cut' true "$(get /metrics | awk '/^hfsok_swept_total/ {print ($2 >= 20) ? "true" : "false"}')"
# shellcheck disable=SC2086
kill $drippers 2>/dev/null
exec 7<>"/dev/tcp/127.0.0.1/$port"
printf "GET /healthz HTTP/1.1\r\n$h\r\n" >&7
sleep 7
printf "GET /readyz HTTP/1.1\r\n${h}Connection: close\r\n\r\n" >&7
is 'an idle connection stays open' 2 "$(timeout 3 cat <&7 | grep -ac '^HTTP/1.1 200')"
exec 7<&- 7>&-
finish
