#include "pzem004t.h"

#define READ_INPUT_REGISTERS 0x04
#define REFUSED 0x80
#define REGISTERS 10
#define EXCEPTION_SIZE 5
#define ALARM_ON 0xffff

uint16_t pzem_crc(const uint8_t *bytes, size_t size) {
  uint16_t crc = 0xffff;
  for (size_t i = 0; i < size; i++) {
    crc = (uint16_t)(crc ^ bytes[i]);
    for (int bit = 0; bit < 8; bit++) {
      crc = (uint16_t)((crc & 1) != 0 ? (crc >> 1) ^ 0xa001 : crc >> 1);
    }
  }
  return crc;
}

void pzem_write_request(uint8_t address, uint8_t request[PZEM_REQUEST_SIZE]) {
  request[0] = address;
  request[1] = READ_INPUT_REGISTERS;
  request[2] = 0;
  request[3] = 0;
  request[4] = 0;
  request[5] = REGISTERS;
  const uint16_t crc = pzem_crc(request, PZEM_REQUEST_SIZE - 2);
  request[6] = (uint8_t)(crc & 0xff);
  request[7] = (uint8_t)(crc >> 8);
}

static bool is_crc_right(const uint8_t *frame, size_t size) {
  const uint16_t crc = pzem_crc(frame, size - 2);
  return frame[size - 2] == (crc & 0xff) && frame[size - 1] == crc >> 8;
}

static uint32_t read_register(const uint8_t *answer, size_t index) {
  const uint8_t *bytes = answer + 3 + 2 * index;
  return (uint32_t)bytes[0] << 8 | bytes[1];
}

/* Of two registers the meter sends the low one first. */
static uint32_t read_two(const uint8_t *answer, size_t index) {
  return read_register(answer, index + 1) << 16 | read_register(answer, index);
}

enum pzem_status pzem_read_answer(uint8_t address, const uint8_t *answer, size_t size,
                                  struct pzem_reading *reading) {
  if (size < EXCEPTION_SIZE) {
    return PZEM_INCOMPLETE;
  }
  if (answer[1] == (READ_INPUT_REGISTERS | REFUSED)) {
    return is_crc_right(answer, EXCEPTION_SIZE) ? PZEM_EXCEPTION : PZEM_CRC_WRONG;
  }
  if (answer[1] != READ_INPUT_REGISTERS || answer[2] != 2 * REGISTERS) {
    return PZEM_NOT_AN_ANSWER;
  }
  if (size < PZEM_ANSWER_SIZE) {
    return PZEM_INCOMPLETE;
  }
  if (!is_crc_right(answer, PZEM_ANSWER_SIZE)) {
    return PZEM_CRC_WRONG;
  }
  if (address != PZEM_ANY_ADDRESS && answer[0] != address) {
    return PZEM_OTHER_METER;
  }
  reading->voltage_mv = read_register(answer, 0) * 100;
  reading->current_ma = read_two(answer, 1);
  reading->power_mw = (uint64_t)read_two(answer, 3) * 100;
  reading->energy_wh = read_two(answer, 5);
  reading->frequency_mhz = read_register(answer, 7) * 100;
  reading->power_factor_e4 = read_register(answer, 8) * 100;
  reading->alarm = read_register(answer, 9) == ALARM_ON;
  return PZEM_OK;
}

uint32_t pzem_growth_wh(struct pzem_counter *counter, const struct pzem_reading *reading) {
  const bool has_grown = counter->is_known && reading->energy_wh > counter->energy_wh;
  const uint32_t growth = has_grown ? reading->energy_wh - counter->energy_wh : 0;
  counter->is_known = true;
  counter->energy_wh = reading->energy_wh;
  return growth;
}

bool pzem_is_import(const struct pzem_reading *reading, uint32_t standby_w) {
  return reading->power_mw < (uint64_t)standby_w * 1000u;
}
