#ifndef TT_SLOT_H
#define TT_SLOT_H

#include "records.h"

/* The bytes of a journal slot: two marks, then records (journal.h). Functions that return bool answer
 * false when the store failed. */

/* "TTJ", version 1, and what confirms it. */
#define TT_SLOT_MAGIC 0x54544a01u
#define TT_CONFIRM_MAGIC 0x54544b01u

/* Both marks: records begin behind them. */
#define TT_SLOT_HEADER 32u

/* What the start of a record says. */
typedef struct tt_record_head {
  tt_record_type type;
  uint32_t index;
} tt_record_head;

uint32_t tt_slot_size(const tt_config *config);

/* Where an offset in a slot lies in the store. */
uint32_t tt_slot_address(const tt_device *device, uint32_t slot, uint32_t offset);

bool tt_slot_erase(const tt_device *device, uint32_t slot);

/* The same of a slot that was wholly erased before it was used; a write that was cut may not be seen. */
bool tt_slot_erase_used(const tt_device *device, const tt_place *place);

/* Writes the record whose payload is in device->record, and steps over it. */
bool tt_slot_write(tt_device *device, tt_place *place, tt_record_type type);

/* Reads and checks the record at an offset, in parts. `valid` says whether there is one. */
bool tt_slot_read_head(const tt_device *device, const tt_place *place, uint32_t offset,
                       tt_record_head *head, bool *valid);

/* The record at an offset into device->record; checked there, because bytes may differ by the read. */
bool tt_slot_load(tt_device *device, const tt_place *place, uint32_t offset, tt_record_type type);

/* TT_SLOT_MAGIC makes a slot count; TT_CONFIRM_MAGIC says that the first mark was whole for good. */
bool tt_slot_write_mark(tt_device *device, const tt_place *place, uint32_t magic);

/* The generation that a mark of a slot says, 0: it has no such mark. TT_CONFIGURATION_INVALID: it was
 * written with other sectors. */
tt_error tt_slot_read_mark(const tt_device *device, uint32_t slot, uint32_t magic,
                           uint32_t *generation);

/* The same of a slot that begins at an address, whatever the sectors are that it was written with. */
bool tt_slot_read_mark_at(const tt_device *device, uint32_t address, uint32_t *generation);

#endif
