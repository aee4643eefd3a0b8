#include "flash.h"

#include <string.h>

#include "board.h"

#define ERASED 0xff
#define NEVER UINT32_MAX

static uint32_t writes_until_cut = NEVER;

static uint32_t chip_size(void) {
  return (uint32_t)(uintptr_t)board_flash_size;
}

uint32_t flash_sectors(void) {
  return chip_size() / FLASH_SECTOR_SIZE - 1;
}

uint32_t flash_count_start(void) {
  return board_flash[chip_size() - FLASH_SECTOR_SIZE]++;
}

void flash_cut_after(uint32_t writes) {
  writes_until_cut = writes;
}

static bool fits(uint32_t address, size_t size) {
  const uint32_t end = flash_sectors() * FLASH_SECTOR_SIZE;
  return address <= end && size <= end - address;
}

bool flash_read(void *context, uint32_t address, uint8_t *bytes, size_t size) {
  (void)context;
  if (!fits(address, size)) {
    return false;
  }
  memcpy(bytes, board_flash + address, size);
  return true;
}

bool flash_write(void *context, uint32_t address, const uint8_t *bytes, size_t size) {
  (void)context;
  if (!fits(address, size)) {
    return false;
  }
  const bool is_cut = writes_until_cut == 0;
  const size_t written = is_cut ? size / 2 : size;
  for (size_t i = 0; i < written; i++) {
    board_flash[address + i] &= bytes[i]; /* as NOR flash: a write can't set a bit */
  }
  if (is_cut) {
    board_print("cut\n");
    board_reset();
  }
  if (writes_until_cut != NEVER) {
    writes_until_cut--;
  }
  return true;
}

bool flash_erase(void *context, uint32_t address) {
  (void)context;
  if (!fits(address, FLASH_SECTOR_SIZE) || address % FLASH_SECTOR_SIZE != 0) {
    return false;
  }
  memset(board_flash + address, ERASED, FLASH_SECTOR_SIZE);
  return true;
}
