# The pages and the widget in a real browser; tests/browser/run.sh says what that needs.
exec tests/browser/run.sh "$1"
