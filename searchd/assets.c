#include "assets.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The assembler reads the file; the path is from the top of the project, where make runs.
 * The object must be made again when the file changes (the Makefile says so: -MMD does
 * not see it). */
#define EMBED(name, file)                                                                \
    __asm__(".pushsection .rodata\n"                                                     \
            ".global " #name "_start\n.global " #name "_end\n" #name                     \
            "_start:\n.incbin \"" file "\"\n" #name "_end:\n.byte 0\n"                   \
            ".popsection\n");                                                            \
    extern const char name##_start[], name##_end[]

EMBED(asset_css, HFSOK_PAGE_CSS);   /* made by searchd/page/bundle.sh */
EMBED(asset_script, HFSOK_PAGE_JS); /* the same */
EMBED(asset_schemas, "searchd/api/schemas.json");
EMBED(asset_widget, HFSOK_WIDGET); /* made by searchd/widget/bundle.sh */
EMBED(asset_demo, "searchd/widget/demo.html");
EMBED(asset_demo_css, "searchd/widget/demo.css");
EMBED(asset_demo_js, "searchd/widget/demo.js");

static struct asset assets[] = {
    {"/page/hfsok.css", "text/css; charset=utf-8", asset_css_start, asset_css_end, ""},
    {"/page/hfsok.js", "text/javascript; charset=utf-8", asset_script_start,
     asset_script_end, ""},
    {"/widget/hfsok.js", "text/javascript; charset=utf-8", asset_widget_start,
     asset_widget_end, ""},
    {"/demo", "text/html; charset=utf-8", asset_demo_start, asset_demo_end, ""},
    {"/widget/demo.css", "text/css; charset=utf-8", asset_demo_css_start,
     asset_demo_css_end, ""},
    {"/widget/demo.js", "text/javascript; charset=utf-8", asset_demo_js_start,
     asset_demo_js_end, ""},
};

void assets_init(void)
{
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++) {
        uint64_t h = 14695981039346656037u;
        for (const char *s = assets[i].start; s < assets[i].end; s++)
            h = (h ^ (unsigned char)*s) * 1099511628211u;
        snprintf(assets[i].tag, sizeof assets[i].tag, "%016" PRIx64, h);
    }
}

const struct asset *assets_find(const char *path)
{
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        if (strcmp(path, assets[i].path) == 0) return &assets[i];
    return NULL;
}

const struct asset *assets_schemas(void)
{
    static const struct asset schemas = {"", "application/json", asset_schemas_start,
                                         asset_schemas_end, ""};
    return &schemas;
}

const struct asset *assets_css(void)
{
    return &assets[0];
}

const struct asset *assets_script(void)
{
    return &assets[1];
}
