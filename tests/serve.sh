#!/bin/sh
# serve.sh BUILD CORPUS INDEX PORT: indexes a folder and serves it; for `make run`.
set -eu
b=$1 corpus=$2 index=$3 port=$4
code=0
"$b/hfsok-indexer" --index "$index" "$corpus" || code=$?
# 1: some documents could not be read; the rest is indexed and they are named above.
[ "$code" -le 1 ] || exit "$code"
cat <<TXT

Try:
    http://127.0.0.1:$port/?q=LAR
    curl -s 'http://127.0.0.1:$port/v1/search?q=PLL&type=decision&region=vest' | jq .total
    $b/hfsok --index $index search LAR --type decision

TXT
exec "$b/hfsok-searchd" --index "$index" --listen "127.0.0.1:$port"
