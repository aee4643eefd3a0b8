#ifndef TT_CODEC_H
#define TT_CODEC_H

#include "tt_error.h"
#include "tt_types.h"

/**
 * The bytes of SPEC.md. Encoders answer TT_VALUE_OUT_OF_RANGE for a number above its limit and leave
 * the bytes unfit for use. Decoders check in the order of the specification and answer the first code.
 */

/** SHA-256( "TrueTonne/v1/domain" | chain id as u64 | registry ): what every signature is bound to. */
void tt_domain_of(uint64_t chain_id, const uint8_t registry[TT_ADDRESS_SIZE],
                  uint8_t domain[TT_HASH_SIZE]);

/** Device id of a public key x | y. */
void tt_device_id_of(const uint8_t public_key[TT_PUBLIC_KEY_SIZE], uint8_t device_id[TT_HASH_SIZE]);

tt_error tt_reading_encode(const tt_reading *reading, uint8_t bytes[TT_READING_SIZE]);

/** TT_READING_NOT_CANONICAL, TT_VALUE_OUT_OF_RANGE. */
tt_error tt_reading_decode(const uint8_t bytes[TT_READING_SIZE], tt_reading *reading);

tt_error tt_header_encode(const tt_header *header, uint8_t bytes[TT_HEADER_SIZE]);

/** TT_COUNT_OUT_OF_RANGE, TT_VERSION_UNKNOWN, TT_FLAGS_UNKNOWN, TT_VALUE_OUT_OF_RANGE. */
tt_error tt_header_decode(const uint8_t bytes[TT_HEADER_SIZE], tt_header *header);

tt_error tt_claim_encode(const tt_claim *claim, uint8_t bytes[TT_CLAIM_SIZE]);

/** TT_CLAIM_INVALID for another size, TT_VERSION_UNKNOWN, TT_VALUE_OUT_OF_RANGE. */
tt_error tt_claim_decode(const uint8_t *bytes, size_t size, tt_claim *claim);

tt_error tt_rotation_encode(const tt_rotation *rotation, uint8_t bytes[TT_ROTATION_SIZE]);

/** TT_STATEMENT_INVALID for another size, TT_VERSION_UNKNOWN, TT_VALUE_OUT_OF_RANGE. */
tt_error tt_rotation_decode(const uint8_t *bytes, size_t size, tt_rotation *rotation);

tt_error tt_meter_replacement_encode(const tt_meter_replacement *replacement,
                                     uint8_t bytes[TT_METER_REPLACEMENT_SIZE]);

/** TT_STATEMENT_INVALID for another size, TT_VERSION_UNKNOWN, TT_VALUE_OUT_OF_RANGE. */
tt_error tt_meter_replacement_decode(const uint8_t *bytes, size_t size,
                                     tt_meter_replacement *replacement);

/**
 * Everything that SPEC section 4 asks of a window alone, in its order, but for the device's
 * registration and the signature itself: `header | signature | readings` in `size` bytes.
 */
tt_error tt_window_parse(const uint8_t *bytes, size_t size, const uint8_t domain[TT_HASH_SIZE],
                         tt_header *header);

/**
 * Whether `next` is the window right after `previous`, whose header has the hash `previous_hash`:
 * TT_SEQUENCE_GAP, TT_SEQUENCE_REPLAY, TT_CHAIN_BROKEN, TT_TIME_OVERLAP, TT_REGISTER_ROLLBACK.
 */
tt_error tt_window_succeeds(const tt_header *previous, const uint8_t previous_hash[TT_HASH_SIZE],
                            const tt_header *next);

/** Whether s of r | s is at most n/2. Says nothing else of the signature. */
bool tt_signature_is_low(const uint8_t signature[TT_SIGNATURE_SIZE]);

/** Makes a high s low: n - s verifies just as well and is the only form that is accepted. */
void tt_signature_to_low(uint8_t signature[TT_SIGNATURE_SIZE]);

#endif
