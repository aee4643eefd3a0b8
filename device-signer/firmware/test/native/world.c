#include "world.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UWH 1000000u

void world_law(const sim_world *world, bool holds, const char *law) {
  if (holds) return;
  printf("broken: %s (operation %" PRIu64 ")\n", law, world->flash.operations);
  exit(1);
}

static bool same_hash(const uint8_t *a, const uint8_t *b) { return memcmp(a, b, TT_HASH_SIZE) == 0; }

static void *grow(void *items, uint32_t count, size_t size) {
  void *grown = realloc(items, count * size);
  if (grown == NULL) abort();
  return grown;
}

static void public_key_of(uint32_t key, uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  memset(public_key, 0x5a, TT_PUBLIC_KEY_SIZE);
  public_key[0] = (uint8_t)key;
}

void world_id_of(uint32_t key, uint8_t device_id[TT_HASH_SIZE]) {
  uint8_t public_key[TT_PUBLIC_KEY_SIZE];
  public_key_of(key, public_key);
  tt_device_id_of(public_key, device_id);
}

static bool now(void *context, uint64_t *seconds) {
  sim_world *world = context;
  *seconds = world->now;
  return world->clock_set;
}

static uint64_t uptime(void *context) { return ((const sim_world *)context)->uptime_ms; }

static bool read_store(void *context, uint32_t address, uint8_t *bytes, size_t size) {
  return flash_read(&((sim_world *)context)->flash, address, bytes, size);
}

static bool write_store(void *context, uint32_t address, const uint8_t *bytes, size_t size) {
  return flash_write(&((sim_world *)context)->flash, address, bytes, size);
}

static bool erase_store(void *context, uint32_t address) {
  return flash_erase(&((sim_world *)context)->flash, address);
}

static bool get_random(void *context, uint8_t *bytes, size_t size) {
  sim_world *world = context;
  for (size_t index = 0; index < size; index++) bytes[index] = (uint8_t)flash_random(&world->flash);
  return true;
}

static bool get_public_key(void *context, uint8_t public_key[TT_PUBLIC_KEY_SIZE]) {
  public_key_of(((const sim_world *)context)->key, public_key);
  return true;
}

static promise_record *promise_of(sim_life *life, uint64_t sequence) {
  if (sequence >= life->room) {
    uint32_t room = (uint32_t)sequence * 2u + 16u;
    life->promises = grow(life->promises, room, sizeof *life->promises);
    memset(life->promises + life->room, 0, (room - life->room) * sizeof *life->promises);
    life->room = room;
  }
  return life->promises + sequence;
}

/* The law against equivocation, where it matters: at the moment of signing. */
static void judge_header(sim_world *world, const uint8_t digest[TT_HASH_SIZE]) {
  tt_header header;
  world_law(world, tt_header_decode(world->device.promise, &header) == TT_OK, "a sound header");
  promise_record *record = promise_of(&world->lives[world->key], header.sequence);
  bool same = !record->signed_once || same_hash(record->hash, digest);
  world_law(world, same, "one header for one sequence number");
  memcpy(record->hash, digest, TT_HASH_SIZE);
  record->signed_once = true;
}

static void judge_replacement(sim_world *world, const uint8_t digest[TT_HASH_SIZE]) {
  replaced one;
  memcpy(one.hash, digest, TT_HASH_SIZE);
  tt_error error = tt_meter_replacement_decode(world->device.state.replacement,
                                               TT_METER_REPLACEMENT_SIZE, &one.stated);
  world_law(world, error == TT_OK, "a sound meter replacement");
  for (uint32_t index = 0; index < world->replacement_count; index++) {
    const replaced *other = world->replacements + index;
    if (same_hash(other->hash, digest)) return;
    bool twice = same_hash(other->stated.previous_hash, one.stated.previous_hash);
    world_law(world, !twice, "one meter replacement after one header");
  }
  world->replacements =
      grow(world->replacements, world->replacement_count + 1u, sizeof *world->replacements);
  world->replacements[world->replacement_count++] = one;
}

static bool sign(void *context, const uint8_t digest[TT_HASH_SIZE],
                 uint8_t signature[TT_SIGNATURE_SIZE]) {
  sim_world *world = context;
  uint8_t own[TT_HASH_SIZE];
  flash_tick(&world->flash);
  tt_sha256_of(world->device.promise, TT_HEADER_SIZE, own);
  if (world->device.promised && same_hash(own, digest)) judge_header(world, digest);
  tt_sha256_of(world->device.state.replacement, TT_METER_REPLACEMENT_SIZE, own);
  if (world->device.state.replaced && same_hash(own, digest)) judge_replacement(world, digest);
  /* Not the same twice, as ECDSA is; r stands for the key, s is low. */
  memset(signature, (int)world->key + 1, 32);
  memcpy(signature + 32, digest, 24);
  signature[32] = 0;
  get_random(context, signature + 56, 8);
  flash_tick(&world->flash);
  if (world->signer_fails) return false;
  return world->steady || flash_random(&world->flash) % 64u != 0u;
}

