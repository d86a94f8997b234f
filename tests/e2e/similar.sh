# What the others did about the same: /v1/cases/{id}/similar.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
. tests/e2e/lib.bash
index_sample
serve

similar() { get "/v1/cases/$1/similar"; }
pll=$(similar hf-st-olav/FSU/2025-04-03/10-2025)
ids() { jq -r '[.others[].case]|join(" ")'; }
is "PLL: the others with PLL or the list by its name" true "$(jq '[.others[]|.title|test("PLL|legemiddelliste";"i")]|all' <<<"$pll")"
is "eight of them at least" true "$(jq '[.others[].helsefellesskap]|unique|length >= 8' <<<"$pll")"
is "none is of the own helsefellesskap" true "$(jq '[.others[].helsefellesskap != "hf-st-olav"]|all' <<<"$pll")"
is "nobody crowds out the others" true "$(jq '[.others[].helsefellesskap]|group_by(.)|map(length <= 2)|all' <<<"$pll")"
is "each with the words that it was found by" true \
    "$(jq '.words as $w|[.others[].words|length > 0 and (. - $w) == []]|all' <<<"$pll")"
is "the acronym leads" PLL "$(jq -r '.words[0]' <<<"$pll")"
is "the most alike first" true "$(jq '[.others[].share]|. == (sort|reverse) and all(. > 0 and . <= 1)' <<<"$pll")"
is "and what they decided" true "$(jq '[.others[]|select(.decisions|length > 0)]|length >= 6' <<<"$pll")"
has "bokmål finds nynorsk" hf-fonna/FSU.digitalisering-og-legemiddel/2025-10-16/20-2025 "$(ids <<<"$pll")"
is "LAR is no «lar»" false "$(similar hf-agder/SSU/2026-01-22/3-2026 | jq '[.others[].case]|any(. == "hf-finnmark/SU/2022-03-10/2-2022")')"
two=$(similar hf-troms-ofoten/SSU/2023-12-07/24-2023)
has "another reading of the same" hf-fonna/FSU.digitalisering-og-legemiddel/2025-10-16/21-2025 "$(ids <<<"$two")"
hasnt "its own chain is no likeness" 18-2023 "$(jq -c '[.own[].case,.others[].case]' <<<"$two")"
is "the own helsefellesskap apart" true "$(similar hf-lvs/FSU.legemidler-og-informasjonsflyt/2024-05-22/11-2024 | jq '[.own[].helsefellesskap]|all(. == "hf-lvs") and length > 0')"
is "what every meeting has is like nothing" '[[],[],[]]' "$(similar hf-oslo/SSU/2024-09-12/5-2024 | jq -c '[.words,.others,.own]')"
is "nor is any other business" '[[],[]]' "$(similar hf-oslo/SSU/2024-09-12/10-2024 | jq -c '[.others,.own]')"
is "the same again" "$pll" "$(similar hf-st-olav/FSU/2025-04-03/10-2025)"
is "every case has an answer" true \
    "$(for id in $(get '/v1/search?type=case&all=true&format=jsonl' | jq -r .id); do status "/v1/cases/$id/similar"; echo; done |
        sort | uniq -c | awk '{print ($2 == 200 && NR == 1) ? "true" : "false"}')"
is "an unknown id" 404 "$(status /v1/cases/nix/similar)"
is "a meeting" 400 "$(status /v1/cases/hf-oslo/SSU/2024-09-12/similar)"
is "no parameter of searches" 400 "$(status '/v1/cases/hf-oslo/SSU/2024-09-12/9-2024/similar?q=x')"

# --- on the page
page() { get "/r/hf-st-olav/FSU/2025-04-03/$1"; }
has "the others" 'Hva vedtok de andre?' "$(page 10-2025)"
has "linked" 'href="/r/hf-oslo/SSU/2024-09-12/6-2024"' "$(page 10-2025)"
has "with the words" 'Felles ord: PLL, legemiddelliste' "$(page 10-2025)"
has "with what they decided" 'Alle bydeler innfører PLL innen utgangen av 2025.' "$(page 10-2025)"
has "of a decision too" 'Hva vedtok de andre?' "$(page 10-2025/v1)"
hasnt "nothing where there is nothing" 'Hva vedtok de andre?' "$(page 9-2025)"
has "nynorsk" 'Kva vedtok dei andre?' "$(page '10-2025?lang=nn')"
has "English, and links stay in it" 'href="/r/hf-oslo/SSU/2024-09-12/6-2024?lang=en"' "$(page '10-2025?lang=en')"
finish
