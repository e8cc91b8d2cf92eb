#include "resource_flash.h"

#include <string.h>

#include "esp_partition.h"

/* Boards with little flash have the first alone. */
static const char *const PLACES[RESOURCE_FLASH_PLACES] = {"resources_a", "resources_b"};

int resource_flash_map(resources_copy copies[RESOURCE_FLASH_PLACES]) {
  int count = 0;
  for (int i = 0; i < RESOURCE_FLASH_PLACES; i++) {
    const esp_partition_t *const place =
        esp_partition_find_first(ESP_PARTITION_TYPE_DATA, ESP_PARTITION_SUBTYPE_ANY, PLACES[i]);
    esp_partition_mmap_handle_t handle;
    const void *bytes = NULL;
    if (!place ||
        esp_partition_mmap(place, 0, place->size, ESP_PARTITION_MMAP_DATA, &bytes, &handle) != ESP_OK)
      continue;
    memset(&copies[count], 0, sizeof *copies);
    copies[count].name = PLACES[i];
    copies[count].bytes = bytes;
    copies[count].place_bytes = place->size;
    count++;
  }
  return count;
}
