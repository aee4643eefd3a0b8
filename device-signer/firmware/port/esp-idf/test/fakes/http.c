/*
 * esp_http_client over plain sockets, one request a client. Whatever the URL says, it goes to this
 * machine, to the port in the environment variable FAKE_HTTP_PORT.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "esp_http_client.h"

#define HEAD_ROOM 4096

struct esp_http_client {
  char host[64];
  char path[192];
  char type[64];
  int socket;
  char head[HEAD_ROOM];
  size_t body_at;
  size_t size;
};

esp_http_client_handle_t esp_http_client_init(const esp_http_client_config_t *config) {
  esp_http_client_handle_t client = calloc(1, sizeof *client);
  if (client != NULL) {
    client->socket = -1;
    if (sscanf(config->url, "http://%63[^/]%191s", client->host, client->path) == 2 &&
        config->method == HTTP_METHOD_POST) {
      return client;
    }
  }
  free(client);
  return NULL;
}

esp_err_t esp_http_client_set_header(esp_http_client_handle_t client, const char *key,
                                     const char *value) {
  if (strcmp(key, "Content-Type") != 0) {
    return ESP_FAIL;
  }
  snprintf(client->type, sizeof client->type, "%s", value);
  return ESP_OK;
}

esp_err_t esp_http_client_open(esp_http_client_handle_t client, int write_len) {
  const char *port = getenv("FAKE_HTTP_PORT");
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)(port == NULL ? 0 : atoi(port)))};
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  client->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(client->socket, (const struct sockaddr *)&address, sizeof address) != 0) {
    return ESP_FAIL;
  }
  char head[512];
  const int size = snprintf(head, sizeof head,
                            "POST %s HTTP/1.1\r\nhost: %s\r\ncontent-type: %s\r\n"
                            "content-length: %d\r\nconnection: close\r\n\r\n",
                            client->path, client->host, client->type, write_len);
  return esp_http_client_write(client, head, size) == size ? ESP_OK : ESP_FAIL;
}

int esp_http_client_write(esp_http_client_handle_t client, const char *buffer, int len) {
  return (int)send(client->socket, buffer, (size_t)len, MSG_NOSIGNAL);
}

/* Reads until the other side closes. */
int64_t esp_http_client_fetch_headers(esp_http_client_handle_t client) {
  ssize_t part = 0;
  do {
    client->size += (size_t)part;
    part = recv(client->socket, client->head + client->size, HEAD_ROOM - 1 - client->size, 0);
  } while (part > 0);
  const char *end = strstr(client->head, "\r\n\r\n");
  if (end == NULL) {
    return -1;
  }
  client->body_at = (size_t)(end - client->head) + 4;
  return (int64_t)(client->size - client->body_at);
}

int esp_http_client_get_status_code(esp_http_client_handle_t client) {
  int status = 0;
  return sscanf(client->head, "HTTP/1.1 %d", &status) == 1 ? status : 0;
}

int esp_http_client_read_response(esp_http_client_handle_t client, char *buffer, int len) {
  const size_t left = client->size - client->body_at;
  const size_t size = left < (size_t)len ? left : (size_t)len;
  memcpy(buffer, client->head + client->body_at, size);
  return (int)size;
}

esp_err_t esp_http_client_cleanup(esp_http_client_handle_t client) {
  if (client->socket >= 0) {
    close(client->socket);
  }
  free(client);
  return ESP_OK;
}
