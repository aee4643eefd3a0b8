#pragma once
#include <stdint.h>
class WiFiClass {
 public:
  int begin(const char *ssid, const char *passphrase);
  int8_t RSSI();
};
extern WiFiClass WiFi;
