/* The description of the API (OpenAPI 3.1), made from the table of routes and THE table
 * of parameters; the answers' schemas are data (api/schemas.json).
 *
 *     json_t *doc = openapi_document(routes, n_routes, "https://sok.example.org");
 */
#ifndef HFSOK_OPENAPI_H
#define HFSOK_OPENAPI_H

#include "ask.h"

/* base: where the server is found, or "". Yours. */
json_t *openapi_document(const struct route *routes, size_t n, const char *base);

/* Whether openapi.c says what a route answers; every route of the API must be there. */
bool openapi_knows(const char *pattern);

#endif
