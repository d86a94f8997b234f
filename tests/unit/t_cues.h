/* The cues of the reader of minutes, for a group of tests: open_cues and close_cues are
 * its set-up and its end. */
#ifndef HFSOK_TESTS_T_CUES_H
#define HFSOK_TESTS_T_CUES_H

#include <stdlib.h>

#include "../../indexer/minutes_cues.h"

static struct minutes_cues *cues;

static int open_cues(void **state)
{
    struct hf_error err;
    const char *dir = getenv("HFSOK_DATA");
    (void)state;
    return minutes_cues_open(dir ? dir : "stopwords", &cues, &err) == HF_OK ? 0 : -1;
}

static int close_cues(void **state)
{
    (void)state;
    minutes_cues_close(cues);
    return 0;
}

#endif
