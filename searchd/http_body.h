/* A reply as libmicrohttpd's response: bytes that lie ready, or an export made while it
 * is sent; gzipped where the reader takes it and it is worth it.
 *
 *     size_t len;
 *     struct MHD_Response *response = body_response(server, &reply, accept_encoding,
 * &len);
 *
 * The entity tags of replies are weak, so one tag holds for both codings.
 */
#ifndef HFSOK_HTTP_BODY_H
#define HFSOK_HTTP_BODY_H

#include <microhttpd.h>

#include "routes.h"

/* Takes the reply's body over and adds its headers, Vary and Content-Encoding to it. *len
 * is what lies ready to be sent. NULL where the library cannot. */
struct MHD_Response *body_response(struct server *s, struct reply *r,
                                   const char *accept_encoding, size_t *len);

#endif
