/* Partitions of flash that a test fills. */
#include <string.h>

#include "esp_partition.h"
#include "esp_random.h"
#include "fakes.h"

enum { MOST = 2 };

static esp_partition_t partitions[MOST];
static const uint8_t *contents[MOST];
static int count, refuses, erased;

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

int fake_partition_erased(void) {
  return erased;
}

/* Where bytes of a partition lie; NULL outside of it, or when nothing more is to be done. */
static uint8_t *place(const esp_partition_t *partition, size_t offset, size_t size) {
  const int is_inside = offset <= partition->size && size <= partition->size - offset;
  return refuses || !is_inside ? NULL : (uint8_t *)(uintptr_t)contents[partition - partitions] + offset;
}

esp_err_t esp_partition_read(const esp_partition_t *partition, size_t src_offset, void *dst, size_t size) {
  const uint8_t *from = place(partition, src_offset, size);
  if (!from) return ESP_ERR_INVALID_ARG;
  memcpy(dst, from, size);
  return ESP_OK;
}

/* As flash does: ones become zeros, and nothing else. */
esp_err_t esp_partition_write(const esp_partition_t *partition, size_t dst_offset, const void *src,
                              size_t size) {
  uint8_t *to = place(partition, dst_offset, size);
  if (!to) return ESP_ERR_INVALID_ARG;
  for (size_t i = 0; i < size; i++) to[i] &= ((const uint8_t *)src)[i];
  return ESP_OK;
}

esp_err_t esp_partition_erase_range(const esp_partition_t *partition, size_t offset, size_t size) {
  uint8_t *to = place(partition, offset, size);
  if (!to || offset % 4096 != 0 || size % 4096 != 0) return ESP_ERR_INVALID_ARG;
  memset(to, 0xff, size);
  erased++;
  return ESP_OK;
}

/* Nobody has to foretell these. */
void esp_fill_random(void *buf, size_t len) {
  static uint32_t state = 1;
  for (size_t i = 0; i < len; i++) {
    state = state * 1664525u + 1013904223u;
    ((uint8_t *)buf)[i] = (uint8_t)(state >> 24);
  }
}
