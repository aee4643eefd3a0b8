#include "http.h"

#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define TIMEOUT_S 15

struct http_server {
  bool secure;
  char host[256];
  char port[8];
  char base[256];
  int socket;
  SSL_CTX *tls;
  SSL *session;
};

http_server *http_server_make(const char *url) {
  http_server *server = calloc(1, sizeof *server);
  int used = 0;
  if (server == NULL) return NULL;
  signal(SIGPIPE, SIG_IGN);
  server->socket = -1;
  server->secure = strncmp(url, "https://", 8) == 0;
  const char *rest = server->secure ? url + 8 : url + 7;
  bool known = server->secure || strncmp(url, "http://", 7) == 0;
  if (!known || sscanf(rest, "%255[^:/]%n", server->host, &used) != 1) {
    free(server);
    return NULL;
  }
  rest += used;
  strcpy(server->port, server->secure ? "443" : "80");
  if (*rest == ':' && sscanf(rest, ":%7[0-9]%n", server->port, &used) == 1) rest += used;
  snprintf(server->base, sizeof server->base, "%s", rest);
  size_t length = strlen(server->base);
  if (length > 0u && server->base[length - 1u] == '/') server->base[length - 1u] = '\0';
  return server;
}

static void hang_up(http_server *server) {
  SSL_free(server->session);
  server->session = NULL;
  if (server->socket >= 0) close(server->socket);
  server->socket = -1;
}

void http_server_free(http_server *server) {
  if (server == NULL) return;
  hang_up(server);
  SSL_CTX_free(server->tls);
  free(server);
}

static int connect_to(const http_server *server) {
  struct addrinfo hints;
  struct addrinfo *found = NULL;
  struct timeval timeout = {TIMEOUT_S, 0};
  int connected = -1;
  memset(&hints, 0, sizeof hints);
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(server->host, server->port, &hints, &found) != 0) return -1;
  for (struct addrinfo *one = found; one != NULL && connected < 0; one = one->ai_next) {
    connected = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
    if (connected < 0) continue;
    setsockopt(connected, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    setsockopt(connected, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    if (connect(connected, one->ai_addr, one->ai_addrlen) == 0) continue;
    close(connected);
    connected = -1;
  }
  freeaddrinfo(found);
  return connected;
}

/* The certificate is checked against the system's authorities and the host's name. */
static bool secure(http_server *server) {
  if (server->tls == NULL) {
    server->tls = SSL_CTX_new(TLS_client_method());
    if (server->tls == NULL || SSL_CTX_set_default_verify_paths(server->tls) != 1) return false;
    SSL_CTX_set_verify(server->tls, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_min_proto_version(server->tls, TLS1_2_VERSION);
  }
  server->session = SSL_new(server->tls);
  if (server->session == NULL) return false;
  return SSL_set1_host(server->session, server->host) == 1 &&
         SSL_set_tlsext_host_name(server->session, server->host) == 1 &&
         SSL_set_fd(server->session, server->socket) == 1 && SSL_connect(server->session) == 1;
}

static bool dial(http_server *server) {
  if (server->socket >= 0) return true;
  server->socket = connect_to(server);
  if (server->socket >= 0 && (!server->secure || secure(server))) return true;
  hang_up(server);
  return false;
}

static long read_some(http_server *server, char *bytes, size_t room) {
  if (server->session != NULL) return SSL_read(server->session, bytes, (int)room);
  return (long)recv(server->socket, bytes, room, 0);
}

static bool write_all(http_server *server, const uint8_t *bytes, size_t size) {
  while (size > 0u) {
    long done = server->session != NULL ? SSL_write(server->session, bytes, (int)size)
                                        : (long)send(server->socket, bytes, size, 0);
    if (done <= 0) return false;
    bytes += done;
    size -= (size_t)done;
  }
  return true;
}

/* The value of a header field, or NULL. */
static const char *field_of(const char *head, const char *name) {
  size_t length = strlen(name);
  for (const char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n")) {
    if (strncasecmp(line + 2, name, length) == 0 && line[2u + length] == ':') {
      return line + 3u + length + strspn(line + 3u + length, " ");
    }
  }
  return NULL;
}

/* Reads until the connection ends, the stated length is there or `room` is full. */
static int read_answer(http_server *server, char *answer, size_t room) {
  size_t size = 0;
  size_t wanted = room - 1u;
  int status = 0;
  bool keep = false;
  while (size < wanted) {
    long got = read_some(server, answer + size, wanted - size);
    if (got <= 0) break;
    size += (size_t)got;
    answer[size] = '\0';
    const char *end = strstr(answer, "\r\n\r\n");
    if (end == NULL) continue;
    /* Parts (chunks) end with an empty one. */
    if (status != 0 && strstr(end, "\r\n0\r\n\r\n") != NULL) break;
    if (status != 0) continue;
    const char *length = field_of(answer, "content-length");
    const char *connection = field_of(answer, "connection");
    if (sscanf(answer, "HTTP/1.%*1[01] %3d", &status) != 1) break;
    size_t whole = (size_t)(end + 4 - answer) + strtoul(length == NULL ? "0" : length, NULL, 10);
    if (length == NULL || whole >= room) {
      if (strstr(end, "\r\n0\r\n\r\n") != NULL) break;
      continue;
    }
    keep = connection == NULL || strncasecmp(connection, "close", 5) != 0;
    wanted = whole;
  }
  answer[size] = '\0';
  if (!keep || size != wanted) hang_up(server);
  return status;
}

static int post_once(http_server *server, const char *path, const char *type, const uint8_t *bytes,
                     size_t size, char *answer, size_t room) {
  char head[1024];
  if (!dial(server)) return 0;
  int length = snprintf(head, sizeof head,
                        "POST %s%s HTTP/1.1\r\nHost: %s:%s\r\nContent-Type: %s\r\n"
                        "Content-Length: %zu\r\nAccept: application/json\r\n\r\n",
                        server->base, path, server->host, server->port, type, size);
  bool sent = length > 0 && write_all(server, (const uint8_t *)head, (size_t)length) &&
              write_all(server, bytes, size);
  int status = sent ? read_answer(server, answer, room) : 0;
  if (status == 0) hang_up(server);
  return status;
}

int http_post(http_server *server, const char *path, const char *type, const uint8_t *bytes,
              size_t size, char *answer, size_t room) {
  bool kept = server->socket >= 0;
  *answer = '\0';
  int status = post_once(server, path, type, bytes, size, answer, room);
  /* A connection that was kept may have been closed meanwhile; what is sent may come twice. */
  if (status != 0 || !kept) return status;
  return post_once(server, path, type, bytes, size, answer, room);
}
