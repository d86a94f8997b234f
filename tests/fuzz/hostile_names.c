/* Not the contents but the name, the kind or the rights. */
#include "make_hostile.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void write_minutes(FILE *f)
{
    struct bytes b = sample("ahus-fsu-2023-10-19.html");
    fwrite(b.at, 1, b.len, f);
    fclose(f);
    free(b.at);
}

static void odd_names(void)
{
    static const char *const names[] = {
        "-rf", "--rebuild", "linje\nskift.html", "tab\there.html", "ugyldig\xffnavn.html", "$(touch x);'\"&|<>*?.pdf",
        "\\x41.html", "fargelegg\x1b[31m.html", " ", "%s%n%d.html", "e\xcc\x81.html", "snudd\xe2\x80\xae" "fdp.html",
    };
    char longest[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) write_minutes(good(names[i], "6/5/8"));
    memset(longest, 'a', 250);
    strcpy(longest + 250, ".html");
    write_minutes(good(longest, "6/5/8"));
}

static void not_files(void)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    if (mkfifo(bad_path("ror.txt", "ikke en vanlig fil"), 0600)) exit(1);
    /* A socket's path is short: from where it lies. */
    const char *path = bad_path("kontakt.txt", "ikke en vanlig fil");
    char dir[4200];
    snprintf(dir, sizeof dir, "%.*s", (int)(strrchr(path, '/') - path), path);
    int here = open(".", O_RDONLY), s = socket(AF_UNIX, SOCK_STREAM, 0);
    strcpy(a.sun_path, "kontakt.txt");
    if (chdir(dir) || bind(s, (struct sockaddr *)&a, sizeof a) || fchdir(here)) exit(1);
    close(s);
    close(here);
    static const char link_reason[] = "symbolsk lenke, følges ikke";
    if (symlink("/etc/passwd", bad_path("lenke.txt", link_reason)) || symlink("ring", bad_path("ring", link_reason)) ||
        symlink("..", bad_path("opp", link_reason)) || symlink("finnes-ikke", bad_path("dod-lenke.pdf", link_reason)))
        exit(1);
}

static void rights(void)
{
    const char *path = bad_path("stengt.html", "du har ikke tilgang");
    FILE *f = fopen(path, "w");
    write_minutes(f);
    chmod(path, 0);
    if (mkdir(bad_path("stengt", "du har ikke tilgang"), 0)) exit(1);
    /* 40 folders in each other: named where it becomes too much */
    char deep[100] = "dyp", dir[5000];
    for (int i = 0; i < 32; i++) strcat(deep, "/d");
    snprintf(dir, sizeof dir, "%s/d/d", bad_path(deep, "mappene ligger for dypt i hverandre"));
    for (char *end = strstr(dir, "/dyp/") + 4; end; end = strchr(end + 1, '/')) {
        *end = 0;
        mkdir(dir, 0700);
        *end = '/';
    }
    path = good_path("mappe.pdf/inni.html", "6/5/8"); /* a folder with the name of a file */
    snprintf(dir, sizeof dir, "%.*s", (int)(strrchr(path, '/') - path), path);
    mkdir(dir, 0700);
    write_minutes(fopen(path, "w"));
    path = bad_path("hull.txt", "større enn 50 MB"); /* a terabyte of nothing */
    f = fopen(path, "w");
    if (ftruncate(fileno(f), (off_t)1 << 40) && ftruncate(fileno(f), (off_t)1 << 33)) exit(1);
    fclose(f);
    f = bad("hull-40-MB.txt", "filen er ikke tekst");
    if (ftruncate(fileno(f), 40 << 20)) exit(1);
    fclose(f);
}

void make_names(void)
{
    odd_names();
    not_files();
    rights();
}
