#ifndef TT_SEAL_H
#define TT_SEAL_H

#include "tt_device.h"

/* Signs what the journal holds: SHA-256, the platform's key, low s. TT_DEVICE_SIGNER_FAILED, or what
 * tt_journal_settle answers. */
tt_error tt_sign(tt_device *device, const uint8_t *bytes, size_t size,
                 uint8_t signature[TT_SIGNATURE_SIZE]);

/* Whether the open window could be sealed now. */
bool tt_can_seal(const tt_device *device);

#endif
