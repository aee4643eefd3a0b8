/* Clock, time server, random numbers and log. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "esp_crt_bundle.h"
#include "esp_log.h"
#include "esp_netif_sntp.h"
#include "esp_random.h"
#include "esp_timer.h"
#include "fakes.h"

int64_t fake_time_s;
int64_t fake_uptime_ms;

/* In place of the C library's, for the whole program. */
time_t time(time_t *result) {
  if (result != NULL) {
    *result = (time_t)fake_time_s;
  }
  return (time_t)fake_time_s;
}

int64_t esp_timer_get_time(void) {
  return fake_uptime_ms * 1000;
}

void esp_fill_random(void *bytes, size_t size) {
  unsigned char *at = bytes;
  for (size_t i = 0; i < size; i++) {
    at[i] = (unsigned char)rand();
  }
}

esp_err_t esp_netif_sntp_init(const esp_sntp_config_t *config) {
  return config->num_of_servers == 1 ? ESP_OK : ESP_FAIL;
}

esp_err_t esp_crt_bundle_attach(void *conf) {
  (void)conf;
  return ESP_OK;
}

void esp_log_write(esp_log_level_t level, const char *tag, const char *format, ...) {
  va_list arguments;
  fprintf(stderr, "%d %s: ", (int)level, tag);
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
}
