#ifndef FLASH_H
#define FLASH_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * NOR flash that can lose power: programming only clears bits, in units of 16 bytes that are programmed
 * once between two erases (else the program ends: the core broke its word). A cut leaves a write torn
 * (some units whole, one garbled or all with bits that read either way until the sector is erased) and an
 * erase half done.
 */
typedef struct sim_flash {
  uint8_t *bytes;
  uint8_t *weak;     /* bits that read either way, as the mood of a power-up has it */
  unsigned mood;     /* 0: as if erased, 1: as if programmed, 2: by chance at each read */
  uint8_t *touched;  /* per unit: programmed since the last erase */
  uint32_t *erased;  /* per sector: how often */
  uint32_t size;
  uint32_t sector_size;
  uint64_t operations; /* writes, erases and calls of flash_tick so far */
  uint64_t cut_at;     /* power goes in the operation with this number */
  unsigned cut_mode;   /* 0: chosen by chance; 1: before it, 2: after it, 3: torn, 4: garbled, 5: weak */
  uint64_t random;
  jmp_buf *power;      /* where a cut leads */
  bool fails;          /* every operation answers false instead */
} sim_flash;

void flash_make(sim_flash *flash, uint32_t size, uint32_t sector_size, uint64_t seed);
void flash_free(sim_flash *flash);
uint64_t flash_random(sim_flash *flash);
bool flash_read(void *context, uint32_t address, uint8_t *bytes, size_t size);
bool flash_write(void *context, uint32_t address, const uint8_t *bytes, size_t size);
bool flash_erase(void *context, uint32_t address);

/* Something else takes time in which power can go. */
void flash_tick(sim_flash *flash);

#endif
