/* The data flash of the emulated board behind the store interface of the core. */
#ifndef TT_RISCV_FLASH_H
#define TT_RISCV_FLASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FLASH_SECTOR_SIZE 4096u

/* Sectors that the store may use; the last one of the chip counts the starts of the board. */
uint32_t flash_sectors(void);

/* Starts of the board before this one. Each call counts one more. */
uint32_t flash_count_start(void);

/* From now on: cuts power in the middle of the write after so many whole ones. */
void flash_cut_after(uint32_t writes);

bool flash_read(void *context, uint32_t address, uint8_t *bytes, size_t size);
bool flash_write(void *context, uint32_t address, const uint8_t *bytes, size_t size);
bool flash_erase(void *context, uint32_t address);

#endif
