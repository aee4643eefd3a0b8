#include <sys/time.h>
#include <time.h>

#include "esp_netif_sntp.h"
#include "esp_random.h"
#include "esp_timer.h"
#include "tt_esp_port.h"

bool tt_esp_start_clock(const char *server) {
  const esp_sntp_config_t config = ESP_NETIF_SNTP_DEFAULT_CONFIG(server);
  return esp_netif_sntp_init(&config) == ESP_OK;
}

/* Before SNTP the clock counts from 1970: the core knows by config.clock_floor that it is not set. */
bool tt_esp_now(void *context, uint64_t *unix_seconds) {
  (void)context;
  const time_t now = time(NULL);
  if (now < 0) {
    return false;
  }
  *unix_seconds = (uint64_t)now;
  return true;
}

uint64_t tt_esp_uptime_ms(void *context) {
  (void)context;
  return (uint64_t)esp_timer_get_time() / 1000u;
}

bool tt_esp_random(void *context, uint8_t *bytes, size_t size) {
  (void)context;
  esp_fill_random(bytes, size);
  return true;
}
