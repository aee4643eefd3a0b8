/* esp-mqtt without a network: prints what is published and tells what a test wants. */
#include <stdio.h>
#include <string.h>

#include "fakes.h"
#include "mqtt_client.h"

/* esp-mqtt tells of a message in pieces as large as its buffer; so small that each answer has several. */
#define PIECE 100u

struct esp_mqtt_client {
  esp_event_handler_t handler;
  int last_id;
};
static struct esp_mqtt_client the_client;

static void print_config(const char *what, const esp_mqtt_client_config_t *config) {
  printf("%s %s %s %s %s\n", what, config->broker.address.uri, config->credentials.client_id,
         config->credentials.username, config->credentials.authentication.password);
}

esp_mqtt_client_handle_t esp_mqtt_client_init(const esp_mqtt_client_config_t *config) {
  print_config("connect", config);
  return &the_client;
}

esp_err_t esp_mqtt_set_config(esp_mqtt_client_handle_t client,
                              const esp_mqtt_client_config_t *config) {
  (void)client;
  print_config("reconnect", config);
  return ESP_OK;
}

esp_err_t esp_mqtt_client_start(esp_mqtt_client_handle_t client) {
  return client->handler == NULL ? ESP_FAIL : ESP_OK;
}

esp_err_t esp_mqtt_client_register_event(esp_mqtt_client_handle_t client, esp_mqtt_event_id_t event,
                                         esp_event_handler_t handler, void *argument) {
  (void)argument;
  client->handler = handler;
  return event == MQTT_EVENT_ANY ? ESP_OK : ESP_FAIL;
}

int esp_mqtt_client_subscribe_single(esp_mqtt_client_handle_t client, const char *topic, int qos) {
  (void)client;
  printf("subscribe %s %d\n", topic, qos);
  return 1;
}

int esp_mqtt_client_publish(esp_mqtt_client_handle_t client, const char *topic, const char *data,
                            int len, int qos, int retain) {
  printf("publish %s %d %d ", topic, qos, retain);
  for (int i = 0; i < len; i++) {
    printf("%02x", (unsigned)(unsigned char)data[i]);
  }
  printf("\n");
  return ++client->last_id;
}

static void tell(esp_mqtt_event_t event) {
  event.client = &the_client;
  the_client.handler(NULL, "MQTT_EVENTS", event.event_id, &event);
}

void fake_mqtt_connect(bool is_connected) {
  tell((esp_mqtt_event_t){
      .event_id = is_connected ? MQTT_EVENT_CONNECTED : MQTT_EVENT_DISCONNECTED});
}

void fake_mqtt_refuse(void) {
  esp_mqtt_error_codes_t codes = {.error_type = MQTT_ERROR_TYPE_CONNECTION_REFUSED};
  tell((esp_mqtt_event_t){.event_id = MQTT_EVENT_ERROR, .error_handle = &codes});
}

void fake_mqtt_acknowledge(void) {
  tell((esp_mqtt_event_t){.event_id = MQTT_EVENT_PUBLISHED, .msg_id = the_client.last_id});
}

void fake_mqtt_answer(const char *json) {
  /* No end of text behind it, as in esp-mqtt, whose buffer goes on. */
  char piece[PIECE];
  const size_t total = strlen(json);
  for (size_t offset = 0; offset < total; offset += PIECE) {
    const size_t size = total - offset < PIECE ? total - offset : PIECE;
    memcpy(piece, json + offset, size);
    tell((esp_mqtt_event_t){.event_id = MQTT_EVENT_DATA,
                            .data = piece,
                            .data_len = (int)size,
                            .total_data_len = (int)total,
                            .current_data_offset = (int)offset});
  }
}
