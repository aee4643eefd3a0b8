#ifndef TT_DEVICE_H
#define TT_DEVICE_H

#include "tt_codec.h"
#include "tt_platform.h"
#include "tt_sha256.h"

/**
 * A device: samples into registers, seals readings into windows, chains them, keeps them through an
 * outage and goes on after a power cut at any instruction. Memory is the caller's `tt_device`; nothing
 * is allocated and no function is to be called from two threads or from an interrupt.
 *
 *     tt_format    once in the life of a key, when it is made
 *     tt_open      after every start
 *     tt_claim     once, when the owner's address is known and the clock is set
 *     loop:        tt_add_energy   whenever energy was counted
 *                  tt_sample       at every interval
 *                  tt_seal         when tt_seal_due says so
 *                  tt_deliver      when there is a network
 */

typedef struct tt_config {
  /** Of the registry on its chain: tt_domain_of. */
  uint8_t domain[TT_HASH_SIZE];
  /** Bytes that one erase clears: a multiple of 256, at least 512. */
  uint32_t sector_size;
  /** Sectors of each of the two journal slots; tt_journal_sectors says how many are enough. */
  uint16_t journal_sectors;
  /** Sectors of the log that keeps sealed windows, at least 3. It lies behind the two slots. */
  uint16_t log_sectors;
  /** A window is due for sealing at so many readings: 1 to 256. */
  uint16_t window_readings;
  /** Most readings that an open window collects while none can be sealed; then they are merged. At
   *  least window_readings and 2, at most 256. */
  uint16_t open_limit;
  /** TT_FIRMWARE(1, 2, 3): goes into every reading. */
  int32_t firmware;
  /** Of the plant, in seconds: no window spans two local days, so that none spans two vintages. */
  int32_t utc_offset_s;
  /** A clock before this is taken as not set: Unix seconds when the firmware was built. One that is 20
   *  years later too. */
  uint64_t clock_floor;
  /** Most power that can flow either way, W: a register that leaps further is refused. 0: no check. */
  uint64_t max_power_w;
  /** This start is a planned wake-up (deep sleep) of a device that stopped outside of the core: its window
   *  is not flagged as restarted and its journal is not moved, which wears the flash. False is safe. */
  bool planned_wake;
} tt_config;

/** What one interval brought. */
typedef struct tt_measurement {
  /** The registers are a meter's own: `export_wh`, `import_wh` are what it shows. Otherwise they grow by
   *  what tt_add_energy counted. */
  bool has_registers;
  uint64_t export_wh;
  uint64_t import_wh;
  /** Optional fields and status of SPEC section 3. Its time, registers and firmware are filled in. */
  tt_reading fields;
} tt_measurement;

/** A sealed window that waits in the log. */
typedef struct tt_outgoing {
  /** Counts the windows of this device over all its keys; what tt_acknowledge takes. */
  uint32_t serial;
  /** Bytes of `header | signature | readings`. */
  uint32_t size;
  uint64_t sequence;
  /** Where its bytes begin and where the next one may, positions in the log: the core's own matter. */
  uint64_t position;
  uint64_t next;
} tt_outgoing;

/** Where the chain of headers stands: the last window, or the claim or meter replacement before it. */
typedef struct tt_head {
  uint64_t sequence;
  uint64_t closed_at;
  uint64_t export_wh;
  uint64_t import_wh;
  uint8_t hash[TT_HASH_SIZE];
} tt_head;

/** What of a device outlives a power cut. Read it if you like; only the core changes it. */
typedef struct tt_state {
  uint8_t domain[TT_HASH_SIZE];
  uint8_t device_id[TT_HASH_SIZE];
  uint8_t owner[TT_ADDRESS_SIZE];
  uint64_t claimed_at;
  uint64_t claim_export_wh;
  uint64_t claim_import_wh;
  tt_head head;
  /** The registers now, and what they lack to the next Wh, in micro-Wh. */
  uint64_t export_wh;
  uint64_t import_wh;
  uint32_t export_uwh;
  uint32_t import_uwh;
  /** `at` of the last reading of the open window, or head.closed_at. */
  uint64_t last_at;
  /** Flags of the open window so far. */
  uint16_t flags;
  bool claimed;
  /** The old key has named its successor and signs no more windows. */
  bool rotated;
  uint8_t successor[TT_HASH_SIZE];
  uint64_t rotated_at;
  /** The last meter replacement of this key. */
  bool replaced;
  uint8_t replacement[TT_METER_REPLACEMENT_SIZE];
  /** Windows sealed with all keys, and acknowledged of them. */
  uint32_t sealed_serial;
  uint32_t acknowledged_serial;
  /** Positions in the log: the oldest window that is kept, and where the next is written. */
  uint64_t log_tail;
  uint64_t log_head;
  /** Since a start that was not planned no window was sealed: behind log_head a write that a cut ended may
   * lie, even where it reads as erased. */
  bool log_doubted;
} tt_state;

