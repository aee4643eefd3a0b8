/*
 * Lets a test ask the sensors' code. One question a line on standard input, one answer a line:
 *   request ADDRESS               the request for a PZEM-004T, in hex
 *   answer ADDRESS HEX            its status, and the reading when that is 0
 *   growth STANDBY_W N WH MW ...  N readings of energy and power; growth and `in` or `out` of each
 *   clamp UA_PER_COUNT N COUNT... N samples; current in mA
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clamp.h"
#include "pzem004t.h"

static void answer_request(void) {
  unsigned address = 0;
  uint8_t request[PZEM_REQUEST_SIZE];
  if (scanf("%x", &address) != 1) {
    return;
  }
  pzem_write_request((uint8_t)address, request);
  for (size_t i = 0; i < sizeof request; i++) {
    printf("%02x", request[i]);
  }
  printf("\n");
}

static void answer_frame(void) {
  unsigned address = 0;
  char hex[129];
  uint8_t frame[64];
  struct pzem_reading reading = { 0, 0, 0, 0, 0, 0, false };
  if (scanf("%x %128s", &address, hex) != 2) {
    return;
  }
  const size_t size = strlen(hex) / 2;
  for (size_t i = 0; i < size; i++) {
    unsigned byte = 0;
    if (sscanf(hex + 2 * i, "%2x", &byte) == 1) {
      frame[i] = (uint8_t)byte;
    }
  }
  const enum pzem_status status = pzem_read_answer((uint8_t)address, frame, size, &reading);
  printf("%d %" PRIu32 " %" PRIu32 " %" PRIu64 " %" PRIu32 " %" PRIu32 " %" PRIu32 " %d\n", status,
           reading.voltage_mv, reading.current_ma, reading.power_mw, reading.energy_wh,
           reading.frequency_mhz, reading.power_factor_e4, reading.alarm ? 1 : 0);
}

static void answer_growth(void) {
  struct pzem_counter counter = {false, 0};
  struct pzem_reading reading = {0, 0, 0, 0, 0, 0, false};
  uint32_t standby_w = 0;
  unsigned count = 0;
  if (scanf("%" SCNu32 " %u", &standby_w, &count) != 2) {
    return;
  }
  for (unsigned i = 0; i < count; i++) {
    if (scanf("%" SCNu32 " %" SCNu64, &reading.energy_wh, &reading.power_mw) == 2) {
      const uint32_t growth = pzem_growth_wh(&counter, &reading);
      printf("%" PRIu32 "%s ", growth, pzem_is_import(&reading, standby_w) ? "in" : "out");
    }
  }
  printf("\n");
}

static void answer_clamp(void) {
  static uint16_t samples[CLAMP_MAX_SAMPLES + 1];
  unsigned ua_per_count = 0;
  unsigned count = 0;
  if (scanf("%u %u", &ua_per_count, &count) != 2 || count > CLAMP_MAX_SAMPLES + 1) {
    return;
  }
  for (unsigned i = 0; i < count; i++) {
    unsigned sample = 0;
    if (scanf("%u", &sample) == 1) {
      samples[i] = (uint16_t)sample;
    }
  }
  printf("%" PRIu32 "\n", clamp_rms_ma(samples, count, ua_per_count));
}

int main(void) {
  char question[16];
  while (scanf("%15s", question) == 1) {
    if (strcmp(question, "request") == 0) {
      answer_request();
    } else if (strcmp(question, "answer") == 0) {
      answer_frame();
    } else if (strcmp(question, "growth") == 0) {
      answer_growth();
    } else {
      answer_clamp();
    }
  }
  return 0;
}
