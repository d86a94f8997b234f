/* raw: what plain Xapian costs on the same generated minutes, as its manual shows it. The
 * baseline of `make bench`.
 *
 *     raw index DIR N cases|records    TermGenerator, Snowball, positions, prefixes,
 * values; compacted raw query DIR N QUERIES plain|manual [ROUNDS]
 *
 * cases: a document a case (title, text, decision). records: a document for each case,
 * decision (with its case's title and text), meeting and attendance, as HF-søk has them.
 * The content is made in this process and its making is not counted: no file is read and
 * nothing has to be understood, which is the baseline's advantage. plain: MSet::snippet
 * without flags. manual: with its default flags. Facets from columns in memory in both.
 */
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <xapian.h>

extern "C" {
#include "generate.h"
}

namespace
{
enum Slot { SLOT_TRUST, SLOT_REGION, SLOT_YEAR, SLOT_BODY, SLOT_DATE, N_SLOTS };

double clock_now(clockid_t which)
{
    timespec t;
    clock_gettime(which, &t);
    return double(t.tv_sec) + double(t.tv_nsec) / 1e9;
}

/* CPU and wall time of the parts that are counted. */
struct Watch {
    double cpu = 0, wall = 0, cpu_start = 0, wall_start = 0;
    void start()
    {
        cpu_start = clock_now(CLOCK_PROCESS_CPUTIME_ID);
        wall_start = clock_now(CLOCK_MONOTONIC);
    }
    void stop()
    {
        cpu += clock_now(CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
        wall += clock_now(CLOCK_MONOTONIC) - wall_start;
    }
};

struct Indexer {
    Xapian::WritableDatabase db;
    Xapian::TermGenerator terms;
    Xapian::Stem stem{"norwegian"};
    bool all_records;

    Indexer(const std::string &path, bool all)
        : db(path, Xapian::DB_CREATE_OR_OVERWRITE), all_records(all)
    {
        terms.set_stemmer(stem);
        terms.set_stemming_strategy(Xapian::TermGenerator::STEM_SOME);
    }

    void field(const std::string &text, const char *prefix)
    {
        terms.index_text(text, 1, prefix);
        terms.increase_termpos();
    }

    void add(Xapian::Document &doc, const generated_meeting &m, const char *type,
             const std::string &data)
    {
        char year[16], date[24];
        snprintf(year, sizeof year, "%d", m.year);
        snprintf(date, sizeof date, "%04d%02d%02d", m.year, m.month, m.day);
        doc.add_boolean_term(std::string("XH") + m.trust_id);
        doc.add_boolean_term(std::string("XR") + m.region_id);
        doc.add_boolean_term(std::string("XY") + year);
        doc.add_boolean_term(std::string("XB") + m.body);
        doc.add_boolean_term(std::string("XT") + type);
        doc.add_value(SLOT_TRUST, m.trust_id);
        doc.add_value(SLOT_REGION, m.region_id);
        doc.add_value(SLOT_YEAR, year);
        doc.add_value(SLOT_BODY, m.body);
        doc.add_value(SLOT_DATE, date);
        doc.set_data(data);
        db.add_document(doc);
    }

    Xapian::Document begin()
    {
        Xapian::Document doc;
        terms.set_document(doc);
        terms.set_termpos(0);
        return doc;
    }

    void add_case(const generated_meeting &m, const generated_case &c)
    {
        std::string title = c.title.data, text = c.text.data, decision = c.decision.data;
        std::string data = title + "\x1f" + m.trust + "\x1f" + text + "\x1f" + decision;
        Xapian::Document doc = begin();
        field(title, "S");
        field(text, "");
        field(decision, "XD");
        add(doc, m, "case", data);
        if (!all_records) return;
        doc = begin();
        field(decision, "XD");
        field(title, "S");
        field(text, "");
        add(doc, m, "decision", data);
    }

