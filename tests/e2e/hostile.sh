#!/bin/sh
# The quick part of the hostile files; `make check-long` has all. Sanitizers take more than they may: there they have
# damaged input of their own (unit/test_mutate.c).
case $1 in */san) exit 0 ;; esac
exec tests/fuzz/hostile.sh "$1" quick
