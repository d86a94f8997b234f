# The pages' templates are data: what an operator changes in them shows, what breaks their rules is named at the start.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
mkdir "$work/data" "$work/data/templates"
ln "$b"/data/*.* "$work/data" 2>/dev/null || cp "$b"/data/*.* "$work/data" # symbolic links are not followed
cp "$b"/data/templates/* "$work/data/templates"
foot=$work/data/templates/foot.mustache

serve
before=$(header ETag /)
is 'the mark holds while nothing changes' "$before" "$(header ETag /)"
api=$(header ETag '/v1/search?q=LAR')
stop

export HFSOK_DATA=$work/data
sed -i 's|<p>{{FOOTER}}</p>|<p>{{FOOTER}} <em id="egen">{{page_lang}} \& {{page_query}}</em></p>|' "$foot"
serve
has 'an edited template shows' '<em id="egen">nb & &lt;b&gt;</em>' "$(get '/sok?q=%3Cb%3E')"
has 'in each language' '<em id="egen">nn & ' "$(get '/?lang=nn')"
is 'and readers do not keep the page of before' no "$([ "$(header ETag /)" = "$before" ] && echo yes || echo no)"
is 'the API is another matter' "$api" "$(header ETag '/v1/search?q=LAR')"
stop

# WHAT, WHAT IS SAID: the daemon does not start.
refused() {
    timeout 20 "$b/hfsok-searchd" --index "$work/index" --listen 127.0.0.1:0 >"$work/out" 2>"$work/log"
    is "$1: the exit code" 70 $?
    has "$1: file and line" "$2" "$(cat "$work/log")"
}
cp "$foot" "$work/good"
{ cat "$work/good" && echo '{{{page_query}}}'; } >"$foot"
refused 'a value that is not escaped' "foot.mustache:$(wc -l <"$foot"): "
sed 's/{{FOOTER}}/{{FOTER}}/' "$work/good" >"$foot"
refused 'a text that is not in the table' '«FOTER»'
sed 's|{{FOOTER}}|{{#x}}|' "$work/good" >"$foot"
refused 'a section that is not closed' 'foot.mustache:'
cp "$work/good" "$foot"
mv "$work/data/templates/front.mustache" "$work/front"
refused 'a page without its template' 'front.mustache'
rm -r "$work/data/templates"
refused 'no templates at all' 'templates/front.mustache: finnes ikke'
finish