/** A place in the journal: slot 0 or 1, its generation, bytes used of it, index of the next record. */
typedef struct tt_place {
  uint32_t slot;
  uint32_t generation;
  uint32_t used;
  uint32_t index;
} tt_place;

/** Room of the largest journal record. */
#define TT_RECORD_SIZE 512u

typedef struct tt_device {
  const tt_platform *platform;
  tt_config config;
  tt_state state;
  uint8_t public_key[TT_PUBLIC_KEY_SIZE];
  /* Where the next record goes. */
  tt_place journal;
  /* The journal goes on in its other slot before anything is added: the last life may have ended in a
   * write. */
  bool renew;
  /* The other slot may hold bytes. */
  bool slot_dirty;
  /* A write failed: nothing more is written until the next tt_open. */
  bool failed;
  /* The open window: readings in the journal from here on. */
  uint32_t open_from;
  uint16_t open_count;
  /* A header that was promised and may have been signed: nothing else may get its number. */
  bool promised;
  uint8_t promise[TT_HEADER_SIZE];
  /* The log: where the next window may go, and whether its sector is known to be erased from there. */
  uint64_t log_next;
  bool log_ready;
  /* Sending. */
  uint64_t send_position;
  uint32_t send_serial;
  uint32_t send_failures;
  uint64_t send_after_ms;
  /* Energy counted since the last sample, micro-Wh. */
  uint64_t counted_export_uwh;
  uint64_t counted_import_uwh;
  /* The clock: the pair of the last sample, and since when a leap ahead is watched. */
  bool clock_known;
  bool clock_doubted;
  uint64_t clock_at;
  uint64_t clock_uptime_ms;
  uint64_t doubt_at;
  uint64_t doubt_uptime_ms;
  uint8_t record[TT_RECORD_SIZE];
} tt_device;

/** Least `journal_sectors` for an open window of `open_limit` readings. */
uint16_t tt_journal_sectors(uint32_t sector_size, uint16_t open_limit);

/** Bytes of the whole store: two journal slots and the log. */
uint32_t tt_store_size(const tt_config *config);

/**
 * Makes an empty journal for the key that signs now, with registers of 0. Only ever for a key that has
 * signed nothing: a device that forgot its sequence would give a number out twice, which freezes it.
 * `device` is working memory; tt_open comes after it.
 *
 * @return TT_CONFIGURATION_INVALID; TT_DEVICE_ALREADY_CLAIMED when the store has a journal of this very
 *   key, made with whatever sectors; TT_DEVICE_STORE_FAILED, TT_DEVICE_SIGNER_FAILED
 */
tt_error tt_format(tt_device *device, const tt_platform *platform, const tt_config *config);

/**
 * Goes on where the device was. Each call is one start of the device.
 *
 * @return TT_CONFIGURATION_INVALID; TT_DOMAIN_MISMATCH when it was claimed for another registry;
 *   TT_PUBLIC_KEY_MISMATCH when the key is neither the journal's nor the
 *   successor that a rotation named; TT_DEVICE_STORE_CORRUPT when there is no whole journal: such a
 *   device needs a new key; TT_DEVICE_STORE_FAILED, TT_DEVICE_SIGNER_FAILED
 */
tt_error tt_open(tt_device *device, const tt_platform *platform, const tt_config *config);

/**
 * Signs that `owner` may register this device. The first call fixes time and registers; later ones for
 * the same owner give the same claim (another signature of it, perhaps). A device with a meter takes a
 * sample before it, so that the claim states what the meter shows: credit begins from there.
 *
 * @return TT_DEVICE_CLOCK_NOT_SET; TT_DEVICE_ALREADY_CLAIMED for another owner
 */
tt_error tt_claim_for(tt_device *device, const uint8_t owner[TT_ADDRESS_SIZE],
                      uint8_t claim[TT_CLAIM_SIZE], uint8_t signature[TT_SIGNATURE_SIZE]);

/** Counts energy, in micro-Wh (one impulse of a meter with 3,200 imp/kWh is 312,500). */
void tt_add_energy(tt_device *device, uint64_t export_uwh, uint64_t import_uwh);

