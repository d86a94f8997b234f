# A daemon that ends and one whose index changes: nobody is cut off, nothing bad is served.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
first=$(ls tests/corpus/*.txt | head -n 1)
# shellcheck disable=SC2046
index_sample $(ls tests/corpus/*.txt | tail -n +2)
serve

# --- a new generation is served within seconds, the old one until then
before=$(get /healthz | jq .generation)
total=$(get '/v1/search?type=meeting' | jq .total)
"$b/hfsok-indexer" --quiet --index "$work/index" tests/corpus >/dev/null 2>&1 || fail "indexing again"
for _ in $(seq 40); do
    is 'served meanwhile' 200 "$(status '/v1/search?q=LAR')"
    [ "$(get /healthz | jq .generation)" != "$before" ] && break
    sleep 0.1
done
is 'a new generation' true "$(get /healthz | jq ".generation > $before")"
is "the meeting of $first is there" $((total + 1)) "$(get '/v1/search?type=meeting' | jq .total)"
has 'said in the log' '"event":"generation"' "$(cat "$work/log")"

# --- a bad generation is refused, the good one served on
good=$(cat "$work/index/current")
now=$(get /healthz | jq .generation)
mkdir -p "$work/index/gen-000999/db" && echo rubbish >"$work/index/gen-000999/manifest"
echo '{}' >"$work/index/gen-000999/meta.json"
sed -i 's/ [0-9]*$/ 999/' "$work/index/current"
kill -HUP "$pid"
sleep 1.5
is 'served on' "$now" "$(get /healthz | jq .generation)"
is 'an answer still' true "$(get '/v1/search?q=LAR' | jq '.total > 0')"
is 'readyz says so' degraded "$(get /readyz | jq -r .status)"
is 'once in the log' 1 "$(grep -c '"event":"refused"' "$work/log")"
echo "$good" >"$work/index/current"
sleep 1.5
is 'good again' ready "$(get /readyz | jq -r .status)"

# --- SIGTERM: what has begun is answered, idle ones are closed, the end comes within 5 seconds
exec 7<>"/dev/tcp/127.0.0.1/$port" 8<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' >&8
sleep 0.3
printf 'GET /v1/search?q=LAR HTTP/1.1\r\nHo' >&7
sleep 0.2
began=$(date +%s%N)
kill -TERM "$pid"
sleep 0.5
(exec 6<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && fail 'a new connection is taken after SIGTERM'
printf 'st: x\r\n\r\n' >&7
answer=$(timeout 4 cat <&7)
has 'what had begun is answered' 'HTTP/1.1 200' "$answer"
has 'and then closed' 'Connection: close' "$answer"
timeout 4 cat <&8 >/dev/null
is 'an idle connection is closed' 0 $?
wait "$pid"
is 'exit code' 0 $?
pid=
ms=$((($(date +%s%N) - began) / 1000000))
[ "$ms" -lt 6000 ] || fail "it took $ms ms to end"

# --- other addresses
if [ -e /proc/net/if_inet6 ]; then
    "$b/hfsok-searchd" --index "$work/index" --listen '[::1]:0' >"$work/out" 2>"$work/log" &
    pid=$!
    sleep 1
    url=$(sed -n 's#.*\(http://\[::1\]:[0-9]*\)/$#\1#p' "$work/out")
    is 'IPv6' 200 "$(status /healthz -g)"
fi
finish
