#include <string.h>

#include "esp_wifi.h"
#include "parts.h"
#include "sdkconfig.h"

static void on_wifi(void *context, esp_event_base_t base, int32_t id, void *data) {
  (void)context;
  (void)base;
  (void)data;
  if (id == WIFI_EVENT_STA_START || id == WIFI_EVENT_STA_DISCONNECTED) {
    esp_wifi_connect();
  }
}

void wifi_start(void) {
  const wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
  wifi_config_t config;
  memset(&config, 0, sizeof config);
  strncpy((char *)config.sta.ssid, CONFIG_EXAMPLE_WIFI_SSID, sizeof config.sta.ssid - 1);
  strncpy((char *)config.sta.password, CONFIG_EXAMPLE_WIFI_PASSWORD,
          sizeof config.sta.password - 1);
  ESP_ERROR_CHECK(esp_netif_init());
  ESP_ERROR_CHECK(esp_event_loop_create_default());
  esp_netif_create_default_wifi_sta();
  ESP_ERROR_CHECK(esp_wifi_init(&init));
  ESP_ERROR_CHECK(
      esp_event_handler_instance_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_wifi, NULL, NULL));
  ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
  ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_STA, &config));
  ESP_ERROR_CHECK(esp_wifi_start());
}

bool wifi_signal(int32_t *dbm) {
  wifi_ap_record_t record;
  if (esp_wifi_sta_get_ap_info(&record) != ESP_OK) {
    return false;
  }
  *dbm = record.rssi;
  return true;
}
