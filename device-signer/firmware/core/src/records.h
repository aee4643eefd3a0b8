#ifndef TT_RECORDS_H
#define TT_RECORDS_H

#include "tt_device.h"

/*
 * What the journal consists of. State changes only by records: a live device applies a record after it
 * was written, a device that starts applies those that it finds, with the same function.
 */
typedef enum tt_record_type {
  TT_RECORD_SNAPSHOT = 1,    /* the whole state, with an empty open window */
  TT_RECORD_READING = 2,     /* a reading of the open window, micro-Wh of the registers, flags */
  TT_RECORD_REGISTERS = 3,   /* the registers grew without a reading */
  TT_RECORD_PROMISE = 4,     /* the header that gets the next number, before it is signed */
  TT_RECORD_SEALED = 5,      /* the promised window is in the log */
  TT_RECORD_ACKNOWLEDGED = 6, /* windows up to this serial are no more needed */
  TT_RECORD_FLAGS = 7         /* what the window after the promised one has to say */
} tt_record_type;

/* crc, type, 0, size of the payload, index. */
#define TT_RECORD_HEADER 12u

#define TT_READING_PAYLOAD (TT_READING_SIZE + 10u)
#define TT_REGISTERS_PAYLOAD 24u
#define TT_SEALED_PAYLOAD 8u
#define TT_ACKNOWLEDGED_PAYLOAD 12u
#define TT_FLAGS_PAYLOAD 2u
#define TT_SNAPSHOT_PAYLOAD (4u * TT_HASH_SIZE + TT_ADDRESS_SIZE + TT_METER_REPLACEMENT_SIZE + 123u)

/* Size of a type's payload; 0 for no such type. */
uint32_t tt_payload_size(tt_record_type type);

/* Bytes that a record takes in the store. */
uint32_t tt_record_size(tt_record_type type);

static inline uint8_t *tt_payload(tt_device *device) { return device->record + TT_RECORD_HEADER; }

/* Payloads into device->record. A reading is already there: its flags are those of the state. */
void tt_put_snapshot(tt_device *device);
void tt_put_registers(tt_device *device, uint64_t export_wh, uint64_t import_wh,
                      uint32_t export_uwh, uint32_t import_uwh);
void tt_put_flags(tt_device *device);

/* Applies the record in device->record, which lies at `offset` of the slot. False: it can't be so. */
bool tt_apply(tt_device *device, tt_record_type type, uint32_t offset);

#endif
