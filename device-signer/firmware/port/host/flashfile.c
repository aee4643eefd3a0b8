#include "flashfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define CHUNK 4096u

static bool write_all(int descriptor, const uint8_t *bytes, size_t size, off_t offset) {
  while (size > 0u) {
    ssize_t done = pwrite(descriptor, bytes, size, offset);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes += done;
    size -= (size_t)done;
    offset += done;
  }
  return true;
}

static bool fill(const flashfile *flash, uint32_t address, uint32_t size) {
  uint8_t erased[CHUNK];
  memset(erased, 0xff, sizeof erased);
  for (uint32_t done = 0; done < size; done += CHUNK) {
    uint32_t part = size - done < CHUNK ? size - done : CHUNK;
    if (!write_all(flash->descriptor, erased, part, (off_t)(address + done))) return false;
  }
  return fdatasync(flash->descriptor) == 0;
}

flashfile_result flashfile_open(flashfile *flash, const char *path, uint32_t size,
                                uint32_t sector_size) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  *flash = (flashfile){open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600), size, sector_size};
  if (flash->descriptor < 0) return FLASHFILE_FAILED;
  /* Two processes with one journal would both give out the next number. */
  if (fcntl(flash->descriptor, F_SETLK, &lock) != 0) {
    close(flash->descriptor);
    return FLASHFILE_IN_USE;
  }
  off_t found = lseek(flash->descriptor, 0, SEEK_END);
  if (found < (off_t)size && !fill(flash, (uint32_t)found, size - (uint32_t)found)) {
    close(flash->descriptor);
    return FLASHFILE_FAILED;
  }
  return FLASHFILE_OPEN;
}

void flashfile_close(flashfile *flash) { close(flash->descriptor); }

bool flashfile_read(const flashfile *flash, uint32_t address, uint8_t *bytes, size_t size) {
  while (size > 0u) {
    ssize_t done = pread(flash->descriptor, bytes, size, (off_t)address);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes += done;
    size -= (size_t)done;
    address += (uint32_t)done;
  }
  return true;
}

bool flashfile_write(const flashfile *flash, uint32_t address, const uint8_t *bytes, size_t size) {
  if (address > flash->size || size > flash->size - address) return false;
  return write_all(flash->descriptor, bytes, size, (off_t)address) &&
         fdatasync(flash->descriptor) == 0;
}

bool flashfile_erase(const flashfile *flash, uint32_t address) {
  if (address % flash->sector_size != 0u || address >= flash->size) return false;
  return fill(flash, address, flash->sector_size);
}
