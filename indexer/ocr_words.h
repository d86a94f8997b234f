/* What tesseract writes (hOCR) → words with places, by their lines: the words of a line
 * have one height and one base, whatever letters they hold, as those of a PDF have. Which
 * are bold the image says, by the thickness of its strokes.
 *
 *     struct ocr_words words;
 *     ocr_words_read(&words, hocr, len);
 *     ocr_words_find_bold(&words, &image);
 *     ... words.at[i] ...
 *     ocr_words_release(&words);
 */
#ifndef HF_OCR_WORDS_H
#define HF_OCR_WORDS_H

#include "page_image.h"

struct ocr_word {
    double x0, y0, x1, y1; /* in pixels; y0 and y1 are the line's */
    double size;           /* of the line, from the top of "l" to the foot of "g" */
    double stroke;         /* thickness, of the size; 0 where it cannot be told */
    int top, bottom;       /* the letters' own */
    const char *text;      /* in the arena */
    size_t len;
    bool is_bold;
};

struct ocr_words {
    struct hf_arena arena;
    struct ocr_word *at;
    size_t n, cap;
};

/* Words that are noise (next to no confidence, the remains of rules) are left out. Broken
 * output is read as far as it goes. */
void ocr_words_read(struct ocr_words *words, const char *hocr, size_t len);
void ocr_words_find_bold(struct ocr_words *words, const struct page_image *image);
void ocr_words_release(struct ocr_words *words);

#endif