static sim_life *life_of(sim_world *world, const uint8_t device_id[TT_HASH_SIZE]) {
  uint8_t own[TT_HASH_SIZE];
  for (uint32_t key = 0; key <= world->key; key++) {
    world_id_of(key, own);
    if (same_hash(own, device_id)) return &world->lives[key];
  }
  world_law(world, false, "a device id of one of its keys");
  return NULL;
}

/* Follows meter replacements from what was received last. */
static void follow_replacements(const sim_world *world, sim_life *life) {
  for (uint32_t index = 0; index < world->replacement_count; index++) {
    const replaced *one = world->replacements + index;
    if (!same_hash(one->stated.previous_hash, life->last_hash)) continue;
    life->last.closed_at = one->stated.replaced_at;
    life->last.export_wh = one->stated.export_wh;
    life->last.import_wh = one->stated.import_wh;
    memcpy(life->last_hash, one->hash, TT_HASH_SIZE);
  }
}

static bool holds_reading(const uint8_t *window, const tt_header *header, const taken *one) {
  tt_reading reading;
  for (unsigned index = 0; index < header->count; index++) {
    tt_reading_decode(window + TT_WINDOW_PREFIX_SIZE + TT_READING_SIZE * index, &reading);
    if (reading.at != one->at) continue;
    return reading.export_wh == one->export_wh && reading.import_wh == one->import_wh;
  }
  return false;
}

/* Each reading that was taken arrives, or the window says that readings were merged. */
static void judge_readings(sim_world *world, const uint8_t *window, const tt_header *header) {
  uint32_t settled = 0;
  bool merged = (header->flags & TT_FLAG_READINGS_MERGED) != 0u;
  while (settled < world->queued && world->queue[settled].at <= header->closed_at) {
    const taken *one = world->queue + settled++;
    /* A statement may have come between such a one and the window. */
    if (!one->made && one->at <= header->opened_at) continue;
    world_law(world, one->at > header->opened_at, "no reading left out between windows");
    world_law(world, merged || holds_reading(window, header, one), "no reading lost");
  }
  world->queued -= settled;
  memmove(world->queue, world->queue + settled, world->queued * sizeof *world->queue);
  world->readings += header->count;
  world->last_header = *header;
  for (unsigned index = 0; index < header->count; index++) {
    (void)tt_reading_decode(window + TT_WINDOW_PREFIX_SIZE + TT_READING_SIZE * index,
                            &world->last_readings[index]);
  }
  world->merged += merged ? 1u : 0u;
  world->restarted += (header->flags & TT_FLAG_DEVICE_RESTARTED) != 0u ? 1u : 0u;
  world->adjusted += (header->flags & TT_FLAG_CLOCK_ADJUSTED) != 0u ? 1u : 0u;
}

static void receive(sim_world *world, const uint8_t *window, size_t size) {
  tt_header header;
  uint8_t hash[TT_HASH_SIZE];
  tt_error error = tt_window_parse(window, size, world->config.domain, &header);
  world_law(world, error == TT_OK, tt_error_code(error));
  sim_life *life = life_of(world, header.device_id);
  world_law(world, life->claimed, "a claim before the first window");
  tt_sha256_of(window, TT_HEADER_SIZE, hash);
  const promise_record *record = promise_of(life, header.sequence);
  world_law(world, record->signed_once && same_hash(record->hash, hash), "sent as it was signed");
  if (header.sequence <= life->last.sequence) {
    world->duplicates++;
    return;
  }
  follow_replacements(world, life);
  error = tt_window_succeeds(&life->last, life->last_hash, &header);
  world_law(world, error == TT_OK, tt_error_code(error));
  world_law(world, header.opened_at == life->last.closed_at, "no time left out");
  judge_readings(world, window, &header);
  life->last = header;
  memcpy(life->last_hash, hash, TT_HASH_SIZE);
  world->received++;
}

