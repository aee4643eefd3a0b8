#include <stdio.h>
#include <string.h>

#include "tt_esp_port.h"

/* SPEC.md section 10, "Broker credentials". */
#define REQUEST_SIZE 76
#define JSON_ROOM 384
#define ANSWER_ROOM 1024
static const uint8_t magic[] = {0x54, 0x54, 0x51, 0x01};

static void write_request(const tt_device *device, uint64_t now, uint8_t request[REQUEST_SIZE]) {
  memcpy(request, magic, sizeof magic);
  memcpy(request + 4, device->config.domain, TT_HASH_SIZE);
  memcpy(request + 36, device->state.device_id, TT_HASH_SIZE);
  for (int i = 0; i < 8; i++) {
    request[68 + i] = (uint8_t)(now >> (56 - 8 * i));
  }
}

bool tt_esp_fetch_password(tt_device *device, char *password, size_t room) {
  uint64_t now = 0;
  uint8_t request[REQUEST_SIZE];
  uint8_t digest[TT_HASH_SIZE];
  uint8_t signature[TT_SIGNATURE_SIZE];
  char request_hex[2 * REQUEST_SIZE + 1];
  char signature_hex[2 * TT_SIGNATURE_SIZE + 1];
  char id_hex[2 * TT_HASH_SIZE + 1];
  char path[128];
  char json[JSON_ROOM];
  char answer[ANSWER_ROOM];
  if (!tt_esp_now(NULL, &now) || now < device->config.clock_floor) {
    return false;
  }
  write_request(device, now, request);
  tt_sha256_of(request, sizeof request, digest);
  if (!tt_esp_sign(NULL, digest, signature)) {
    return false;
  }
  tt_signature_to_low(signature);
  tt_esp_write_hex(request, sizeof request, request_hex);
  tt_esp_write_hex(signature, sizeof signature, signature_hex);
  tt_esp_write_hex(device->state.device_id, TT_HASH_SIZE, id_hex);
  snprintf(path, sizeof path, "/v1/devices/0x%s/mqtt-credentials", id_hex);
  snprintf(json, sizeof json, "{\"request\":\"0x%s\",\"signature\":\"0x%s\"}", request_hex,
           signature_hex);
  return tt_esp_http_post_json(path, json, answer, sizeof answer) == 200 &&
         tt_esp_find_text(answer, "password", password, room);
}
