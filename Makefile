# HF-søk. Settings above the fence, rules below; `make help` lists the targets. Override a setting in config.mak
# or on the command line: make run CORPUS=dir PORT=8081

PREFIX  ?= /usr/local
DESTDIR ?=
B       ?= build
CORPUS  ?= tests/corpus
INDEX   ?= $(B)/index
PORT    ?= 8080
CASES   ?= 10000
OPT     ?= -O2 -g
SAN     ?=
WARN     = -Wall -Wextra -Wshadow -Wvla -Wwrite-strings -Wconversion
CWARN    = $(WARN) -Wstrict-prototypes -Wmissing-prototypes -Werror=implicit-function-declaration
LIBS     = -lxapian -lstemmer -lmicrohttpd -ljansson -lutf8proc -lnettle -lcurl -larchive -lxml2 -lz -llept -lpthread -lm
# Debian packages: to build and run, and to test.
DEBS     = gcc g++ libxapian-dev libstemmer-dev libmicrohttpd-dev libjansson-dev libutf8proc-dev nettle-dev \
           libcurl4-gnutls-dev libarchive-dev libxml2-dev zlib1g-dev libleptonica-dev libkainjow-mustache-dev poppler-utils tesseract-ocr tesseract-ocr-nor \
           apertium-nno-nob lttoolbox lttoolbox-dev wnorwegian
TESTDEBS = antiword unrtf libcmocka-dev jq curl libcairo2-dev libpango1.0-dev fonts-dejavu-core pkg-config libxml2-utils python3-feedparser python3-jsonschema

# ---------------------------------------------------------------------------------------------------------------
-include config.mak
Q        = $(if $(V),,@)
CPPFLAGS += -D_GNU_SOURCE -isystem /usr/include/libxml2 -DHFSOK_DATADIR='"$(PREFIX)/share/hfsok"'
CFLAGS   += -std=c11 $(OPT) $(SAN) $(CWARN)
CXXFLAGS += -std=c++17 $(OPT) $(SAN) $(WARN)
LDFLAGS  += $(SAN) -Wl,--as-needed

