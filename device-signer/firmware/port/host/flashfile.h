#ifndef HOST_FLASHFILE_H
#define HOST_FLASHFILE_H

#include "tt_types.h"

/* A file that stands for the flash of a device. What was written is on the disk when a call returns. */
typedef struct flashfile {
  int descriptor;
  uint32_t size;
  uint32_t sector_size;
} flashfile;

/* Opens the file for this process alone, making it of `size` bytes if it is not there. */
typedef enum flashfile_result { FLASHFILE_OPEN, FLASHFILE_IN_USE, FLASHFILE_FAILED } flashfile_result;
flashfile_result flashfile_open(flashfile *flash, const char *path, uint32_t size,
                                uint32_t sector_size);
void flashfile_close(flashfile *flash);

bool flashfile_read(const flashfile *flash, uint32_t address, uint8_t *bytes, size_t size);
bool flashfile_write(const flashfile *flash, uint32_t address, const uint8_t *bytes, size_t size);
bool flashfile_erase(const flashfile *flash, uint32_t address);

#endif
