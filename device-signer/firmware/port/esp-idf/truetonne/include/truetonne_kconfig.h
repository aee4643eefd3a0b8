#ifndef TRUETONNE_KCONFIG_H
#define TRUETONNE_KCONFIG_H

#include "sdkconfig.h"
#include "truetonne_esp.h"

/** What `idf.py menuconfig` says: `static const tt_esp_settings settings = TT_ESP_SETTINGS_KCONFIG;` */
#define TT_ESP_SETTINGS_KCONFIG                          \
  {                                                      \
      .chain_id = CONFIG_TT_CHAIN_ID,                    \
      .registry = CONFIG_TT_REGISTRY,                    \
      .owner = CONFIG_TT_OWNER,                          \
      .oracle_url = CONFIG_TT_ORACLE_URL,                \
      .mqtt_url = TT_ESP_MQTT_URL,                       \
      .store_partition = CONFIG_TT_STORE_PARTITION,      \
      .window_readings = CONFIG_TT_WINDOW_READINGS,      \
      .open_limit = CONFIG_TT_OPEN_LIMIT,                \
      .firmware = TT_FIRMWARE(0, 1, 0),                  \
      .utc_offset_s = CONFIG_TT_UTC_OFFSET_MINUTES * 60, \
      .max_power_w = CONFIG_TT_MAX_POWER_W,              \
  }

#ifdef CONFIG_TT_SEND_OVER_MQTT
#define TT_ESP_MQTT_URL CONFIG_TT_MQTT_URL
#else
#define TT_ESP_MQTT_URL NULL
#endif

#endif