    void add_people(const generated_meeting &m)
    {
        Xapian::Document doc = begin();
        field(m.trust, "S");
        field(m.body_name, "");
        add(doc, m, "meeting", m.trust);
        for (unsigned i = 0; i < m.n_people; i++) {
            doc = begin();
            field(m.people[i], "A");
            field(m.roles[i], "XO");
            add(doc, m, "attendee", m.people[i]);
        }
    }
};

long resident_mb()
{
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

int index_all(const generator *g, const std::string &dir, uint32_t n, bool all_records)
{
    Watch watch;
    generated_meeting m;
    std::vector<generated_case> cases(GENERATE_CASES);
    for (auto &c : cases) memset(&c, 0, sizeof c);
    std::string loose = dir + ".loose";
    watch.start();
    Indexer to(loose, all_records);
    watch.stop();
    for (uint32_t first = 0; first < n; first += GENERATE_CASES) {
        uint32_t k = std::min<uint32_t>(GENERATE_CASES, n - first);
        generate_meeting(g, first / GENERATE_CASES, &m);
        for (uint32_t i = 0; i < k; i++) generate_case(g, first + i, &cases[i]);
        watch.start();
        for (uint32_t i = 0; i < k; i++) to.add_case(m, cases[i]);
        if (all_records) to.add_people(m);
        watch.stop();
    }
    watch.start();
    to.db.commit();
    to.db.close();
    Xapian::Database(loose).compact(dir);
    watch.stop();
    for (auto &c : cases) generate_case_release(&c);
    printf("%.2f %.2f %ld\n", watch.cpu, watch.wall, resident_mb());
    return 0;
}

/* ---- questions ---- */

struct Columns {
    std::vector<uint16_t> value[N_SLOTS];
    std::vector<std::string> names[N_SLOTS];

    explicit Columns(const Xapian::Database &db)
    {
        for (unsigned s = 0; s < SLOT_DATE; s++) {
            value[s].assign(db.get_lastdocid() + 1, 0);
            for (auto it = db.valuestream_begin(s); it != db.valuestream_end(s); ++it) {
                auto &list = names[s];
                auto at = std::find(list.begin(), list.end(), *it);
                if (at == list.end()) at = list.insert(list.end(), *it);
                value[s][it.get_docid()] = uint16_t(at - list.begin());
            }
        }
    }
};

struct Counter : Xapian::MatchSpy {
    const Columns &columns;
    std::vector<unsigned> counts[N_SLOTS];
    explicit Counter(const Columns &c) : columns(c)
    {
        for (unsigned s = 0; s < SLOT_DATE; s++) counts[s].assign(c.names[s].size(), 0);
    }
    void operator()(const Xapian::Document &doc, double) override
    {
        Xapian::docid id = doc.get_docid();
        for (unsigned s = 0; s < SLOT_DATE; s++) counts[s][columns.value[s][id]]++;
    }
};

void add_quoted(std::string &out, const std::string &text)
{
    out += '"';
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    out += "\",";
}

struct Asker {
    Xapian::Database db;
    Columns columns;
    Xapian::QueryParser parser;
    Xapian::Stem stem{"norwegian"};
    unsigned snippet_flags;

    Asker(const std::string &path, bool is_plain)
        : db(path), columns(db),
          snippet_flags(is_plain ? 0u
                                 : unsigned(Xapian::MSet::SNIPPET_BACKGROUND_MODEL |
                                            Xapian::MSet::SNIPPET_EXHAUSTIVE))
    {
        parser.set_database(db);
        parser.set_stemmer(stem);
        parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
        parser.set_default_op(Xapian::Query::OP_AND);
        for (const char *prefix : {"", "S", "XD", "A", "XO"})
            parser.add_prefix("", prefix);
    }

    unsigned long ask(const generated_query &q, std::string &out)
    {
        Xapian::Query query = parser.parse_query(
            q.text, Xapian::QueryParser::FLAG_PHRASE | Xapian::QueryParser::FLAG_BOOLEAN |
                        Xapian::QueryParser::FLAG_LOVEHATE);
        auto filter = [&](const char *prefix, const char *value) {
            if (*value)
                query = Xapian::Query(Xapian::Query::OP_FILTER, query,
                                      Xapian::Query(std::string(prefix) + value));
        };
        filter("XH", q.trust_id);
        filter("XR", q.region_id);
        filter("XY", q.year);
        Xapian::Enquire enquire(db);
        Counter counter(columns);
        enquire.set_query(query);
        enquire.add_matchspy(&counter);
        Xapian::MSet found = enquire.get_mset(0, 10, db.get_doccount());
        out.clear();
        for (auto it = found.begin(); it != found.end(); ++it) {
            std::string data = it.get_document().get_data();
            size_t title = data.find('\x1f');
            size_t text =
                title == std::string::npos ? title : data.find('\x1f', title + 1);
            add_quoted(out, data.substr(0, title));
            if (text != std::string::npos)
                add_quoted(out, found.snippet(data.substr(text + 1), 320, stem,
                                              snippet_flags, "<b>", "</b>", "..."));
        }
        for (unsigned s = 0; s < SLOT_DATE; s++)
            for (size_t i = 0; i < columns.names[s].size(); i++) {
                add_quoted(out, columns.names[s][i]);
                out += std::to_string(counter.counts[s][i]);
            }
        return found.get_matches_estimated();
    }
};

int ask_all(const generator *g, char **argv, int argc)
{
    uint32_t cases = uint32_t(atol(argv[3])), n = uint32_t(atol(argv[4]));
    int rounds = argc > 6 ? atoi(argv[6]) : 3;
    Asker asker(argv[2], !strcmp(argv[5], "plain"));
    std::string out;
    for (uint32_t i = 0; i < n; i++) {
        generated_query q;
        double best = 0;
        unsigned long total = 0;
        generate_query(g, i, cases, &q);
        for (int r = 0; r < rounds; r++) {
            double start = clock_now(CLOCK_THREAD_CPUTIME_ID);
            total = asker.ask(q, out);
            double used = clock_now(CLOCK_THREAD_CPUTIME_ID) - start;
            if (!r || used < best) best = used;
        }
        printf("%.1f\t%lu\t%s\t%s\n", best * 1e6, total, q.kind, q.text);
    }
    return 0;
}
} // namespace

int main(int argc, char **argv)
{
    generator *g = nullptr;
    if (argc < 5 || !generate_open("stopwords/frequencies.tsv", 1, &g)) return 2;
    try {
        if (!strcmp(argv[1], "index"))
            return index_all(g, argv[2], uint32_t(atol(argv[3])),
                             !strcmp(argv[4], "records"));
        return argc > 5 ? ask_all(g, argv, argc) : 2;
    } catch (const Xapian::Error &e) {
        fprintf(stderr, "raw: %s: %s\n", e.get_type(), e.get_msg().c_str());
        return 1;
    }
}
