#ifndef HOST_HTTP_H
#define HOST_HTTP_H

#include "tt_types.h"

/* A server, as `http://host:port/base` or `https://...` names it, and the connection to it. */
typedef struct http_server http_server;

/* NULL when the address is not of that form. */
http_server *http_server_make(const char *url);
void http_server_free(http_server *server);

/*
 * Posts bytes and gives the status and the first bytes of the answer, as text. The connection is kept.
 * 0 when there was no answer.
 */
int http_post(http_server *server, const char *path, const char *type, const uint8_t *bytes,
              size_t size, char *answer, size_t room);

#endif
