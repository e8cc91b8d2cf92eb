#include "resource_memory.h"

#include "../natives/resources/resources.h"
#include "esp_heap_caps.h"

#define PSRAM (MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT)

size_t resource_memory_free(void) {
  return heap_caps_get_largest_free_block(PSRAM);
}

void *resource_memory_take(size_t byte_length) {
  return heap_caps_aligned_calloc(RESOURCES_ALIGNMENT, 1, byte_length, PSRAM);
}
