/*
 * Frames of the PZEM-004T v3 energy meter: Modbus RTU, 9600 baud 8N1, function 4, registers 0 to 9.
 * Source: "PZEM-004T V3.0 User Manual", section 2. No I/O: the caller moves the bytes.
 *
 * The meter does not know the direction of power: what an inverter draws at night looks like what it
 * delivers by day.
 */
#ifndef TT_SENSOR_PZEM004T_H
#define TT_SENSOR_PZEM004T_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Any meter answers to it; for a line with one meter. */
#define PZEM_ANY_ADDRESS 0xf8

#define PZEM_REQUEST_SIZE 8
#define PZEM_ANSWER_SIZE 25

enum pzem_status {
  PZEM_OK = 0,
  PZEM_INCOMPLETE = 1,    /* fewer bytes than the frame has */
  PZEM_CRC_WRONG = 2,     /* noise on the line, or two meters answered at once */
  PZEM_EXCEPTION = 3,     /* the meter refused: illegal function, address or data, or its own fault */
  PZEM_NOT_AN_ANSWER = 4, /* some other function or length */
  PZEM_OTHER_METER = 5    /* an answer from an address that was not asked */
};

struct pzem_reading {
  uint32_t voltage_mv;      /* steps of 100 */
  uint32_t current_ma;
  uint64_t power_mw;        /* active power, steps of 100, no sign */
  uint32_t energy_wh;       /* since the meter was last reset; no sign */
  uint32_t frequency_mhz;   /* steps of 100 */
  uint32_t power_factor_e4; /* 1/10,000, steps of 100 */
  bool alarm;               /* power is above the threshold that the meter was set to */
};

/* Modbus CRC-16 (polynomial 0xa001 reflected, start 0xffff); its low byte is sent first. */
uint16_t pzem_crc(const uint8_t *bytes, size_t size);

/* The question for all ten registers of the meter at `address`. */
void pzem_write_request(uint8_t address, uint8_t request[PZEM_REQUEST_SIZE]);

/* Reads the answer of the meter at `address`; `reading` is written only with PZEM_OK. */
enum pzem_status pzem_read_answer(uint8_t address, const uint8_t *answer, size_t size,
                                  struct pzem_reading *reading);

/* What a meter's counter has grown by, and which way that counts. Start with zeroes. */
struct pzem_counter {
  bool is_known;
  uint32_t energy_wh;
};

/*
 * Growth in Wh since the reading before. 0 for the first one and after the meter was reset: what flowed
 * in between can't be told and is not counted.
 */
uint32_t pzem_growth_wh(struct pzem_counter *counter, const struct pzem_reading *reading);

/*
 * Whether growth counts as imported: the meter has no sign, so below the standby power of an inverter
 * its draw can't be told from what it delivers, and the doubt is not to the owner's favour.
 */
bool pzem_is_import(const struct pzem_reading *reading, uint32_t standby_w);

#endif
