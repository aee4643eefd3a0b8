// The declarations of Arduino-ESP32 3.x that the sketches use; no proof that they build with it.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define SERIAL_8N1 0x800001c

class HardwareSerial {
 public:
  void begin(unsigned long baud, uint32_t config = SERIAL_8N1, int8_t rxPin = -1,
             int8_t txPin = -1);
  void setTimeout(unsigned long ms);
  int available();
  int read();
  size_t write(const uint8_t *buffer, size_t size);
  size_t readBytes(uint8_t *buffer, size_t length);
  size_t printf(const char *format, ...) __attribute__((format(printf, 2, 3)));
};
extern HardwareSerial Serial;
extern HardwareSerial Serial2;

class EspClass {
 public:
  void restart();
};
extern EspClass ESP;

unsigned long millis();
unsigned long micros();
void delay(uint32_t ms);
uint16_t analogRead(uint8_t pin);
void analogReadResolution(uint8_t bits);
void setup();
void loop();
