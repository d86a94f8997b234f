/* mklemma: compiles the lemma table at build time; mklemmas.sh calls it.
 *
 *     mklemma FOLDER SUPPLEMENT LIST_NB LIST_NN OUT
 *
 * FOLDER holds the transducers of apertium-nno-nob as AT&T text (lt-print). */
#include "mklemma_world.h"

#include <string.h>
#include <time.h>

static void say(const char *what)
{
    static struct timespec start;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!start.tv_sec) start = now;
    double s =
        (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
    printf("  %5.1f s  %s\n", s, what);
    fflush(stdout);
}

static const char *in(const char *folder, const char *name)
{
    static char path[4096];
    int n = snprintf(path, sizeof path, "%s/%s.att", folder, name);
    if (n < 0 || (size_t)n >= sizeof path) mk_die("path too long");
    return path;
}

int main(int argc, char **argv)
{
    static struct mk_world w;
    if (argc != 6) mk_die("usage: mklemma FOLDER SUPPLEMENT LIST_NB LIST_NN OUT");
    const char *dir = argv[1];
    say("reading bokmål");
    mk_read_dictionary(&w, in(dir, "nob-nno.automorf"), MK_NB, true);
    mk_read_dictionary(&w, in(dir, "nno-nob.autogen"), MK_NB, false);
    say("reading nynorsk");
    mk_read_dictionary(&w, in(dir, "nno-nob.automorf"), MK_NN, true);
    mk_read_dictionary(&w, in(dir, "nob-nno.autogen"), MK_NN, false);
    say("reading pairs and word lists");
    mk_read_pairs(&w, in(dir, "nno-nob.autobil"), MK_NN);
    mk_read_pairs(&w, in(dir, "nob-nno.autobil"), MK_NB);
    mk_read_supplement(&w, argv[2]);
    mk_read_list(&w, argv[3], MK_NB);
    mk_read_list(&w, argv[4], MK_NN);
    say("carrying nynorsk to bokmål");
    mk_carry(&w, MK_PLAIN);
    say("counting compounds");
    mk_count_compounds(&w);
    say("joining variants");
    mk_carry(&w, MK_VARIANTS);
    mk_collect_modifiers(&w);
    say("carrying compounds part by part");
    mk_carry(&w, MK_PARTS);
    say("counting again");
    mk_count_compounds(&w);
    say("learning endings");
    mk_learn_tails(&w);
    say("writing");
    mk_write(&w, argv[5]);
    say("done");
    return 0;
}
