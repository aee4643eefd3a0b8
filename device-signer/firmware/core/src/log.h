#ifndef TT_LOG_H
#define TT_LOG_H

#include "tt_device.h"

/*
 * The log keeps sealed windows in a ring of sectors. A position counts bytes since the device was made;
 * where it lies is position mod size of the log. An entry is
 *
 *     entry header 32 | header 176 | signature 64 | readings 88 x n | zeros to a multiple of 16
 *
 * and its header, written last, makes it whole. Where a cut left half an entry, the next one begins with
 * the next sector. A sector is erased when an entry comes to its beginning. Windows from the journal's
 * log_tail to log_head are kept; a sector is used again once all in it are acknowledged.
 */

/* Where an entry of `size` bytes of window would go. False: there is no room for it. */
bool tt_log_has_room(const tt_device *device, uint32_t size, uint64_t *position);

/* Looks whether what follows the last entry is erased, once after a start. */
tt_error tt_log_prepare(tt_device *device);

/*
 * Writes the promised header, the signature and the readings of the open window at `position`; says where
 * the next entry may begin. TT_DEVICE_STORE_FAILED: try again, it will be written elsewhere.
 * TT_DEVICE_STORE_CORRUPT: the readings are not those that the header promised.
 */
tt_error tt_log_write(tt_device *device, uint64_t position,
                      const uint8_t signature[TT_SIGNATURE_SIZE], uint64_t *next);

/* Bytes of a window in the log. */
bool tt_log_read(const tt_device *device, uint64_t position, uint8_t *bytes, size_t size);

/* The first whole entry at or after `position` whose serial is above `serial`. TT_WINDOW_UNKNOWN. */
tt_error tt_log_find(const tt_device *device, uint64_t position, uint32_t serial,
                     tt_outgoing *window);

#endif
