/* Partitions of flash that a test fills. */
#include <string.h>

#include "esp_partition.h"
#include "fakes.h"

enum { MOST = 2 };

static esp_partition_t partitions[MOST];
static const uint8_t *contents[MOST];
static int count, refuses;

void fake_partition_add(const char *label, const uint8_t *bytes, size_t byte_length) {
  strncpy(partitions[count].label, label, sizeof partitions[count].label - 1);
  partitions[count].type = ESP_PARTITION_TYPE_DATA;
  partitions[count].size = (uint32_t)byte_length;
  contents[count++] = bytes;
}

void fake_partition_refuse(void) {
  refuses = 1;
}

const esp_partition_t *esp_partition_find_first(esp_partition_type_t type, esp_partition_subtype_t subtype,
                                                const char *label) {
  for (int i = 0; i < count; i++)
    if (type == partitions[i].type && subtype == ESP_PARTITION_SUBTYPE_ANY &&
        strcmp(label, partitions[i].label) == 0)
      return &partitions[i];
  return NULL;
}

esp_err_t esp_partition_mmap(const esp_partition_t *partition, size_t offset, size_t size,
                             esp_partition_mmap_memory_t memory, const void **out_ptr,
                             esp_partition_mmap_handle_t *out_handle) {
  if (refuses || memory != ESP_PARTITION_MMAP_DATA || offset + size > partition->size) return ESP_ERR_NO_MEM;
  *out_handle = 1;
  *out_ptr = contents[partition - partitions];
  return ESP_OK;
}
