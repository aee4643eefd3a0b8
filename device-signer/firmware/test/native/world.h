#ifndef WORLD_H
#define WORLD_H

#include "flash.h"
#include "tt_device.h"

#define WORLD_KEYS 64u

/* A header that was signed: what a number must always stand for. */
typedef struct promise_record {
  uint8_t hash[TT_HASH_SIZE];
  bool signed_once;
} promise_record;

/* A reading that tt_sample answered TT_OK for; `made` is false for one that a promised window kept from
 * being made. */
typedef struct taken {
  bool made;
  uint64_t at;
  uint64_t export_wh;
  uint64_t import_wh;
} taken;

/* What one key did, and what the receiver has of it. */
typedef struct sim_life {
  promise_record *promises; /* by sequence */
  uint32_t room;
  bool claimed;
  uint8_t claim_hash[TT_HASH_SIZE];
  tt_header last; /* received */
  uint8_t last_hash[TT_HASH_SIZE];
  uint8_t rotation_hash[TT_HASH_SIZE];
  bool rotated;
} sim_life;

/* A meter replacement that was signed. */
typedef struct replaced {
  uint8_t hash[TT_HASH_SIZE];
  tt_meter_replacement stated;
} replaced;

/*
 * The world around one device: its flash, clock, energy and keys, and a receiver that judges by the laws
 * all that was ever signed or sent. A broken law ends the program.
 */
typedef struct sim_world {
  sim_flash flash;
  tt_platform platform;
  tt_config config;
  tt_device device;
  uint64_t now;
  bool clock_set;
  uint64_t uptime_ms;
  bool online;
  bool steady;          /* no failures by chance */
  bool signer_fails;
  bool signs_wrong;     /* with a verifier that notices */
  tt_verdict verdict;   /* of `send` where `steady` and online */
  uint64_t sent;        /* calls of `send` */
  uint32_t key;  /* in use */
  sim_life lives[WORLD_KEYS];
  replaced *replacements;
  uint32_t replacement_count;
  taken *queue; /* readings that have to arrive */
  uint32_t queued;
  uint32_t queue_room;
  uint64_t least_export_uwh; /* registers after the last call that answered TT_OK */
  uint64_t most_export_uwh;  /* with all energy there was */
  bool registers_free;       /* a meter replacement is under way: they may have begun anew */
  uint64_t received;
  uint64_t duplicates;
  uint64_t readings;
  uint64_t merged;
  uint64_t restarted;
  uint64_t adjusted;
  uint64_t events[32];
  uint64_t last_value[32]; /* of each event */
  tt_header last_header;   /* received last */
  tt_reading last_readings[TT_MAX_READINGS];
} sim_world;

void world_make(sim_world *world, const tt_config *config, uint64_t seed);
void world_free(sim_world *world);

/* Ends the program with a text when `holds` is false. */
void world_law(const sim_world *world, bool holds, const char *law);

/* Device id of a key of this world. */
void world_id_of(uint32_t key, uint8_t device_id[TT_HASH_SIZE]);

/* The registers are between those at the last TT_OK and these with all energy since. What a cut left half
 * written may count at one start and not at the next. */
void world_check_registers(const sim_world *world);

/* After tt_sample answered TT_OK; `last_before`: state.last_at before it. */
void world_note_sample(sim_world *world, uint64_t last_before);

/* After a statement was given out. */
void world_note_claim(sim_world *world, const uint8_t claim[TT_CLAIM_SIZE]);
void world_note_rotation(sim_world *world, const uint8_t rotation[TT_ROTATION_SIZE]);

#endif
