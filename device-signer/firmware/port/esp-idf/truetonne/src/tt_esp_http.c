#include <stdio.h>
#include <string.h>

/* First: it brings bool, which esp_crt_bundle.h of ESP-IDF 5.4 uses and does not include. */
#include "tt_esp_port.h"

#include "esp_crt_bundle.h"
#include "esp_http_client.h"

#define TIMEOUT_MS 15000
#define URL_ROOM 256
/* A problem document is a few hundred bytes; what does not fit is not read. */
#define ANSWER_ROOM 1024
#define PART_SIZE 256

static esp_http_client_handle_t open_post(const char *path, const char *type, int size) {
  char url[URL_ROOM];
  const int length = snprintf(url, sizeof url, "%s%s", tt_esp_settings_in_use->oracle_url, path);
  if (length < 0 || (size_t)length >= sizeof url) {
    return NULL;
  }
  const esp_http_client_config_t config = {
      .url = url,
      .method = HTTP_METHOD_POST,
      .timeout_ms = TIMEOUT_MS,
      .crt_bundle_attach = esp_crt_bundle_attach,
  };
  esp_http_client_handle_t client = esp_http_client_init(&config);
  if (client == NULL) {
    return NULL;
  }
  if (esp_http_client_set_header(client, "Content-Type", type) != ESP_OK ||
      esp_http_client_open(client, size) != ESP_OK) {
    esp_http_client_cleanup(client);
    return NULL;
  }
  return client;
}

/* Status and body of the answer; ends the request. */
static int finish(esp_http_client_handle_t client, bool is_sent, char *answer, size_t room) {
  int status = 0;
  answer[0] = '\0';
  if (is_sent && esp_http_client_fetch_headers(client) >= 0) {
    status = esp_http_client_get_status_code(client);
    const int size = esp_http_client_read_response(client, answer, (int)room - 1);
    answer[size > 0 ? size : 0] = '\0';
  }
  esp_http_client_cleanup(client);
  return status;
}

static bool write_all(esp_http_client_handle_t client, const char *bytes, size_t size) {
  size_t done = 0;
  while (done < size) {
    const int written = esp_http_client_write(client, bytes + done, (int)(size - done));
    if (written <= 0) {
      return false;
    }
    done += (size_t)written;
  }
  return true;
}

/* In parts: the largest window has 22,768 bytes, more than one wants on a stack. */
static bool write_window(esp_http_client_handle_t client, struct tt_device *device,
                         const struct tt_outgoing *window) {
  uint8_t part[PART_SIZE];
  for (uint32_t offset = 0; offset < window->size; offset += sizeof part) {
    const uint32_t left = window->size - offset;
    const size_t size = left < sizeof part ? left : sizeof part;
    if (tt_outgoing_read(device, window, offset, part, size) != TT_OK ||
        !write_all(client, (const char *)part, size)) {
      return false;
    }
  }
  return true;
}

tt_verdict tt_esp_http_send(void *context, struct tt_device *device,
                            const struct tt_outgoing *window) {
  (void)context;
  char answer[ANSWER_ROOM];
  esp_http_client_handle_t client =
      open_post("/v1/windows", "application/octet-stream", (int)window->size);
  if (client == NULL) {
    return TT_SEND_LATER;
  }
  const int status = finish(client, write_window(client, device, window), answer, sizeof answer);
  return tt_esp_verdict(status, answer);
}

int tt_esp_http_post_json(const char *path, const char *json, char *answer, size_t room) {
  const size_t size = strlen(json);
  esp_http_client_handle_t client = open_post(path, "application/json", (int)size);
  if (client == NULL) {
    return 0;
  }
  return finish(client, write_all(client, json, size), answer, room);
}
