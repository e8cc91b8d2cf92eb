#include "ear_memory.h"

#include "esp_heap_caps.h"

#define ALIGNMENT 16

static const uint32_t capabilities[EAR_MEMORY_KINDS] = {
    MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT,
    MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT,
};

void *ear_memory_take(ear_memory *self, size_t byte_length, ear_memory_kind wanted) {
  if (self->count == EAR_MEMORY_BLOCKS) return NULL;
  const ear_memory_kind other = wanted == EAR_MEMORY_INTERNAL ? EAR_MEMORY_EXTERNAL : EAR_MEMORY_INTERNAL;
  ear_memory_block added = {NULL, byte_length, wanted};
  added.start = heap_caps_aligned_calloc(ALIGNMENT, 1, byte_length, capabilities[wanted]);
  if (!added.start) {
    added.kind = other;
    added.start = heap_caps_aligned_calloc(ALIGNMENT, 1, byte_length, capabilities[other]);
  }
  if (!added.start) return NULL;
  self->blocks[self->count++] = added;
  self->bytes[added.kind] += byte_length;
  return added.start;
}

void ear_memory_give_back_newest(ear_memory *self) {
  const ear_memory_block *newest = &self->blocks[--self->count];
  self->bytes[newest->kind] -= newest->byte_length;
  heap_caps_free(newest->start);
}

void ear_memory_give_back_all(ear_memory *self) {
  while (self->count > 0) ear_memory_give_back_newest(self);
}
