/* The lists of terms as arrays, read once and kept: what index_rank.cc evaluates queries
 * by. A list has the documents that store the term; they stand for their heirs
 * (hf_share).
 */
#ifndef HF_INDEX_POSTINGS_HH
#define HF_INDEX_POSTINGS_HH

#include "index_internal.hh"
#include "index_lists.hh"

/* Of a term, or of several that count as one. */
struct Postings {
    std::vector<std::string> terms;
    std::vector<uint32_t> freqs; /* of each: the documents that store it */
    uint32_t freq = 0;           /* of all together */
    const hf_share *share_of = nullptr;
    bool is_read = false;
    std::vector<uint32_t> doc;
    std::vector<double> part; /* of the term's weight */
    Places places;            /* of a long list */
};

/* The documents in which a phrase may stand, with its weight there at scale 1, and those
 * that were looked into. */
struct Phrase {
    bool is_listed = false;
    List found;
    std::unordered_map<uint32_t, bool> known; /* of those who store its words */
};

/* What was read before: the index never changes. */
struct RankMemory {
    std::unordered_map<std::string, std::unique_ptr<Postings>> terms;
    std::unordered_map<std::string, Phrase> phrases;
    size_t size = 0; /* postings, about */
    /* For joining long lists: a bit and a weight a document; no bit is set between. */
    std::vector<uint64_t> bits;
    std::vector<double> sums;
};

#pragma GCC visibility push(hidden)
class TermLists
{
    hf_reader &r;
    const hf_resident &in;
    RankMemory &memory;
    double per_length = 0; /* 1 / the mean length */
    uint32_t n_docs;
    std::unordered_map<const hf_query *, Postings *> found; /* in this evaluation */

    /* A list this many times longer than the documents that it is asked about is probed
     * for each of them instead of being read. */
    static const size_t PROBE = 24;

  public:
    TermLists(hf_reader &reader, RankMemory &kept);

    /* The list of an HF_Q_TERM or HF_Q_SYNONYM, not yet read; it stays where it is. */
    Postings &of(const hf_query *q);
    void read(Postings &p);
    /* How many documents it has, about: heirs are taken for as many to each holder. */
    size_t most(const Postings &p) const;
    double weight(const Postings &p, double scale) const;
    /* All that have it, and those of `among` that have it; with their weights where tw is
     * not 0. */
    List all(const Postings &p, double tw) const;
    List among(const Postings &p, double tw, const Among &among) const;
    /* The list with the heirs in it. */
    List spread(const List &list) const;
    /* Makes all stand for the same heirs, or for none. */
    void align(std::vector<List *> lists) const;
    /* Where a document that stores them has the terms, ascending. */
    std::vector<uint32_t> positions(const Postings &p, uint32_t doc) const;
    /* The number of a term of resident->kind_terms from 1, or 0. */
    int kind_of(const char *term) const;

    bool is_worth_reading(const Postings &p, const List &among) const;

  private:
    Postings &make(const std::string &key, const hf_query *q);
    void probe(const Postings &p, double tw, const List &among, List &out) const;
    const hf_share *share_of(const std::string &term) const;
    double part(uint32_t wdf, uint32_t doc) const;
};

/* index_rank.cc: the matches of q among `among` (NULL: of all), their weights times
 * scale.
 */
List rank_evaluate(hf_reader *r, const hf_query *q, double scale, const Among *among);
#pragma GCC visibility pop

#endif
