#!/bin/sh
# The quick part of the hostile files; `make check-long` has all.
exec tests/fuzz/hostile.sh "$1" quick
