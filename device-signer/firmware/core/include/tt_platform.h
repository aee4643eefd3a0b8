#ifndef TT_PLATFORM_H
#define TT_PLATFORM_H

#include "tt_types.h"

struct tt_device;
struct tt_outgoing;

/** What happens in a device that its maker may want to write down. `value` is given in brackets. */
typedef enum tt_event {
  TT_EVENT_OPENED = 1,          /* the device goes on where it was (sequence of the last window) */
  TT_EVENT_TORN_RECORD = 2,     /* power went while the journal was written (address) */
  TT_EVENT_JOURNAL_MOVED = 3,   /* the journal went on in its other slot (generation) */
  TT_EVENT_SEALED = 4,          /* (sequence) */
  TT_EVENT_BUFFER_FULL = 5,     /* no window can be sealed until some are acknowledged (count waiting) */
  TT_EVENT_READINGS_MERGED = 6, /* (readings left in the open window) */
  TT_EVENT_CLOCK_STEPPED = 7,   /* (new Unix seconds) */
  TT_EVENT_CLOCK_DOUBTED = 8,   /* a leap ahead that has to hold for an hour (Unix seconds) */
  TT_EVENT_ACKNOWLEDGED = 9,    /* (serial) */
  TT_EVENT_REFUSED = 10,        /* the receiver will never take this window (sequence) */
  TT_EVENT_WINDOW_LOST = 11,    /* a window in the buffer can't be read any more (serial) */
  TT_EVENT_METER_RAN_BACK = 12, /* (what it shows now, Wh) */
  TT_EVENT_ADOPTED_KEY = 13     /* the key that a rotation named is in use (Unix seconds of rotation) */
} tt_event;

/** What became of a window that was handed to `send`. */
typedef enum tt_verdict {
  TT_SEND_LATER = 0,    /* no answer, or one that passes by itself: try again after a pause */
  TT_SEND_PENDING = 1,  /* on its way; `tt_acknowledge` is called when the answer is there */
  TT_SEND_ACCEPTED = 2, /* the receiver has it durably (also: had it already) */
  TT_SEND_REFUSED = 3   /* the receiver will never take it: it is dropped */
} tt_verdict;

/**
 * All that the core needs of its platform. Functions that return bool answer false when they failed.
 * `context` is the first argument of each. `verify` and `send` may be NULL; the others may not.
 *
 * The store is addressed from 0: two journal slots, then the log (see tt_config). It behaves like NOR
 * flash: a sector is erased as a whole; the core writes whole multiples of 16 bytes at multiples of 16,
 * each only once between two erases, so it runs on flash with error correction and on ESP32 encrypted
 * partitions too. The core never relies on what an erased sector reads as, save to use it further.
 * A write or erase is durable when it returns; after a cut in the middle, its bytes may be anything.
 */
typedef struct tt_platform {
  void *context;

  /** Unix seconds, UTC. False while nobody has set the clock since power came. */
  bool (*now)(void *context, uint64_t *unix_seconds);

  /** Milliseconds since power came, or since any other moment: it never steps. */
  uint64_t (*uptime_ms)(void *context);

  bool (*store_read)(void *context, uint32_t address, uint8_t *bytes, size_t size);
  bool (*store_write)(void *context, uint32_t address, const uint8_t *bytes, size_t size);
  bool (*store_erase)(void *context, uint32_t address);

  /** Good enough to spread the attempts of a fleet; keys and nonces are the signer's own matter. */
  bool (*random)(void *context, uint8_t *bytes, size_t size);

  /** x | y of the key that signs now. */
  bool (*public_key)(void *context, uint8_t public_key[TT_PUBLIC_KEY_SIZE]);

  /** ECDSA over P-256 of a SHA-256 digest, r | s, low or high s: the core makes it low. */
  bool (*sign)(void *context, const uint8_t digest[TT_HASH_SIZE],
               uint8_t signature[TT_SIGNATURE_SIZE]);

  /** Optional: checks each signature before it is stored, against a signer that errs. */
  bool (*verify)(void *context, const uint8_t public_key[TT_PUBLIC_KEY_SIZE],
                 const uint8_t digest[TT_HASH_SIZE], const uint8_t signature[TT_SIGNATURE_SIZE]);

  /** Optional (for `tt_deliver`): hands over one window; read its bytes with `tt_outgoing_read`. */
  tt_verdict (*send)(void *context, struct tt_device *device, const struct tt_outgoing *window);

  void (*log)(void *context, tt_event event, uint64_t value);
} tt_platform;

#endif