static tt_verdict send(void *context, tt_device *device, const tt_outgoing *window) {
  static uint8_t bytes[TT_WINDOW_PREFIX_SIZE + TT_READING_SIZE * TT_MAX_READINGS];
  sim_world *world = context;
  world->sent++;
  if (!world->online) return TT_SEND_LATER;
  world_law(world, window->size <= sizeof bytes, "a window of a possible size");
  /* In two parts, as a platform with little memory does. */
  uint32_t part = window->size / 3u;
  tt_error error = tt_outgoing_read(device, window, 0, bytes, part);
  if (error == TT_OK) {
    error = tt_outgoing_read(device, window, part, bytes + part, window->size - part);
  }
  world_law(world, error == TT_OK, "a window that can be read");
  receive(world, bytes, window->size);
  /* The answer may be lost after the receiver took the window. */
  flash_tick(&world->flash);
  if (world->steady) return world->verdict;
  return flash_random(&world->flash) % 16u == 0u ? TT_SEND_LATER : TT_SEND_ACCEPTED;
}

static void note(void *context, tt_event event, uint64_t value) {
  sim_world *world = context;
  world->events[event]++;
  world->last_value[event] = value;
}

void world_make(sim_world *world, const tt_config *config, uint64_t seed) {
  memset(world, 0, sizeof *world);
  world->config = *config;
  flash_make(&world->flash, tt_store_size(config), config->sector_size, seed);
  world->verdict = TT_SEND_ACCEPTED;
  world->platform = (tt_platform){
      world,      now,            uptime, read_store, write_store, erase_store,
      get_random, get_public_key, sign,   NULL,       send,        note};
}

void world_free(sim_world *world) {
  flash_free(&world->flash);
  for (uint32_t key = 0; key < WORLD_KEYS; key++) free(world->lives[key].promises);
  free(world->replacements);
  free(world->queue);
}

void world_check_registers(const sim_world *world) {
  const tt_state *state = &world->device.state;
  uint64_t export_uwh = state->export_wh * UWH + state->export_uwh;
  if (world->registers_free) return;
  world_law(world, export_uwh >= world->least_export_uwh, "registers never run backwards");
  world_law(world, export_uwh <= world->most_export_uwh, "no energy from nowhere");
}

/* Whether a sample just taken made no reading only because a promised window could not be sealed. */
static bool waits_for_promise(const sim_world *world) {
  const tt_device *device = &world->device;
  bool timed = device->clock_known && device->clock_at == world->now;
  return device->promised && timed && device->state.claimed && world->now > device->state.last_at;
}

void world_note_sample(sim_world *world, uint64_t last_before) {
  const tt_state *state = &world->device.state;
  world_check_registers(world);
  world->least_export_uwh = state->export_wh * UWH + state->export_uwh;
  world->most_export_uwh = world->least_export_uwh;
  world->registers_free = false;
  bool made = state->last_at != last_before;
  if (!made && !waits_for_promise(world)) return;
  taken one = {made, made ? state->last_at : world->now, state->export_wh, state->import_wh};
  /* One that was not made, of a clock that was set back since. */
  while (world->queued > 0u && world->queue[world->queued - 1u].at >= one.at) world->queued--;
  if (world->queued == world->queue_room) {
    world->queue_room = world->queue_room * 2u + 64u;
    world->queue = grow(world->queue, world->queue_room, sizeof *world->queue);
  }
  world->queue[world->queued++] = one;
}

void world_note_claim(sim_world *world, const uint8_t claim[TT_CLAIM_SIZE]) {
  tt_claim stated;
  uint8_t hash[TT_HASH_SIZE];
  world_law(world, tt_claim_decode(claim, TT_CLAIM_SIZE, &stated) == TT_OK, "a sound claim");
  sim_life *life = life_of(world, stated.device_id);
  tt_sha256_of(claim, TT_CLAIM_SIZE, hash);
  world_law(world, !life->claimed || same_hash(life->claim_hash, hash), "one claim of one key");
  if (life->claimed) return;
  life->claimed = true;
  memcpy(life->claim_hash, hash, TT_HASH_SIZE);
  memcpy(life->last_hash, hash, TT_HASH_SIZE);
  memset(&life->last, 0, sizeof life->last);
  life->last.closed_at = stated.claimed_at;
  life->last.export_wh = stated.export_wh;
  life->last.import_wh = stated.import_wh;
}

void world_note_rotation(sim_world *world, const uint8_t rotation[TT_ROTATION_SIZE]) {
  tt_rotation stated;
  uint8_t hash[TT_HASH_SIZE];
  tt_error error = tt_rotation_decode(rotation, TT_ROTATION_SIZE, &stated);
  world_law(world, error == TT_OK, "a sound rotation");
  sim_life *life = life_of(world, stated.device_id);
  tt_sha256_of(rotation, TT_ROTATION_SIZE, hash);
  bool same = !life->rotated || same_hash(life->rotation_hash, hash);
  world_law(world, same, "one rotation of one key");
  memcpy(life->rotation_hash, hash, TT_HASH_SIZE);
  life->rotated = true;
}
