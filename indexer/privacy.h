/* National identity numbers (fødselsnummer): a document that holds one is held back. */
#ifndef HF_PRIVACY_H
#define HF_PRIVACY_H

#include <stdbool.h>
#include <stddef.h>

/* How the reason begins by which such a document is held back. */
#define PRIVACY_HELD_BACK "holdt tilbake: "

/* True if text holds an 11-digit number (a blank after the sixth digit allowed) whose
 * date part and two check digits are those of a Norwegian identity number or D-number. */
bool privacy_has_identity_number(const char *text, size_t len);

#endif
