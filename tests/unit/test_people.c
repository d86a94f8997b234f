/* Lists of people: each row is a document's head, and who must come out of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../indexer/minutes.h"
#include "../../shim/buf.h"

static struct minutes_cues *cues;

struct row {
    const char *why;
    const char *text;
    const char *people; /* "Name=p; Name=a" in order: p present a absent s secretariat o
                           observer m member */
};

#define HEAD "Referat fra møte i strategisk samarbeidsutvalg (SSU)\nDato: 12.03.2024\n"
#define TAIL "\n\nSak 01/24 Godkjenning av innkalling\nVedtak: Godkjent.\n"

static const struct row rows[] = {
    {"the municipality after the name, without a mark, throughout the list",
     "Kommunale medlemmer til stede: Ingvild Aune Aagård Levanger, Stein Tore Ekker "
     "Stjørdal, Anne Berit Kvaal Grong\nForfall: Gunnar Olav Torsvik Namsos",
     "Ingvild Aune Aagård=p; Stein Tore Ekker=p; Anne Berit Kvaal=p; Gunnar Olav "
     "Torsvik=a"},
    {"a family name that is a place's too, of one in the list",
     "Til stede: Ingvild Aune Levanger, Stein Tore Ekker, Anne Berit Kvaal",
     "Ingvild Aune Levanger=p; Stein Tore Ekker=p; Anne Berit Kvaal=p"},
    {"name, unit, name, unit in one cell; groups in bold",
     "Møte:\tSSU\tTil stede:\t<b>Kommunene:</b> Grete Syrdal, Bærum, Christoffer Boge, "
     "Hallingdalsregionen. <b>Vestre Viken:</b> Anders Debes, Fag direktør",
     "Grete Syrdal=p; Christoffer Boge=p; Anders Debes=p"},
    {"a bold group with a semicolon for its colon and nothing before it",
     "Til stede:\tSnorre Birk Gundersen, prehospitale tjenester <b>Tillitsvalgt;</b> "
     "Live Gusfre fra "
     "Norsk sykepleieforbund <b>Arbeidsutvalg:</b> Eli Fossan Rasmussen og Randi "
     "Klemetsen",
     "Snorre Birk Gundersen=p; Live Gusfre=p; Eli Fossan Rasmussen=p; Randi Klemetsen=p"},
    {"no separators: a given name begins the next person",
     "Frafall\tSSU`s faste medlemmer Tom Ole Øhren, Legeforeningen Lise Larsen, "
     "foretakstillitsvalgt "
     "SiV (3.vara) Bente Østbakken Aasoldsen, Sandefjord kommune Frode Hestnes, "
     "Holmestrand kommune",
     "Tom Ole Øhren=a; Lise Larsen=a; Bente Østbakken Aasoldsen=a; Frode Hestnes=a"},
    {"letters before each name, for later use",
     "Deltok:\nKT = Kari Trollvik, Senja (leder)\nSJ = Sander Jenssen, Målselv",
     "Kari Trollvik=p; Sander Jenssen=p"},
    {"the organisation in brackets; 'og' inside a unit is no joint",
     "Til stede: Kari Nordby (Bærum kommune), Ola Haug (psykisk helse og rus), Per Lie "
     "(KS)",
     "Kari Nordby=p; Ola Haug=p; Per Lie=p"},
    {"an observer by a bracket in the column of the organisation",
     "Navn\tRepresenterer\tMøtte\tForfall\nKari Nordby\tAsker\tX\t\nOla Haug\tKS "
     "(observatør)\tX\t",
     "Kari Nordby=p; Ola Haug=o"},
    {"a unit that serves the meeting, below those who sent word",
     "Til stede\nKari Nordby (leder, Asker), Per Lie (Lier)\n\nMeldt avbud\nOla Haug "
     "(Drammen)\n\nFra samhandlingsenheten\nAnne Moe",
     "Kari Nordby=p; Per Lie=p; Ola Haug=a; Anne Moe=s"},
    {"two dashes of different kind, one person a line",
     "Til stede:\n- Kari Nordby – kommunalsjef, Kárášjohka – Karasjok kommune\n– "
     "Stig-Are Klubbnes - "
     "helseleder, Alta kommune\nForfall:\n- Ánne-Márjá Lindi – leder",
     "Kari Nordby=p; Stig-Are Klubbnes=p; Ánne-Márjá Lindi=a"},
    {"semicolons between people, commas inside",
     "Til stede: Kari Nordby, Oslo kommune, direktør; Amjad Torshovi, Bydel Gamle Oslo; "
     "Ivar Kjelsås, "
     "Oslo universitetssykehus",
     "Kari Nordby=p; Amjad Torshovi=p; Ivar Kjelsås=p"},
    {"columns with X",
     "Navn\tVirksomhet\tMøtte\tForfall\nKari Nordby\tBærum kommune\tX\t\nOla Haug\tAsker "
     "kommune\t\tX",
     "Kari Nordby=p; Ola Haug=a"},
    {"the column of names has no heading",
     "\tFunksjon\tMøtte\tForfall\nKari Nordby\tkommunalsjef, Bærum\tX\t\nOla "
     "Haug\trådmann\t\tx",
     "Kari Nordby=p; Ola Haug=a"},
    {"remarks in the last column",
     "Navn\tStilling\tOrganisasjon\tMerknad\nKari Nordby\tkommunalsjef\tSkien "
     "kommune\tLeder\nOla "
     "Haug\thelsesjef\tBamble kommune\tForfall\nPer Lie\trådgiver\tSykehuset "
     "Telemark\tSekretariat\n"
     "Anne Moe\tbrukerrepresentant\tBrukerutvalget\tObservatør",
     "Kari Nordby=p; Ola Haug=a; Per Lie=s; Anne Moe=o"},
    {"the names stand under the two headings",
     "Møtte\tForfall\nKari Nordby, Bærum\tOla Haug, Asker\nPer Lie, Lier\t",
     "Kari Nordby=p; Ola Haug=a; Per Lie=p"},
    {"two columns of people under their sides",
     "Deltakere\nKommunene\tSykehuset Innlandet\nKari Nordby, Ringsaker\tHanne Moe, "
     "divisjonsdirektør\n"
     "Ola Haug, Gjøvik\tDag Lien, avdelingssjef habilitering og rehabilitering",
     "Kari Nordby=p; Hanne Moe=p; Ola Haug=p; Dag Lien=p"},
    {"two people a line by blanks",
     "Til stede:\nKari Nordby, Nordlandssykehuset      Eivind Hamnes, Bodø "
     "kommune\nForfall:\nJorunn "
     "Holmvåg, Sortland kommune    Ole-Kristian Moldjord, Nordlandssykehuset",
     "Kari Nordby=p; Eivind Hamnes=p; Jorunn Holmvåg=a; Ole-Kristian Moldjord=a"},
    {"name in one column, what is said of them in the next",
     "Desse møtte:\nLeiv Hjelmeland       Sunnfjord kommune, kommunedirektør\nRagna Lote "
     "          Helse "
     "Førde, nestleiar",
     "Leiv Hjelmeland=p; Ragna Lote=p"},
    {"a table that lost its columns",
     "Navn\n\nVirksomhet\n\nTil stede\n\nKari Nordby\n\nHole kommune\n\nJa\n\nOla "
     "Haug\n\nModum "
     "kommune\n\nNei",
     "Kari Nordby=p; Ola Haug=a"},
    {"the role before the name, with a colon, as lines of a list",
     "Deltakere\n\n* Leder: Kari Nordby, Sykehuset Østfold\n* Jordmor: Siw Anett Rød, "
     "Moss kommune\n* "
     "Barnelege: Karthik Sivakumar, Sykehuset Østfold\n* Sekretær: Geir Skauen",
     "Kari Nordby=p; Siw Anett Rød=p; Karthik Sivakumar=p; Geir Skauen=s"},
    {"who stands in for whom: the one in brackets is not there",
     "Til stede: Mona Strandtun (for Egil Haugnes, Herøy kommune), Per Mikal Gárdi "
     "(Kåfjord, vara for "
     "Ellinor Nymo)\nForfall: Ellinor Nymo (Kåfjord)",
     "Mona Strandtun=p; Per Mikal Gárdi=p; Ellinor Nymo=a; Egil Haugnes=a"},
    {"a stand-in after the bracket and after a comma",
     "Til stede: Geir-Ivar Leiros (Senja) for Mona Angell, Lars Frisvoll, vara for Marta "
     "Vaksvik",
     "Geir-Ivar Leiros=p; Lars Frisvoll=p; Mona Angell=a; Marta Vaksvik=a"},
    {"partial attendance: numbers of cases are nobody",
     "Til stades: Kommunalsjefar: Kari Nordby (Alver), Håkon Bjørsvik (Masfjorden) (frå "
     "13/21), Laila "
     "Byrkjeland (Gulen) (9-12/21)\nFråfall: Tore Fedje (Fedje)",
     "Kari Nordby=p; Håkon Bjørsvik=p; Laila Byrkjeland=p; Tore Fedje=a"},
    {"an organisation answers for its people with v/",
     "Partene møtte slik:\nTrondheim kommune v/ kommunaldirektør Ingerid Fagervik og "
     "varaordfører "
     "Tormod Heggdal\nSekretariatet v/ Lisbeth Håker og Kåre Ingstad\n\nIkke til stede: "
     "Oppdal kommune, "
     "Frøya kommune",
     "Ingerid Fagervik=p; Tormod Heggdal=p; Lisbeth Håker=s; Kåre Ingstad=s"},
    {"slashes",
     "Desse deltok\nKari Nordby / overlege, Stord sjukehus\nMarit Opedal / fagleiar, "
     "Ullensvang "
     "kommune\n\nKunne ikkje møta\nLaila Hystad / Karmøy kommune",
     "Kari Nordby=p; Marit Opedal=p; Laila Hystad=a"},
    {"recognised text: lost letters, @ for Ø, lines broken inside a name",
     "Til stede: Guro Steinslett (Nordlandssykehuset), H&vard Sgrgard "
     "(Vestvagay),\nEivind Hamnes (Bodg), "
     "@yvind Krakstad (Hamargy)",
     "Guro Steinslett=p; H&vard Sgrgard=p; Eivind Hamnes=p; @yvind Krakstad=p"},
    {"family name first, in a column of names",
     "Navn\tKommune\nNordby, Kari\tBærum\nHaug, Ola Martin\tAsker",
     "Kari Nordby=p; Ola Martin Haug=p"},
    {"capitals", "TIL STEDE: KARI NORDBY, BÆRUM KOMMUNE, OLA LIE, ASKER KOMMUNE",
     "Kari Nordby=p; Ola Lie=p"},
    {"people in brackets after their municipality",
     "Til stede: Bærum kommune (Kari Nordby), Asker kommune (Ola Haug og Per Lie)",
     "Kari Nordby=p; Ola Haug=p; Per Lie=p"},
    {"no mark between name and municipality",
     "Til stede:\nKari Nordby Bærum kommune\nOla Haug Øvre Eiker kommune\nPer Lie Vestre "
     "Viken HF",
     "Kari Nordby=p; Ola Haug=p; Per Lie=p"},
    {"group headings between blank lines",
     "Til stede\n\nKommunene\nKari Nordby, Bærum\nOla Haug, Asker\n\nVestre Viken\nPer "
     "Lie, "
     "klinikksjef\n\nForfall\nAnne Moe, Lier",
     "Kari Nordby=p; Ola Haug=p; Per Lie=p; Anne Moe=a"},
    {"boxes that are ticked or not",
     "Deltakere:\n☒ Kari Nordby, Bærum\n☐ Ola Haug, Asker\n[x] Per Lie, Lier\n[ ] Anne "
     "Moe, Hole",
     "Kari Nordby=p; Ola Haug=a; Per Lie=p; Anne Moe=a"},
    {"a sentence",
     "Til stede var Kari Nordby, Ola Haug og Per Lie. Anne Moe hadde meldt forfall.",
     "Kari Nordby=p; Ola Haug=p; Per Lie=p; Anne Moe=a"},
    {"members and absent in two lists: absent it is",
     "Medlemmer:\nKari Nordby, Bærum\nOla Haug, Asker\nForfall: Ola Haug",
     "Kari Nordby=p; Ola Haug=a"},
    {"titles and initials are no part of names",
     "Til stede: dr. Kari Nordby, Prof. Ola K. Haug, K. Lie (Asker), Jan van der Meer "
     "(UiB)",
     "Kari Nordby=p; Ola K. Haug=p; K. Lie=p; Jan van der Meer=p"},
    {"the deputy of somebody absent came",
     "Forfall: Per Lie (vara: Ola Haug møtte), Anne Moe",
     "Per Lie=a; Ola Haug=p; Anne Moe=a"},
    {"the chair and the secretary are named only in their labels",
     "Møteleder: Kari Nordby, ordfører i Rana\nReferent: Ola Haug\nForfall: ingen",
     "Kari Nordby=p; Ola Haug=s"},
    {"the chair by the family name alone",
     "Til stede: Kari Nordby, Bærum, Ola Haug, Asker\nLeder: Nordby",
     "Kari Nordby=p; Ola Haug=p"},
    {"hyphen at the end of a line",
     "Til stede: Kari Nordby (Bærum kommune), Ola Haug (Asker), Anne-\nLise "
     "Moe (Lier)",
     "Kari Nordby=p; Ola Haug=p; Anne-Lise Moe=p"},
    {"organisation first, then a dash",
     "Møtende:\nBærum kommune – Kari Nordby\nVestre Viken – Ola Haug, "
     "klinikksjef",
     "Kari Nordby=p; Ola Haug=p"},
    {"upright strokes",
     "Deltakere:\nKari Nordby | Bærum kommune | kommunalsjef\nOla Haug | Vestre Viken | "
     "klinikksjef",
     "Kari Nordby=p; Ola Haug=p"},
    {"a Markdown table",
     "| Navn | Rolle | Til stede |\n|---|---|---|\n| Kari Nordby | leder | ja |\n| Ola "
     "Haug | medlem | nei |",
     "Kari Nordby=p; Ola Haug=a"},
    {"mail addresses",
     "Til stede: Kari Nordby <kari.nordby@baerum.kommune.no>; Ola Haug "
     "<ola@asker.kommune.no>",
     "Kari Nordby=p; Ola Haug=p"},
    {"institutes and places are nobody",
     "Til stede: Tuva Sandbæk, avdelingsleder, Nic Waals Institutt; Kari Nordby, Blå "
     "Kors; Ola Haug, Norsk "
     "Luftambulanse",
     "Tuva Sandbæk=p; Kari Nordby=p; Ola Haug=p"},
    {"a municipality's colon inside a comma run",
     "Deltakere: Bærum: Kari Nordby, Asker: Ola Haug og Per Lie, Vestre Viken: Anne Moe",
     "Kari Nordby=p; Ola Haug=p; Per Lie=p; Anne Moe=p"},
    {"officers in prose",
     "Kari Nordby ledet møtet. Ola Haug førte protokollen.\nTil stede: Per Lie, Lier",
     "Per Lie=p; Kari Nordby=p; Ola Haug=s"},
    {"nynorsk labels",
     "Til stades: Kari Nordby, Stord, Ola Haug, Karmøy\nMeldt fråfall: Per Lie, "
     "Tysvær\nSkrivar: Anne Moe",
     "Kari Nordby=p; Ola Haug=p; Per Lie=a; Anne Moe=s"},
    {"a label that no table foresees",
     "Kven møtte\tEigil Sævareid (Bømlo)\tRannfrid Tveito (Kvinnherad)\n\tOddbjørg Våga "
     "(Karmøy)\t\nKven møtte "
     "ikkje\tInger Lise Rullestad (Ullensvang)",
     "Eigil Sævareid=p; Rannfrid Tveito=p; Oddbjørg Våga=p; Inger Lise Rullestad=a"},
    {"members who came and who did not",
     "Medlemmer til stede:\nKari Nordby, Larvik\n\nMedlemmer som ikke møtte:\nOla Haug, "
     "Færder\n\nFra "
     "administrasjonen:\nPer Lie",
     "Kari Nordby=p; Ola Haug=a; Per Lie=s"},
    {"four lists in two columns, each under its own heading",
     "Deltakere fra kommunene            Deltakere fra Sykehuset Innlandet\nKari Nordby, "
     "Gjøvik          "
     "      Ola Haug, direktør\nPer Lie, Hamar\n\nForfall                            "
     "Sekretariat\nAnne "
     "Moe, Ringsaker                Siri Vik",
     "Kari Nordby=p; Per Lie=p; Ola Haug=p; Anne Moe=a; Siri Vik=s"},
    {"delegates by municipality, without any word for presence",
     "Delegater med stemmerett\nAsker: Haldis Kollerud\nDrammen: Samira El-Bouzidi og "
     "Ottar "
     "Gravningen\n\nUten stemmerett\nKS: Anette Nergård\n",
     "Haldis Kollerud=p; Samira El-Bouzidi=p; Ottar Gravningen=p; Anette Nergård=p"},
    {"a numbered list goes on where a name is unknown",
     "Til stades frå kommunane\n1. Kari Nordby, Luster\n2. Dilnora Rahimova, Årdal\n3. "
     "Berit Aa. Kleppe, "
     "Lærdal",
     "Kari Nordby=p; Dilnora Rahimova=p; Berit Aa. Kleppe=p"},
    {"T and F behind the names",
     "Til stede (T) og forfall (F):\nKari Nordby, Bydel Frogner (T)\nOla Haug, Bydel "
     "Sagene (F)",
     "Kari Nordby=p; Ola Haug=a"},
    {"ticks under headings that blanks set apart",
     "Medlemmer:                 Til stede:   Forfall:\nKari Nordby, Rana               "
     "x\nOla Haug, Vefsn "
     "                            x",
     "Kari Nordby=p; Ola Haug=a"},
    {"a paragraph below a label in its own column, broken inside a name",
     "Til stades:   Eigil Sævareid (Bømlo), Rannfrid Tveito (Kvinnherad), Oddbjørg\n     "
     "         Skeie Våga "
     "(Karmøy)",
     "Eigil Sævareid=p; Rannfrid Tveito=p; Oddbjørg Skeie Våga=p"},
    {"the absent by their municipalities, in a sentence",
     "Til stede: Per Lie, Bergen\nFråfall var meldt frå Masfjorden (Kjell Matre) og "
     "Ulvik (Lilly Lindebrekke).",
     "Per Lie=p; Kjell Matre=a; Lilly Lindebrekke=a"},
    {"family names first, between semicolons",
     "Til stede: Nordby, Kari (Kongsberg kommune); Lie, Per Arne (Kongsberg sykehus)",
     "Kari Nordby=p; Per Arne Lie=p"},
    {"a line for each organisation, and no label above them",
     "Horten kommune: Nils-Erik Sundby\nLarvik kommune: Sahra Nur Ali\nSykehuset i "
     "Vestfold: Stein Wollebekk, Anne Viste\nTillitsvalgte: Mona Skaug",
     "Nils-Erik Sundby=p; Sahra Nur Ali=p; Stein Wollebekk=p; Anne Viste=p; Mona "
     "Skaug=p"},
    {"sentences on the line after the absent are not of the absent",
     "Til stede: Ola Haug (Moss)\nMeldt forfall: Per Lie, Asker.\nKari Nordby ledet "
     "møtet. Referent var Siri Moe fra samhandlingsavdelingen.",
     "Ola Haug=p; Per Lie=a; Kari Nordby=p; Siri Moe=s"},
    {"a paragraph: who came, who did not, who led and who wrote",
     "Desse var til stades: Kari Nordby for Strand, Ola Haug for Kvitsøy og Olav Fister "
     "frå eldrerådet. Karl Moe (legevakta) og Siv Foss (Hjelmeland) hadde meldt frå at "
     "dei ikkje kunne kome. Kari Nordby leia møtet og Gunn Riskedal førte referatet.",
     "Kari Nordby=p; Ola Haug=p; Olav Fister=p; Karl Moe=a; Siv Foss=a; Gunn Riskedal=s"},
    {"who came instead, in a sentence below the absent",
     "Av 12 medlemmer møtte 2:\nKari Nordby, Steinkjer, leder\nOla Haug, "
     "Verdal\n\nForfall var meldt fra:\nPer Lie, Lierne\n\nDessuten møtte sekretær Odd "
     "Hallan.",
     "Kari Nordby=p; Ola Haug=p; Per Lie=a; Odd Hallan=s"},
    {"signs in the column of those present: T, IT, F, words, and another name",
     "Innkalte\tStilling\tTilstede/ikke tilstede\nKari Nordby\tkommunaldirektør\tT "
     "(Teams)\nOla Haug\tkommunalsjef\tIT\nPer Lie\tlege\tDeltok ikke\nAnne "
     "Moe\tdirektør\tVara: Tor Vik\nEva Lund\trådgiver\tJa, fra kl. 13",
     "Kari Nordby=p; Ola Haug=a; Per Lie=a; Anne Moe=a; Tor Vik=p; Eva Lund=p"},
    {"a heading between the rows of a table: the table goes on",
     "Navn\tFunksjon\tTilstede\nKari Nordby\tLeder, Tana kommune\tDeltok\n\nAndre\nOla "
     "Haug\tObservatør, Statsforvalteren\tDeltok\nPer Lie\tSekretær\tDeltok",
     "Kari Nordby=p; Ola Haug=o; Per Lie=s"},
    {"a table of bare bars, the last cell empty where nobody came",
     "Navn | Kommune | Til stede\nKari Nordby | Moss | X\nOla Haug | Råde |\nPer Lie | "
     "Sarpsborg | Forfall",
     "Kari Nordby=p; Ola Haug=a; Per Lie=a"},
    {"a list of bold labels: the glyph before a label is nobody",
     "- **Møtte frå kommunane:** Kari Nordby (Alver)\n- **Møtte ikkje:** Ola Haug "
     "(fastlege)\n- **Frå SSe:** Lena Moe",
     "Kari Nordby=p; Ola Haug=a; Lena Moe=s"},
    {"a heading without a colon above lines that begin with a group or a title",
     "Representanter for kommunene\n- Lister: Ordfører Kari Nordby, kommunedirektør Sten "
     "Haug\n- Setesdal: Ordfører Jon Lie\n\nRepresentanter for Sørlandet sykehus\n- "
     "Administrerende direktør Lene Moe",
     "Kari Nordby=p; Sten Haug=p; Jon Lie=p; Lene Moe=p"},
    {"a line that ends between the given names and the family name",
     "Forfall: Mari-Ann Bartnes (Vågan), Per Gustav\nFredheim (fastlege)",
     "Mari-Ann Bartnes=a; Per Gustav Fredheim=a"},
    {"titles before names that no list knows",
     "Til stede: Klinikksjef Medisin Ludvig Brandsnes, avdelingsleder Akuttmottaket "
     "Yvette Nduwimana\nReferent: rådgiver Ximena Duarte",
     "Ludvig Brandsnes=p; Yvette Nduwimana=p; Ximena Duarte=s"},
    {"a project is nobody, whatever title stands before it",
     "Til stede: Kari Nordby, prosjektleder Trygg Heime, Ola Haug, leder Frisk Bris",
     "Kari Nordby=p; Ola Haug=p"},
    {"organisations stand above their people: none speaks of the one above",
     "Til stede:\nAlta kommune\nKari Nordby\nOla Haug\nHammerfest kommune\nPer "
     "Lie\nForfall:\nKarasjok kommune\nMáret Sara",
     "Kari Nordby=p; Ola Haug=p; Per Lie=p; Máret Sara=a"},
    {"who came instead: after a dash",
     "Til stede:\nRådmann Kåre Ness, Bodø – til stede\nHelsesjef Ann Lie, Vågan – vara "
     "Per Sund møtte\nKlinikksjef Trond Eng, NLSH – ikke til stede",
     "Kåre Ness=p; Ann Lie=a; Per Sund=p; Trond Eng=a"},
    {"ticks and crosses",
     "Deltakere:\n✓ Kari Nordby, Moss\n✗ Ola Haug, Marker\n✓ Per Lie, Råde",
     "Kari Nordby=p; Ola Haug=a; Per Lie=p"},
    {"the chair as the first line of a list, without a colon",
     "Til stades:\nLeiar Kari Nordby, Molde\nNestleiar Ola Haug, Aukra\nKristiansund: "
     "ingen møtte\nBUP Molde: Per Lie",
     "Kari Nordby=p; Ola Haug=p; Per Lie=p"},
    {"prose without any label",
     "Kari Nordby, avdelingssjef ved Ahus, ledet møtet. Til stede var Ola Haug og Per "
     "Lie fra Nes kommune, samt brukerrepresentant Unni Vik. Arne Dahl måtte melde "
     "forfall.",
     "Ola Haug=p; Per Lie=p; Unni Vik=p; Arne Dahl=a; Kari Nordby=p"},
    {"permission and absence in one line without a colon",
     "Til stades: Kari Nordby, Voss\nForfall frå Eidfjord (Siv Lote) og brukarutvalet "
     "(Arne Tveit).\nPermisjon: Eva Lund",
     "Kari Nordby=p; Siv Lote=a; Arne Tveit=a; Eva Lund=a"},
    {"a family name that is also a municipality, turned about",
     "Navn\tE-post\tTil stede\tForfall\nNordby, Kari\tkari@a.no\tx\t\nVik, Unni "
     "(møteleder)\tunni@a.no\t\tx",
     "Kari Nordby=p; Unni Vik=a"},
    {"a column says who of the member and the stand-in came",
     "Medlem\tVara\tTil stede\tOrganisasjon\nKari Nordby\tOla Haug\tKari Nordby\tBydel "
     "Sagene\nPer Lie\tUnni Vik\tUnni Vik\tDiakonhjemmet\nArne Dahl\tNina "
     "Sand\t-\tLovisenberg",
     "Kari Nordby=p; Per Lie=a; Unni Vik=p; Arne Dahl=a"},
    {"an organisation and its person on a line: not of the next line",
     "Observatører:\nStatsforvalteren v/ Rolf Hauge\nForfall:\nHelseetaten v/ Ola "
     "Nordmann\nBydelsdirektør Tone Dahl",
     "Rolf Hauge=o; Ola Nordmann=a; Tone Dahl=a"},
};

