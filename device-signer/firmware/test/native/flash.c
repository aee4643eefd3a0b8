#include "flash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNIT 16u

uint64_t flash_random(sim_flash *flash) {
  /* xorshift64*: the same for one seed on every machine. */
  flash->random ^= flash->random >> 12;
  flash->random ^= flash->random << 25;
  flash->random ^= flash->random >> 27;
  return flash->random * 0x2545f4914f6cdd1du;
}

static uint8_t *allocate(size_t size) {
  uint8_t *bytes = calloc(size, 1);
  if (bytes == NULL) abort();
  return bytes;
}

void flash_make(sim_flash *flash, uint32_t size, uint32_t sector_size, uint64_t seed) {
  memset(flash, 0, sizeof *flash);
  flash->size = size;
  flash->sector_size = sector_size;
  flash->random = seed * 2u + 1u;
  flash->cut_at = UINT64_MAX;
  flash->bytes = allocate(size);
  flash->weak = allocate(size);
  flash->touched = allocate(size / UNIT);
  flash->erased = calloc(size / sector_size, sizeof *flash->erased);
  if (flash->erased == NULL) abort();
  /* It comes from the factory with anything in it. */
  for (uint32_t index = 0; index < size; index++) flash->bytes[index] = (uint8_t)flash_random(flash);
  memset(flash->touched, 1, size / UNIT);
}

void flash_free(sim_flash *flash) {
  free(flash->bytes);
  free(flash->weak);
  free(flash->touched);
  free(flash->erased);
}

bool flash_read(void *context, uint32_t address, uint8_t *bytes, size_t size) {
  sim_flash *flash = context;
  if (address + size > flash->size) abort();
  memcpy(bytes, flash->bytes + address, size);
  for (size_t index = 0; index < size; index++) {
    uint8_t weak = flash->weak[address + index];
    if (weak == 0u || flash->mood == 0u) continue;
    if (flash->mood == 2u) weak &= (uint8_t)flash_random(flash);
    bytes[index] &= (uint8_t)~weak;
  }
  return !flash->fails;
}

static void die(const char *what, uint32_t address) {
  fprintf(stderr, "the core broke its word to the flash: %s at %u\n", what, (unsigned)address);
  abort();
}

static void lose_power(sim_flash *flash) {
  flash->cut_at = UINT64_MAX;
  flash->mood = (unsigned)(flash_random(flash) % 3u);
  longjmp(*flash->power, 1);
}

static unsigned cut_mode(sim_flash *flash) {
  return flash->cut_mode != 0u ? flash->cut_mode : 1u + (unsigned)(flash_random(flash) % 5u);
}

static void program(sim_flash *flash, uint32_t address, const uint8_t *bytes, size_t size) {
  for (size_t index = 0; index < size; index++) {
    flash->bytes[address + index] &= bytes[index];
    if (bytes[index] != 0xffu) flash->touched[(address + index) / UNIT] = 1;
  }
}

/* What a cut in the middle leaves: units before a point whole, what follows as the mode says. */
static void tear(sim_flash *flash, uint32_t address, const uint8_t *bytes, size_t size, unsigned mode) {
  uint32_t whole = (uint32_t)(flash_random(flash) % (size / UNIT + (mode == 3u ? 1u : 0u))) * UNIT;
  if (mode == 3u && flash_random(flash) % 4u == 0u) whole = (uint32_t)(flash_random(flash) % size);
  program(flash, address, bytes, whole);
  for (size_t index = whole; mode > 3u && index < size; index++) {
    uint8_t cleared = (uint8_t)~bytes[index];
    if (mode == 4u) cleared &= (uint8_t)flash_random(flash);
    if (mode == 4u) flash->bytes[address + index] &= (uint8_t)~cleared;
    else flash->weak[address + index] |= cleared;
    if (cleared != 0u) flash->touched[(address + index) / UNIT] = 1;
  }
}

bool flash_write(void *context, uint32_t address, const uint8_t *bytes, size_t size) {
  sim_flash *flash = context;
  if (address % UNIT != 0u || size % UNIT != 0u || size == 0u) die("unaligned write", address);
  if (address + size > flash->size) die("write beyond the end", address);
  for (uint32_t unit = address / UNIT; unit < (address + size) / UNIT; unit++) {
    if (flash->touched[unit] != 0u) die("second write", unit * UNIT);
  }
  if (flash->fails) return false;
  if (flash->operations++ != flash->cut_at) {
    program(flash, address, bytes, size);
    return true;
  }
  unsigned mode = cut_mode(flash);
  if (mode == 2u) program(flash, address, bytes, size);
  if (mode >= 3u) tear(flash, address, bytes, size, mode);
  lose_power(flash);
  return false;
}

static void tear_erase(sim_flash *flash, uint32_t address, unsigned mode) {
  for (uint32_t index = address; index < address + flash->sector_size; index++) {
    uint64_t chance = flash_random(flash);
    if (mode == 3u && chance % 2u == 0u) continue;
    /* Bits come up one by one. */
    if (mode == 3u) flash->bytes[index] |= (uint8_t)(chance >> 8);
    if (mode == 4u) flash->bytes[index] = (uint8_t)(chance >> 8);
    if (mode == 5u) flash->weak[index] = (uint8_t)~flash->bytes[index];
    if (mode == 5u) flash->bytes[index] = 0xff;
    flash->touched[index / UNIT] = 1;
  }
}

bool flash_erase(void *context, uint32_t address) {
  sim_flash *flash = context;
  uint32_t sector = flash->sector_size;
  if (address % sector != 0u || address >= flash->size) die("erase of no sector", address);
  if (flash->fails) return false;
  bool cut = flash->operations++ == flash->cut_at;
  unsigned mode = cut ? cut_mode(flash) : 2u;
  if (mode == 2u) {
    memset(flash->bytes + address, 0xff, sector);
    memset(flash->weak + address, 0, sector);
    memset(flash->touched + address / UNIT, 0, sector / UNIT);
    flash->erased[address / sector]++;
  }
  if (mode >= 3u) tear_erase(flash, address, mode);
  if (cut) lose_power(flash);
  return true;
}

void flash_tick(sim_flash *flash) {
  if (flash->operations++ == flash->cut_at) lose_power(flash);
}
