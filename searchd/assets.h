/* Files that the daemon serves as they are, embedded when it is built. */
#ifndef HFSOK_ASSETS_H
#define HFSOK_ASSETS_H

#include <stddef.h>

struct asset {
    const char *path, *media_type;
    const char *start, *end;
    char tag[20]; /* of the content, for addresses and ETags */
};

/* The asset at a path, or NULL. The tags are made by assets_init, called once. */
const struct asset *assets_find(const char *path);
void assets_init(void);

/* The schemas of the API's answers; not served by themselves. */
const struct asset *assets_schemas(void);

/* The stylesheet and the script of the pages. */
const struct asset *assets_css(void);
const struct asset *assets_script(void);

#endif