static char letter(const char *presence)
{
    return presence ? *presence : '?';
}

static char *people_of(const char *head, bool with_deputies)
{
    struct hf_buf text = HF_BUF_INIT, out = HF_BUF_INIT;
    struct text_doc doc;
    struct hf_minutes m;
    struct hf_error err;
    hf_buf_addf(&text, "%s%s%s", HEAD, head, TAIL);
    text_doc_init(&doc);
    hf_minutes_init(&m);
    assert_int_equal(extract_text(text.data, text.len, &doc, &err), HF_OK);
    minutes_read(cues, &doc, &m);
    for (size_t i = 0; i < m.n_attendees; i++) {
        hf_buf_addf(&out, "%s%s=%c", i ? "; " : "", m.attendees[i].name,
                    letter(m.attendees[i].presence));
        if (with_deputies && m.attendees[i].deputy_for)
            hf_buf_addf(&out, "<%s", m.attendees[i].deputy_for);
    }
    hf_minutes_release(&m);
    text_doc_release(&doc);
    hf_buf_release(&text);
    return hf_buf_take(&out);
}

static void check(const struct row *list, size_t n, bool with_deputies)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        char *got = people_of(list[i].text, with_deputies);
        if (strcmp(got, list[i].people)) {
            print_error("%s:\n  want %s\n  got  %s\n", list[i].why, list[i].people, got);
            wrong++;
        }
        free(got);
    }
    assert_int_equal(wrong, 0);
}