/**
 * Takes a reading now. Before the claim and while the clock is not set (or stands still, was set back, or
 * leapt ahead and is doubted) the registers grow and no reading is made: the next one has it all.
 * While a promised window can't be sealed no reading is made either; the next window says that readings
 * were merged.
 * May seal: a window that a cut interrupted, at the end of a day, when the open window is full.
 *
 * @return TT_REGISTER_ROLLBACK when a meter shows less than before: it was replaced or reset and its
 *   owner calls tt_replace_meter; TT_CAPACITY_EXCEEDED for a leap above max_power_w;
 *   TT_VALUE_OUT_OF_RANGE at the end of a register; TT_DEVICE_REVOKED after a rotation;
 *   TT_DEVICE_STORE_FAILED. Nothing was taken then.
 */
tt_error tt_sample(tt_device *device, const tt_measurement *measurement);

/** Whether the open window is full (or a promised header waits) and the log has room for it. */
bool tt_seal_due(const tt_device *device);

/**
 * Seals the open window, however many readings it has: call it before a planned power-off too.
 *
 * @return TT_COUNT_OUT_OF_RANGE when it is empty; TT_DEVICE_BUFFER_FULL when the log has no room: the
 *   window then stays open and collects; TT_DEVICE_SIGNER_FAILED, TT_DEVICE_STORE_FAILED: call again
 */
tt_error tt_seal(tt_device *device);

/**
 * Names the key after this one: seals what is open, then signs. From then on this key signs no windows.
 * The platform makes `successor` its key and calls tt_open; the device then has no claim and a chain of
 * its own, its registers go on, and windows of the old key still wait in the log.
 * Called again it gives the same statement while the old key is in place.
 *
 * @return TT_DEVICE_ALREADY_CLAIMED for another successor; what tt_seal answers
 */
tt_error tt_rotate(tt_device *device, const uint8_t successor[TT_HASH_SIZE],
                   uint8_t rotation[TT_ROTATION_SIZE], uint8_t signature[TT_SIGNATURE_SIZE]);

/**
 * The meter was replaced: seals what is open, then states what the new one shows and goes on from there.
 * Send the statement, and after a start that finds state.replaced send it again: the oracle takes it twice.
 *
 * @return TT_DEVICE_NOT_CLAIMED, TT_DEVICE_CLOCK_NOT_SET, TT_TIME_OVERLAP when the clock is not yet past
 *   the last window; what tt_seal answers
 */
tt_error tt_replace_meter(tt_device *device, uint64_t export_wh, uint64_t import_wh,
                          uint8_t replacement[TT_METER_REPLACEMENT_SIZE],
                          uint8_t signature[TT_SIGNATURE_SIZE]);

/** The last meter replacement of this key again, for one whose sending a power cut may have kept from
 *  happening. TT_WINDOW_UNKNOWN when there was none. */
tt_error tt_meter_replacement_again(tt_device *device,
                                    uint8_t replacement[TT_METER_REPLACEMENT_SIZE],
                                    uint8_t signature[TT_SIGNATURE_SIZE]);

/** Sealed windows that nobody has acknowledged. */
uint32_t tt_waiting(const tt_device *device);

/** The oldest window that waits. TT_WINDOW_UNKNOWN when none does. */
tt_error tt_first_window(tt_device *device, tt_outgoing *window);

/** The one after it. TT_WINDOW_UNKNOWN when there is none. */
tt_error tt_next_window(tt_device *device, tt_outgoing *window);

/** Bytes of a window, `offset + size` within its size. */
tt_error tt_outgoing_read(tt_device *device, const tt_outgoing *window, uint32_t offset,
                          uint8_t *bytes, size_t size);

/** The receiver has this window and all before it (or will never take them): their room is free. */
tt_error tt_acknowledge(tt_device *device, const tt_outgoing *window);

/**
 * Hands waiting windows to `send`, oldest first, at most `limit`, and frees those that were accepted or
 * refused. Ones that are pending are not handed over again until tt_send_again. After TT_SEND_LATER it
 * pauses: 1 s, then twice as long each time up to 5 minutes, with up to half of it more by chance.
 *
 * @return TT_ORACLE_UNREACHABLE in and at the start of a pause; TT_OK when there was nothing to do, too
 */
tt_error tt_deliver(tt_device *device, uint32_t limit);

/** Forgets what is pending, after a lost connection: it is handed over again. */
void tt_send_again(tt_device *device);

/** Milliseconds until tt_deliver would try again. */
uint32_t tt_retry_in_ms(const tt_device *device);

#endif
