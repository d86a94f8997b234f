/* What the two files of the C++ boundary share: every function there is one guarded
 * lambda. */
#ifndef HF_INDEX_INTERNAL_HH
#define HF_INDEX_INTERNAL_HH

#include "index.h"

#include <xapian.h>

#include <string>
#include <unordered_map>

/* What is thrown inside a guard to leave with a status of our own. */
struct Failure {
    hf_status status;
    std::string text;
};

/* Rethrows the exception in flight and maps it, most derived first. */
hf_status index_translate(hf_error *err);

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

struct hf_reader {
    Xapian::Database db;
    std::unordered_map<std::string, uint32_t> freqs; /* asked before; db never changes */
};

#endif
