#include "record_flash.h"

#include "esp_partition.h"
#include "esp_random.h"

static const esp_partition_t *record;

static size_t address(int sector, size_t offset) {
  return (size_t)sector * RECORD_SECTOR_BYTES + offset;
}

int record_flash_open(void) {
  record = esp_partition_find_first(ESP_PARTITION_TYPE_DATA, ESP_PARTITION_SUBTYPE_ANY, "record");
  return record ? (int)(record->size / RECORD_SECTOR_BYTES) : 0;
}

int record_flash_read(int sector, size_t offset, void *into, size_t byte_length) {
  return esp_partition_read(record, address(sector, offset), into, byte_length) == ESP_OK;
}

int record_flash_write(int sector, size_t offset, const void *bytes, size_t byte_length) {
  return esp_partition_write(record, address(sector, offset), bytes, byte_length) == ESP_OK;
}

int record_flash_erase(int sector) {
  return esp_partition_erase_range(record, address(sector, 0), RECORD_SECTOR_BYTES) == ESP_OK;
}

void record_random(void *into, size_t byte_length) {
  esp_fill_random(into, byte_length);
}
