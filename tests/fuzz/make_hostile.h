/* Files that no reader should trust, each with what must come of it.
 *
 *     FILE *f = bad("tom.docx", "filen er tom");            refused, the reason begins so
 *     FILE *f = good("linje.txt", "1/0/0");                 read: cases/decisions/attendees
 *
 * Both print a row for hostile.sh: name, "refused" or "read", what is expected. A file that takes long is made in the
 * long form only: ask is_long() first. */
#ifndef MAKE_HOSTILE_H
#define MAKE_HOSTILE_H

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool is_long(void);

/* A new file in the folder; close it with fclose. */
FILE *bad(const char *name, const char *reason);
FILE *good(const char *name, const char *counts);
/* The row alone, for what is no plain file; the path to make it at. */
const char *bad_path(const char *name, const char *reason);
const char *good_path(const char *name, const char *counts);

/* head, n times part, tail; yours */
char *repeat(const char *head, const char *part, size_t n, const char *tail);
void put_repeated(FILE *f, const char *part, size_t n);
/* n bytes from a fixed seed */
void put_noise(FILE *f, size_t n);

/* ---- zip ---- */
struct archive *open_zip(const char *path);
struct archive *open_odt(const char *path); /* with its type */
void put_part(struct archive *a, const char *name, const void *bytes, size_t len);
void put_text(struct archive *a, const char *name, const char *text);
/* a Word or OpenDocument file with this body and nothing else */
#define DOCX_HEAD "<w:document xmlns:w=\"w\"><w:body>"
#define DOCX_TAIL "</w:body></w:document>"
#define ODT_HEAD                                                                                                       \
    "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\"><office:body><office:text>"
#define ODT_TAIL "</office:text></office:body></office:document-content>"
void put_docx(const char *path, const char *xml);
void put_odt(const char *path, const char *xml);

/* ---- what zlib would write for n equal bytes ---- */
struct bytes {
    unsigned char *at;
    size_t len;
};
struct bytes deflate_zeros(size_t n); /* with zlib's head and sum; free .at */

/* the sample documents */
struct bytes sample(const char *name);

void make_cut(void);      /* hostile_cut.c: cut off, encrypted, under a wrong name */
void make_packages(void); /* hostile_packages.c: zip, Word, OpenDocument */
void make_pages(void);    /* hostile_pages.c: HTML */
void make_pdfs(void);     /* hostile_pdf.c */
void make_images(void);   /* hostile_images.c */
void make_texts(void);    /* hostile_text.c: plain text and the reader of minutes */
void make_names(void);    /* hostile_names.c: names, links, pipes, rights */

#endif
