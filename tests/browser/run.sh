#!/bin/sh
# run.sh BUILD [WORD]: the pages and the widget in a real browser; with WORD, the tests whose name holds it.
#
# Installs what is missing: Debian's chromium, nodejs and npm; from npm two packages that the lock file pins. Exit 77
# where that cannot be; where CI or HFSOK_NO_SKIP is set, that is a failure.
set -eu
cd "$(dirname "$0")/../.."
skip() {
    echo "SKIP the browser tests: $*"
    [ -z "${CI:-}${HFSOK_NO_SKIP:-}" ] || exit 1
    exit 77
}
find_browser() {
    for name in ${HFSOK_BROWSER:-} chromium chromium-browser google-chrome; do
        command -v "$name" && return
    done
    return 1
}
missing=
find_browser >/dev/null || missing=chromium
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
# shellcheck disable=SC2086
[ -z "$missing" ] || tests/deps.sh $missing || skip "cannot install $missing"
HFSOK_BROWSER=$(find_browser)
export HFSOK_BROWSER
modules=tests/browser/node_modules
if ! cmp -s tests/browser/package-lock.json "$modules/installed-lock.json"; then
    (cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --silent) || skip "npm ci failed"
    cp tests/browser/package-lock.json "$modules/installed-lock.json"
fi
HFSOK_BUILD=$PWD/$1 HFSOK_DATA=$PWD/$1/data node tests/browser/suite.mjs "${2:-}"