obj          = $(patsubst %,$(B)/%.o,$(basename $(1)))
lookup_src  := $(wildcard searchd/lookup*.c)
shim_obj    := $(call obj,$(filter-out shim/mk%,$(wildcard shim/*.c shim/*.cc)))
indexer_obj := $(call obj,$(filter-out indexer/main.c,$(wildcard indexer/*.c)))
searchd_obj := $(call obj,$(filter-out searchd/main.c $(lookup_src),$(wildcard searchd/*.c)))
lookup_obj  := $(call obj,$(filter-out searchd/lookup.c,$(lookup_src)))
programs    := $(B)/hfsok-indexer $(B)/hfsok-searchd $(B)/hfsok
lists       := $(wildcard stopwords/*.tsv stopwords/*.txt stopwords/*.json)
templates   := $(wildcard searchd/page/templates/*.mustache)
data        := $(B)/data/lemmas.dat $(patsubst stopwords/%,$(B)/data/%,$(lists)) $(patsubst searchd/page/%,$(B)/data/%,$(templates))
benches     := $(addprefix $(B)/,bench_analyse bench_query bench_raw bench_sandbox generate)
unit_tests  := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))

.PHONY: all deps testdeps run test check check-long lint bench install clean help
.DELETE_ON_ERROR:

all: $(programs) $(data) ## build the three programs in build/

run: deps ## install what is missing, build, index CORPUS, serve it on 127.0.0.1:PORT
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) all
	$(Q)tests/serve.sh $(B) $(CORPUS) $(INDEX) $(PORT)

test: deps testdeps ## install what is missing, build, pass the tests (T=plan: one of them)
	$(Q)$(MAKE) --no-print-directory -j$$(nproc) all $(if $(T),$(filter $(B)/tests/test_$(T),$(unit_tests)),$(unit_tests)) \
	  $(B)/make_formats $(B)/make_pdf
	$(Q)tests/run.sh $(B) $(T)

san = $(MAKE) --no-print-directory -j$$(nproc) B=build/san OPT='-O1 -g' \
  SAN='-fsanitize=address,undefined -fno-sanitize-recover=undefined'
check: ## the unit tests with address and undefined-behaviour sanitizers, in build/san
	$(Q)$(san) sanitized
sanitized: all $(unit_tests)
	$(Q)ASAN_OPTIONS=new_delete_type_mismatch=0 tests/run.sh $(B)

check-long: all ## loops that take long: kills, hostile and damaged files, properties
	$(Q)$(san) all build/san/tests/test_mutate
	$(Q)tests/run_long.sh $(B)

lint: ## includes, the C++ boundary, layout, size, words that do not belong
	$(Q)tests/lint.sh

bench: all $(benches) ## measure beside raw Xapian: analysis, indexing, questions (CASES=100000)
	$(Q)tests/deps.sh time curl
	$(Q)tests/bench/run.sh $(B) $(CASES)
bench_obj := $(B)/tests/bench/generate.o
$(B)/bench_analyse: $(B)/tests/bench/bench_analyse.o $(B)/shim.a
$(B)/bench_sandbox: $(B)/tests/bench/bench_sandbox.o $(B)/indexer.a $(B)/shim.a
$(B)/bench_query: $(B)/tests/bench/bench_query.o $(bench_obj) $(B)/searchd.a $(B)/shim.a
$(B)/bench_raw: $(B)/tests/bench/raw.o $(bench_obj) $(B)/shim.a
$(B)/generate: $(B)/tests/bench/generate_main.o $(bench_obj) $(B)/shim.a
$(benches):
	$(Q)$(CXX) $(LDFLAGS) -o $@ $^ $(LIBS)

deps: ; $(Q)tests/deps.sh $(DEBS) ## install the Debian packages that the build needs
testdeps: ; $(Q)tests/deps.sh $(TESTDEBS)

install: all ## install to DESTDIR/PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/hfsok/templates
	install -m 755 $(programs) $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(filter-out %.mustache,$(data)) $(DESTDIR)$(PREFIX)/share/hfsok
	install -m 644 $(filter %.mustache,$(data)) $(DESTDIR)$(PREFIX)/share/hfsok/templates

clean: ; rm -rf $(B) ## remove what was built

help: ## this list
	$(Q)sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' Makefile | expand -t 14

# ---- objects and programs

$(B)/hfsok-indexer: $(B)/indexer/main.o $(indexer_obj) $(shim_obj)
$(B)/hfsok-searchd: $(B)/searchd/main.o $(searchd_obj) $(shim_obj)
$(B)/hfsok: $(B)/searchd/lookup.o $(lookup_obj) $(searchd_obj) $(shim_obj)
$(programs):
	$(Q)$(CXX) $(LDFLAGS) -o $@ $^ $(LIBS)
bundles := $(B)/page/hfsok.css $(B)/page/hfsok.js $(B)/widget/hfsok.js
$(B)/searchd/assets.o: $(wildcard searchd/api/* searchd/widget/demo.*) $(bundles)
$(B)/searchd/assets.o: private CPPFLAGS += -DHFSOK_PAGE_CSS='"$(B)/page/hfsok.css"' \
  -DHFSOK_PAGE_JS='"$(B)/page/hfsok.js"' -DHFSOK_WIDGET='"$(B)/widget/hfsok.js"'
# Stylesheet and script of the pages; the widget's modules and stylesheet as the one file that is served.
$(B)/page/%: searchd/page/bundle.sh $(wildcard searchd/page/* searchd/widget/*)
	@mkdir -p $(@D)
	$(Q)sh $< $(patsubst .%,%,$(suffix $@)) >$@
$(B)/widget/hfsok.js: searchd/widget/bundle.sh $(wildcard searchd/page/* searchd/widget/*)
	@mkdir -p $(@D)
	$(Q)sh $< >$@

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(B)/%.o: %.cc
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CPPFLAGS) $(CXXFLAGS) -MMD -MP -c -o $@ $<
-include $(shell [ -d $(B) ] && find $(B) -name '*.d')

# A test links the program whose headers it includes, and the other after it.
$(B)/indexer.a: $(indexer_obj)
$(B)/searchd.a: $(searchd_obj) $(lookup_obj)
$(B)/shim.a: $(shim_obj)
%.a:
	$(Q)rm -f $@ && ar rcs $@ $^
$(B)/tests/%: $(B)/tests/unit/%.o $(B)/searchd.a $(B)/indexer.a $(B)/shim.a
	$(Q)$(CXX) $(LDFLAGS) -o $@ $< $(if $(shell grep -l 'searchd/' tests/unit/$*.c),$(B)/searchd.a $(B)/indexer.a,\
	  $(B)/indexer.a $(B)/searchd.a) $(B)/shim.a $(LIBS) -lcmocka
.PRECIOUS: $(B)/%.o
# The sample in other formats, for the tests.
$(B)/make_formats: $(B)/tests/formats/make_formats.o $(B)/indexer.a $(B)/shim.a
$(B)/make_pdf: $(B)/tests/formats/make_pdf.o $(B)/indexer.a $(B)/shim.a
$(B)/tests/formats/make_pdf.o: private CPPFLAGS += $(shell pkg-config --cflags pangocairo 2>/dev/null | sed 's/-I/-isystem /g')
$(B)/make_pdf: private LIBS += $(shell pkg-config --libs pangocairo 2>/dev/null)
$(B)/make_formats $(B)/make_pdf:
	$(Q)$(CXX) $(LDFLAGS) -o $@ $^ $(LIBS)

# ---- the data that the programs read: the pages' templates, stopwords/ and the lemma table, which takes half a minute to make
# and is the same for every kind of build

$(B)/data/%: stopwords/%
	@mkdir -p $(@D)
	$(Q)cp $< $@
$(B)/data/templates/%: searchd/page/templates/%
	@mkdir -p $(@D)
	$(Q)cp $< $@
$(B)/data/lemmas.dat: build/lemmas.dat
	@mkdir -p $(@D)
	$(Q)cp $< $@
build/lemmas.dat: shim/mklemmas.sh build/mklemma stopwords/lemmas_supplement.tsv
	$(Q)shim/mklemmas.sh build/mklemma stopwords/lemmas_supplement.tsv $@
build/mklemma: $(wildcard shim/mklemma*.[ch]) shim/status.c shim/lemma_format.h
	@mkdir -p $(@D)
	$(Q)$(CC) -D_GNU_SOURCE -std=c11 -O2 $(CWARN) -o $@ $(filter %.c,$^) -lstemmer -lm
