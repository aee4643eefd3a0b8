/*
 * Windows over MQTT, one at a time (SPEC.md section 10). The events of esp-mqtt come in a task of its
 * own, so they only leave marks; all else happens in the task that calls tt_esp_deliver.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* First: it brings bool, which esp_crt_bundle.h of ESP-IDF 5.4 uses and does not include. */
#include "tt_esp_port.h"

#include "esp_crt_bundle.h"
#include "esp_log.h"
#include "mqtt_client.h"

#define NOTHING (-1)
#define PASSWORD_ROOM 256
/* An answer that asks to wait may come after the PUBACK. */
#define ANSWER_GRACE_MS 2000u
/* Without a PUBACK for so long the window is handed over again: what arrives twice is harmless. */
#define GIVE_UP_MS 60000u
/* Between two requests for a password, and after an answer that asks to wait. */
#define PAUSE_MS 60000u

static esp_mqtt_client_handle_t client;
static char topic[96];
static char answers_topic[96];
static char id_hex[2 * TT_HASH_SIZE + 1];
static char password[PASSWORD_ROOM];
/* esp-mqtt takes a message in one piece; made once, for the largest window. */
static uint8_t *message;
static size_t message_room;

/* Marks of the event task. */
static atomic_bool is_connected;
static atomic_bool is_refused;
static atomic_bool has_to_wait;
static atomic_int acknowledged_id = NOTHING;

/* The window on its way. */
static int sent_id = NOTHING;
static tt_outgoing sent;
static uint64_t sent_ms;
static bool is_acknowledged;
static uint64_t acknowledged_ms;
static uint64_t pause_until_ms;

/* The oracle's answers have up to 600 bytes. */
#define ANSWER_ROOM 1024u
/* Of the event task. */
static char answer[ANSWER_ROOM + 1u];

/* What is not understood may ask to wait, so the window is kept. */
static void judge_answer(void) {
  char code[48];
  if (!tt_esp_find_code(answer, code, sizeof code)) {
    ESP_LOGW(TT_ESP_TAG, "an answer without a code");
    has_to_wait = true;
    return;
  }
  ESP_LOGW(TT_ESP_TAG, "refused: %s", code);
  has_to_wait = has_to_wait || tt_esp_is_passing(code);
}

/* An answer larger than the buffer of esp-mqtt comes in pieces, one behind the other. */
static void note_answer(const esp_mqtt_event_t *event) {
  if (event->data_len < 0 || event->current_data_offset < 0) {
    return;
  }
  const size_t offset = (size_t)event->current_data_offset;
  const size_t size = (size_t)event->data_len;
  if (offset > ANSWER_ROOM || size > ANSWER_ROOM - offset) {
    ESP_LOGW(TT_ESP_TAG, "an answer of %d bytes", event->total_data_len);
    has_to_wait = true;
    return;
  }
  memcpy(answer + offset, event->data, size);
  answer[offset + size] = '\0';
  if (event->current_data_offset + event->data_len == event->total_data_len) {
    judge_answer();
  }
}

static void on_event(void *context, esp_event_base_t base, int32_t id, void *data) {
  (void)context;
  (void)base;
  const esp_mqtt_event_t *event = data;
  switch ((esp_mqtt_event_id_t)id) {
    case MQTT_EVENT_CONNECTED:
      is_connected = true;
      esp_mqtt_client_subscribe_single(event->client, answers_topic, 1);
      break;
    case MQTT_EVENT_DISCONNECTED:
      is_connected = false;
      break;
    case MQTT_EVENT_PUBLISHED:
      acknowledged_id = event->msg_id;
      break;
    case MQTT_EVENT_DATA:
      note_answer(event);
      break;
    case MQTT_EVENT_ERROR:
      if (event->error_handle->error_type == MQTT_ERROR_TYPE_CONNECTION_REFUSED) {
        is_refused = true;
      }
      break;
    default:
      break;
  }
}

static esp_mqtt_client_config_t make_config(void) {
  const esp_mqtt_client_config_t config = {
      .broker = {.address = {.uri = tt_esp_settings_in_use->mqtt_url},
                 .verification = {.crt_bundle_attach = esp_crt_bundle_attach}},
      .credentials = {.username = id_hex,
                      .client_id = id_hex,
                      .authentication = {.password = password}},
  };
  return config;
}

static bool make_room(const tt_device *device) {
  if (message == NULL) {
    message_room = TT_WINDOW_PREFIX_SIZE + (size_t)TT_READING_SIZE * device->config.open_limit;
    message = malloc(message_room);
  }
  return message != NULL;
}

static bool start(tt_device *device) {
  if (!make_room(device) || !tt_esp_fetch_password(device, password, sizeof password)) {
    return false;
  }
  tt_esp_write_hex(device->state.device_id, TT_HASH_SIZE, id_hex);
  snprintf(topic, sizeof topic, "tt/v1/%s/windows", id_hex);
  snprintf(answers_topic, sizeof answers_topic, "tt/v1/%s/answers", id_hex);
  const esp_mqtt_client_config_t config = make_config();
  if (client != NULL) {
    return esp_mqtt_set_config(client, &config) == ESP_OK;
  }
  client = esp_mqtt_client_init(&config);
  return client != NULL &&
         esp_mqtt_client_register_event(client, MQTT_EVENT_ANY, on_event, NULL) == ESP_OK &&
         esp_mqtt_client_start(client) == ESP_OK;
}

tt_verdict tt_esp_mqtt_send(void *context, struct tt_device *device,
                            const struct tt_outgoing *window) {
  (void)context;
  if (!is_connected || window->size > message_room ||
      tt_outgoing_read(device, window, 0, message, window->size) != TT_OK) {
    return TT_SEND_LATER;
  }
  acknowledged_id = NOTHING;
  has_to_wait = false;
  is_acknowledged = false;
  sent_id = esp_mqtt_client_publish(client, topic, (const char *)message, (int)window->size, 1, 0);
  if (sent_id < 0) {
    sent_id = NOTHING;
    return TT_SEND_LATER;
  }
  sent = *window;
  sent_ms = tt_esp_uptime_ms(NULL);
  return TT_SEND_PENDING;
}

/* The window on its way is settled, one way or the other: whether none is left. */
static bool settle(tt_device *device, uint64_t now_ms) {
  if (!is_acknowledged && acknowledged_id == sent_id) {
    is_acknowledged = true;
    acknowledged_ms = now_ms;
  }
  if (has_to_wait || (!is_acknowledged && now_ms - sent_ms > GIVE_UP_MS)) {
    tt_send_again(device);
    pause_until_ms = has_to_wait ? now_ms + PAUSE_MS : now_ms;
    sent_id = NOTHING;
    return true;
  }
  if (!is_acknowledged || now_ms - acknowledged_ms < ANSWER_GRACE_MS) {
    return false;
  }
  if (tt_acknowledge(device, &sent) != TT_OK) {
    return false; /* the store failed: the next call tries again */
  }
  sent_id = NOTHING;
  return true;
}

bool tt_esp_mqtt_poll(tt_device *device) {
  const uint64_t now_ms = tt_esp_uptime_ms(NULL);
  if (sent_id != NOTHING && !settle(device, now_ms)) {
    return false;
  }
  if (now_ms < pause_until_ms) {
    return false;
  }
  if (client == NULL || is_refused) {
    is_refused = false;
    pause_until_ms = start(device) ? 0 : now_ms + PAUSE_MS;
    return false;
  }
  return is_connected;
}
