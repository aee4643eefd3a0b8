#ifndef TT_JOURNAL_H
#define TT_JOURNAL_H

#include "records.h"

/*
 * Two slots, one of which is in use. A slot is
 *
 *     header 16 | confirmation 16 | snapshot | record | record | ... | erased
 *
 * Records are appended until the slot is full. Then the state goes to the other slot as a snapshot with
 * the readings of the open window behind it; header and confirmation are written last and make it the
 * one in use; the old slot is erased. A record counts when its checksum fits, which covers the slot's
 * generation and the record's index. Indexes have no holes, so a record that was lost in the middle is
 * noticed, and the device then refuses to go on. After a start that was not planned the first record
 * goes into the other slot with all that is known: nothing is built on bytes that a dying supply wrote.
 */

/* Nothing more is written until the next tt_open. Answers TT_DEVICE_STORE_FAILED. */
tt_error tt_journal_fail(tt_device *device);

/* Writes the first slot. device->state is what it begins with. */
tt_error tt_journal_format(tt_device *device);

/* Finds the slot in use and applies its records. */
tt_error tt_journal_open(tt_device *device);

/* A slot begins at a multiple of this, whatever the sectors of a layout are. */
#define TT_SECTOR_STEP 256u

/*
 * Whether a journal of a key lies in the store. With other sectors than today's its slots began elsewhere,
 * so it is looked for all over the store. TT_DEVICE_STORE_FAILED: nobody can say.
 */
tt_error tt_journal_find(tt_device *device, const uint8_t device_id[TT_HASH_SIZE], bool *found);

/* After a start that was not planned: writes anew what was found. Nothing is signed before it. */
tt_error tt_journal_settle(tt_device *device);

/* Makes room for a record of a type, which may use device->record: call it before filling the payload. */
tt_error tt_journal_reserve(tt_device *device, tt_record_type type);

/* Writes the record whose payload is in device->record, then applies it. */
tt_error tt_journal_append(tt_device *device, tt_record_type type);

/*
 * Goes on in the other slot. With `width` > 0 readings of the open window that lie in one stretch of so
 * many seconds become one, the last of them: registers count up, so nothing is lost but detail.
 */
tt_error tt_journal_move(tt_device *device, uint64_t width);

/* Walks over the readings of the open window, oldest first. */
typedef struct tt_walk {
  uint32_t offset;
  uint16_t left;
} tt_walk;

tt_walk tt_walk_open(const tt_device *device);

/* The next one; call it while `left` > 0. TT_DEVICE_STORE_CORRUPT when it is not there any more. */
tt_error tt_walk_next(const tt_device *device, tt_walk *walk, uint8_t payload[TT_READING_PAYLOAD]);

#endif
