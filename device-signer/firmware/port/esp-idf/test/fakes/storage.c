/* A data partition and NVS in files of the working directory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "esp_partition.h"
#include "fakes.h"
#include "nvs.h"

#define PARTITION_FILE "partition.bin"
#define PARTITION_SIZE (256 * 1024)
#define SECTOR_SIZE 4096

bool fake_storage_works = true;
long fake_cut_after = -1;

/* Counts what changes storage; true: the power goes in this one. */
static bool is_cut(void) {
  return fake_cut_after >= 0 && fake_cut_after-- == 0;
}

static void cut(void) {
  fflush(stdout);
  _exit(0);
}

static const esp_partition_t partition = {.type = ESP_PARTITION_TYPE_DATA,
                                          .size = PARTITION_SIZE,
                                          .erase_size = SECTOR_SIZE,
                                          .label = "truetonne"};

const esp_partition_t *esp_partition_find_first(esp_partition_type_t type,
                                                esp_partition_subtype_t subtype,
                                                const char *label) {
  const bool is_this = type == ESP_PARTITION_TYPE_DATA && subtype == ESP_PARTITION_SUBTYPE_ANY &&
                       strcmp(label, partition.label) == 0;
  return is_this ? &partition : NULL;
}

/* A chip that was never written holds anything but erased bytes. */
static FILE *open_chip(void) {
  FILE *file = fopen(PARTITION_FILE, "r+b");
  if (file == NULL) {
    file = fopen(PARTITION_FILE, "w+b");
    for (int i = 0; file != NULL && i < PARTITION_SIZE; i++) {
      fputc(0x5a, file);
    }
  }
  return file;
}

static bool fits(size_t offset, size_t size) {
  return offset <= PARTITION_SIZE && size <= PARTITION_SIZE - offset;
}

esp_err_t esp_partition_read(const esp_partition_t *of, size_t offset, void *bytes, size_t size) {
  if (of != &partition || !fits(offset, size)) {
    return ESP_ERR_INVALID_SIZE;
  }
  FILE *file = open_chip();
  fseek(file, (long)offset, SEEK_SET);
  const bool is_read = fread(bytes, 1, size, file) == size;
  fclose(file);
  return is_read ? ESP_OK : ESP_FAIL;
}

esp_err_t esp_partition_write(const esp_partition_t *of, size_t offset, const void *bytes,
                              size_t size) {
  if (of != &partition || !fits(offset, size)) {
    return ESP_ERR_INVALID_SIZE;
  }
  if (!fake_storage_works) {
    return ESP_FAIL;
  }
  const uint8_t *wanted = bytes;
  uint8_t *now = malloc(size);
  if (now == NULL || esp_partition_read(of, offset, now, size) != ESP_OK) {
    free(now);
    return ESP_FAIL;
  }
  FILE *file = open_chip();
  fseek(file, (long)offset, SEEK_SET);
  const bool is_torn = is_cut();
  for (size_t i = 0; i < (is_torn ? size / 2 : size); i++) {
    fputc(now[i] & wanted[i], file); /* NOR flash: a write can only clear bits */
  }
  fclose(file);
  free(now);
  if (is_torn) {
    cut();
  }
  return ESP_OK;
}

esp_err_t esp_partition_erase_range(const esp_partition_t *of, size_t offset, size_t size) {
  if (of != &partition || !fits(offset, size) || offset % SECTOR_SIZE != 0 ||
      size % SECTOR_SIZE != 0) {
    return ESP_ERR_INVALID_ARG;
  }
  if (!fake_storage_works) {
    return ESP_FAIL;
  }
  FILE *file = open_chip();
  fseek(file, (long)offset, SEEK_SET);
  const bool is_torn = is_cut();
  for (size_t i = 0; i < (is_torn ? size / 2 : size); i++) {
    fputc(0xff, file);
  }
  fclose(file);
  if (is_torn) {
    cut();
  }
  return ESP_OK;
}

static FILE *open_entry(const char *key, const char *mode) {
  char path[64];
  snprintf(path, sizeof path, "nvs-%.15s", key);
  return fopen(path, mode);
}

esp_err_t nvs_open(const char *name, nvs_open_mode_t mode, nvs_handle_t *handle) {
  (void)name;
  (void)mode;
  *handle = 1;
  return ESP_OK;
}

esp_err_t nvs_get_blob(nvs_handle_t handle, const char *key, void *value, size_t *length) {
  (void)handle;
  FILE *file = open_entry(key, "rb");
  if (file == NULL) {
    return ESP_ERR_NVS_NOT_FOUND;
  }
  *length = fread(value, 1, *length, file);
  fclose(file);
  return ESP_OK;
}

esp_err_t nvs_set_blob(nvs_handle_t handle, const char *key, const void *value, size_t length) {
  (void)handle;
  if (is_cut()) {
    cut(); /* NVS has an entry whole or as it was: documented for a power-off at any time */
  }
  FILE *file = fake_storage_works ? open_entry(key, "wb") : NULL;
  if (file == NULL) {
    return ESP_FAIL;
  }
  fwrite(value, 1, length, file);
  fclose(file);
  return ESP_OK;
}

esp_err_t nvs_get_u8(nvs_handle_t handle, const char *key, uint8_t *value) {
  size_t length = 1;
  return nvs_get_blob(handle, key, value, &length);
}

esp_err_t nvs_set_u8(nvs_handle_t handle, const char *key, uint8_t value) {
  return nvs_set_blob(handle, key, &value, 1);
}

esp_err_t nvs_commit(nvs_handle_t handle) {
  (void)handle;
  return fake_storage_works ? ESP_OK : ESP_FAIL;
}

void nvs_close(nvs_handle_t handle) {
  (void)handle;
}
