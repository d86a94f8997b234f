# /v1/compare and /v1/timeline: the same hits as the search, by helsefellesskap and by year, beside what was searched.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

# --- compare
all=$(get '/v1/compare?q=PLL&size=100')
is "all nineteen have a column" 19 "$(jq '.columns|length' <<<"$all")"
is "the total is the search's" "$(get '/v1/search?q=PLL&type=decision' | jq .total)" "$(jq .total <<<"$all")"
is "the columns hold the search's decisions" \
    "$(get '/v1/search?q=PLL&type=decision&size=100' | jq -c '[.hits[].id]|sort')" \
    "$(jq -c '[.columns[].decisions[].id]|sort' <<<"$all")"
is "each in its own column" true \
    "$(jq '[.columns[]|.helsefellesskap as $h|.decisions[]|.helsefellesskap == $h]|all' <<<"$all")"
is "oldest first" true "$(jq '[.columns[]|[.decisions[].date|select(. != null)]|. == sort]|all' <<<"$all")"
is "the states" 'decided mentioned nothing' "$(get '/v1/compare?q=jordmor' | jq -r '[.columns[].state]|unique|join(" ")')"
is "decided is what has decisions" true "$(jq '[.columns[]|(.state == "decided") == (.total > 0)]|all' <<<"$all")"
is "mentioned has cases" true "$(get '/v1/compare?q=jordmor' | jq '[.columns[]|select(.state == "mentioned")|.mentions > 0]|all')"
is "a year without meetings is not «nothing»" not_held \
    "$(get '/v1/compare?q=PLL&helsefellesskap=hf-agder&year=2019' | jq -r '.columns[].state')"
is "no more than asked for, counted all the same" true \
    "$(get '/v1/compare?q=kommunene&size=1' | jq '[.columns[]|(.decisions|length) == ([.total, 1]|min)]|all')"
is "only the columns asked for" 'hf-bergen hf-fonna' \
    "$(get '/v1/compare?q=PLL&helsefellesskap=hf-fonna&helsefellesskap=hf-bergen' | jq -r '[.columns[].helsefellesskap]|sort|join(" ")')"
is "hits are marked" true "$(jq '[.columns[].decisions[]|has("segments") and has("citation")]|all' <<<"$all")"
is "a wrong query is named" 400 "$(status '/v1/compare?q=(PLL')"
is "no page here" 400 "$(status '/v1/compare?q=PLL&page=2')"

# --- timeline
line() { get "/v1/timeline?q=LAR$1"; }
is "four regions" 'nord midt vest sor-ost' "$(line '' | jq -r '[.series[].value]|join(" ")')"
is "decisions, where nothing else is asked for" "$(get '/v1/search?q=LAR&type=decision' | jq .total)" "$(line '' | jq .total)"
is "the years sum to the total" "$(line '' | jq .total)" "$(line '' | jq '[.series[].years[].hits]|add')"
is "the years are the facet's" "$(get '/v1/search?q=LAR&type=decision' | jq -c '[.facets.year[]|[.value,.count]]|sort')" \
    "$(line '' | jq -c '[.series[].years[]]|group_by(.year)|map([(.[0].year|tostring), (map(.hits)|add)])|map(select(.[1] > 0))|sort')"
is "the meetings sum to what was searched" "$(get '/v1/search?q=LAR' | jq .recall.meetings_searched)" \
    "$(line '' | jq '[.series[].years[].meetings]|add')"
is "every series has the same years, without holes" true \
    "$(line '' | jq '[.series[].years|map(.year)]|unique|length == 1 and (.[0]|. == [range(.[0]; .[-1] + 1)])')"
is "by helsefellesskap" 19 "$(line '&by=helsefellesskap' | jq '.series|length')"
is "by group, a case counts in each of its groups" \
    "$(get '/v1/search?q=LAR&type=decision' | jq '[.facets.group[].count]|add')" \
    "$(line '&by=group' | jq '[.series[].years[].hits]|add')"
is "filters narrow both" "$(get '/v1/search?q=LAR&type=case&region=vest' | jq -c '[.total, .recall.meetings_searched]')" \
    "$(line '&type=case&region=vest' | jq -c '[.total, ([.series[].years[].meetings]|add)]')"
is "open ones beside all meetings searched" "$(line '' | jq '[.series[].years[].meetings]|add')" \
    "$(line '&open=true' | jq '[.series[].years[].meetings]|add')"
is "an unknown series is named" 400 "$(status '/v1/timeline?q=LAR&by=regoin')"
has "and the nearest offered" region "$(get '/v1/timeline?q=LAR&by=regoin' | jq -r .detail)"
is "by is the timeline's alone" 400 "$(status '/v1/search?q=LAR&by=region')"
finish
