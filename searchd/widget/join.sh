#!/bin/sh
# join.sh FILE…: prints modules as one, in the order given, which is that in which they need each other: without imports,
# exports, comments and indents. Names are unique across them. A stylesheet is printed in the same way.
set -eu
sed 's/^ *//; /^\/\*.*\*\/$/d; /^\/\*/,/\*\/$/d; /^\/\//d; /^$/d; /^import /d; s/^export //' "$@"