static void people(void **state)
{
    (void)state;
    check(rows, sizeof rows / sizeof *rows, false);
}

/* Who came for whom: "Name=p<Name of the absent". */
static void deputies(void **state)
{
    static const struct row list[] = {
        {"in brackets, and a further row", "Forfall: Siri Haug (vara: Ola Bakk)\nGeir Sund",
         "Siri Haug=a; Ola Bakk=p<Siri Haug; Geir Sund=a"},
        {"behind a unit", "Forfall: Siri Haug, Stord kommune (vara: Ola Bakk)\nGeir Sund, Bømlo kommune",
         "Siri Haug=a; Ola Bakk=p<Siri Haug; Geir Sund=a"},
        {"each with one", "Forfall:\nSiri Haug (vara: Ola Bakk)\nGeir Sund\nAnne Moe (vara: Tor Vik)",
         "Siri Haug=a; Ola Bakk=p<Siri Haug; Geir Sund=a; Anne Moe=a; Tor Vik=p<Anne Moe"},
        {"as a sentence", "Forfall: Siri Haug. Vara: Ola Bakk\nGeir Sund",
         "Siri Haug=a; Ola Bakk=p<Siri Haug; Geir Sund=a"},
        {"on a line below", "Forfall:\nSiri Haug\nVara: Ola Bakk\nGeir Sund",
         "Siri Haug=a; Ola Bakk=p<Siri Haug; Geir Sund=a"},
        {"behind a dash", "Forfall: Siri Haug - vara: Ola Bakk",
         "Siri Haug=a; Ola Bakk=p<Siri Haug"},
        {"came, without a colon", "Forfall:\n- Siri Haug, Stord (vara Ola Bakk møtte)\n- Geir Sund, Bømlo",
         "Siri Haug=a; Ola Bakk=p<Siri Haug; Geir Sund=a"},
        {"none came", "Forfall: Siri Haug (ingen vara), Geir Sund (vara: ingen)",
         "Siri Haug=a; Geir Sund=a"},
        {"a list of deputies is not of the absent", "Til stede: Kari Nordby\nForfall: Siri Haug\nVara: Ola Bakk, Tor Vik",
         "Kari Nordby=p; Siri Haug=a; Ola Bakk=p; Tor Vik=p"},
        {"a place in two languages behind the name", "Til stede: Kari Nordby Snåase/Snåsa, Per Lien, Snåase/Snåsa kommune",
         "Kari Nordby=p; Per Lien=p"},
    };
    (void)state;
    check(list, sizeof list / sizeof *list, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(people), cmocka_unit_test(deputies)};
    const char *dir = getenv("HFSOK_DATA");
    struct hf_error err;
    if (minutes_cues_open(dir ? dir : "stopwords", &cues, &err) != HF_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    minutes_cues_close(cues);
    return failed;
}
