/* What the two files of the C++ boundary share: every function there is one guarded
 * lambda. */
#ifndef HF_INDEX_INTERNAL_HH
#define HF_INDEX_INTERNAL_HH

#include "index.h"

#include <xapian.h>

#include <memory>
#include <new>
#include <string>
#include <unordered_map>
#include <vector>

/* What is thrown inside a guard to leave with a status of our own. */
struct Failure {
    hf_status status;
    std::string text;
};

/* Rethrows the exception in flight and maps it, most derived first. */
static hf_status index_translate(hf_error *err)
{
    try {
        throw;
    } catch (const Failure &f) {
        return hf_fail(err, f.status, "%s", f.text.c_str());
    } catch (const Xapian::DatabaseModifiedError &e) {
        return hf_fail(err, HF_CHANGED, "%s", e.get_msg().c_str());
    } catch (const Xapian::DatabaseLockError &e) {
        return hf_fail(err, HF_LOCKED, "%s", e.get_msg().c_str());
    } catch (const Xapian::DatabaseVersionError &e) {
        return hf_fail(err, HF_CORRUPT, "%s", e.get_msg().c_str());
    } catch (const Xapian::DatabaseCorruptError &e) {
        return hf_fail(err, HF_CORRUPT, "%s", e.get_msg().c_str());
    } catch (const Xapian::DatabaseOpeningError &e) {
        return hf_fail(err, HF_NO_INDEX, "%s", e.get_msg().c_str());
    } catch (const Xapian::DocNotFoundError &e) {
        return hf_fail(err, HF_NOT_FOUND, "%s", e.get_msg().c_str());
    } catch (const Xapian::InvalidArgumentError &e) {
        return hf_fail(err, HF_BAD_ARGUMENT, "%s", e.get_msg().c_str());
    } catch (const Xapian::RangeError &e) {
        return hf_fail(err, HF_BAD_ARGUMENT, "%s", e.get_msg().c_str());
    } catch (const Xapian::Error &e) {
        return hf_fail(err, HF_INDEX, "%s: %s", e.get_type(), e.get_msg().c_str());
    } catch (const std::bad_alloc &) {
        return hf_fail(err, HF_NO_MEMORY, "ikke nok minne");
    } catch (const std::exception &e) {
        return hf_fail(err, HF_INTERNAL, "%s", e.what());
    } catch (...) {
        return hf_fail(err, HF_INTERNAL, "unknown exception");
    }
}

template <typename F> hf_status guard(hf_error *err, F &&body) noexcept
{
    try {
        return body();
    } catch (...) {
        return index_translate(err);
    }
}

struct hf_doc {
    Xapian::Document doc;
};

struct hf_writer {
    Xapian::WritableDatabase db;
};

struct RankMemory; /* index_postings.hh */

struct hf_reader {
    Xapian::Database db;
    std::unordered_map<std::string, uint32_t> freqs; /* asked before; db never changes */
    const hf_resident *resident = nullptr;
    std::shared_ptr<RankMemory> memory;
};

/* Weights: BM25 with k1, b and the least length; k3 counts nothing, as no term is asked
 * for twice. */
const double RANK_K1 = 1.2, RANK_B = 0.4, RANK_MIN_LENGTH = 0.3;
const unsigned RANK_MAX_DEPTH = 64;

/* index_rank.cc, index_found.cc: what hf_reader_search and hf_reader_each_match do, where
 * rank_can says that it can be done over what is kept in memory. o: NULL for each_match.
 */
struct Ranked {
    double weight;
    uint32_t key, doc;
};
#pragma GCC visibility push(hidden)
bool rank_can(const hf_reader *r, const hf_query *q, const hf_search_options *o);
void rank_each(hf_reader *r, const hf_query *q, void (*fn)(void *, uint32_t), void *ctx);
std::vector<Ranked> rank_search(hf_reader *r, const hf_query *q,
                                const hf_search_options *o);
#pragma GCC visibility pop

#endif
