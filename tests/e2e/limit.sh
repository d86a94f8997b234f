# --rate-limit: what a client may ask in a minute; what it is told; that others are not touched.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve
is "none unless asked for" '' "$(header RateLimit-Limit '/v1/search?q=LAR')"
for _ in $(seq 40); do status '/v1/search?q=LAR'; done | grep -q 429 && fail "a limit that nobody asked for"
stop
for bad in 0 29 1000001 -5 x 60x ''; do
    "$b/hfsok-searchd" --index "$work/index" --listen 127.0.0.1:0 --rate-limit "$bad" >/dev/null 2>&1
    is "--rate-limit $bad" 2 $?
done

serve --rate-limit 60
from() { echo "X-Forwarded-For: $1"; }
as() { status "$2" -H "$(from "$1")"; }
left() { header RateLimit-Remaining "$2" -H "$(from "$1")"; }
q='/v1/search?q=LAR'
is "a full bucket less a search" 58 "$(left 198.51.100.1 "$q")"
is "the size" 60 "$(header RateLimit-Limit "$q" -H "$(from 198.51.100.2)")"
is "the window" '60;w=60' "$(header RateLimit-Policy "$q" -H "$(from 198.51.100.2)")"
reset=$(header RateLimit-Reset "$q" -H "$(from 198.51.100.2)")
is "full again in $reset seconds" true "$([ "$reset" -ge 5 ] && [ "$reset" -le 6 ] && echo true)"
# COST PATH: what a route costs, each from an address of its own
n=10
cost() {
    n=$((n + 1))
    is "$2 costs $1" $((60 - $1)) "$(left "198.51.100.$n" "$2")"
}
cost 1 /v1/records/hf-bergen/SSU/2024-03-14
cost 1 /v1/no/such
cost 2 '/sok?q=LAR'
cost 2 '/v1/search?q=(LAR'
cost 5 /v1/coverage
cost 10 '/v1/compare?q=LAR'
cost 22 '/v1/search?q=LAR&format=csv'
for path in /healthz /metrics /robots.txt /openapi.json; do
    is "$path costs nothing" '' "$(header RateLimit-Remaining "$path" -H "$(from 198.51.100.99)")"
done
is "OPTIONS costs nothing" '' "$(header RateLimit-Remaining "$q" -X OPTIONS -H "$(from 198.51.100.99)")"
is "one bucket for all routes" 48 "$(status "$q" -H "$(from 198.51.100.50)" >/dev/null; left 198.51.100.50 '/v1/timeline?q=LAR')"

# A slow machine gives points back meanwhile.
n=0
while [ $n -lt 200 ] && [ "$(as 203.0.113.5 "$q")" = 200 ]; do n=$((n + 1)); done
is "thirty searches or some more, not 200 ($n)" true "$([ $n -ge 30 ] && [ $n -lt 200 ] && echo true)"
until [ "$(as 203.0.113.5 '/v1/records/no/such')" = 429 ]; do :; done
page=$(headers "$q" -H "$(from 203.0.113.5)")
retry=$(sed -n 's/^Retry-After: //p' <<<"$page")
is "Retry-After: a second or two" true "$([ "$retry" -ge 1 ] && [ "$retry" -le 2 ] && echo true)"
has "as a problem" 'application/problem+json' "$page"
has "that says when" 'Prøv igjen om' "$(get "$q" -H "$(from 203.0.113.5)")"
has "with the limit" 'RateLimit-Remaining: 0' "$page"
has "not kept" 'no-store' "$page"
has "readable for other sites" 'Access-Control-Allow-Origin: *' "$page"
has "a page for a page" '<h1' "$(get '/sok?q=LAR' -H "$(from 203.0.113.5)")"
is "watchers still get in" 200 "$(as 203.0.113.5 /healthz)"
is "others too" 200 "$(as 203.0.113.6 "$q")"
has "it is counted" 'hfsok_limited_total' "$(get /metrics | grep -v 'hfsok_limited_total 0')"
sleep "$retry"
sleep 1
is "after that time" 200 "$(as 203.0.113.5 "$q")"

# Many addresses: memory stays where it is (under sanitizers, which keep what was freed, it cannot).
before=$(awk '/VmRSS/ {print $2}' "/proc/$pid/status")
for i in $(seq 0 99); do
    for k in $(seq 0 99); do
        printf 'next\nurl = "%s/healthz"\nurl = "%s/r/x"\noutput = /dev/null\noutput = /dev/null\nsilent\nheader = "X-Forwarded-For: 10.9.%d.%d"\n' "$url" "$url" "$i" "$k"
    done
done | sed 1d | curl -s -K - >/dev/null 2>&1
after=$(awk '/VmRSS/ {print $2}' "/proc/$pid/status")
case $b in */san) ;; *) is "10,000 addresses, 2 MB more at most ($before, $after kB)" true "$([ $((after - before)) -lt 2048 ] && echo true)" ;; esac
finish
