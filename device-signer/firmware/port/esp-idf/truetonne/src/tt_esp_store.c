#include "esp_partition.h"
#include "tt_esp_port.h"

/* Found once: the table of partitions does not change while the program runs. */
static const esp_partition_t *partition;

bool tt_esp_store_open(const char *label, uint32_t *sector_size, uint32_t *sectors) {
  partition =
      esp_partition_find_first(ESP_PARTITION_TYPE_DATA, ESP_PARTITION_SUBTYPE_ANY, label);
  if (partition == NULL || partition->erase_size == 0) {
    return false;
  }
  *sector_size = partition->erase_size;
  *sectors = partition->size / partition->erase_size;
  return true;
}

bool tt_esp_store_read(void *context, uint32_t address, uint8_t *bytes, size_t size) {
  (void)context;
  return partition != NULL && esp_partition_read(partition, address, bytes, size) == ESP_OK;
}

bool tt_esp_store_write(void *context, uint32_t address, const uint8_t *bytes, size_t size) {
  (void)context;
  return partition != NULL && esp_partition_write(partition, address, bytes, size) == ESP_OK;
}

bool tt_esp_store_erase(void *context, uint32_t address) {
  (void)context;
  return partition != NULL &&
         esp_partition_erase_range(partition, address, partition->erase_size) == ESP_OK;
}
