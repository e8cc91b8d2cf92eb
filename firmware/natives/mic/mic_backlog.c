#include "mic_backlog.h"

#include <string.h>

void mic_backlog_init(mic_backlog *self, int16_t *memory, size_t block_samples, size_t capacity) {
  *self = (mic_backlog){memory, block_samples, capacity, 0, 0};
}

int mic_backlog_is_full(const mic_backlog *self) {
  return self->count == self->capacity;
}

static int16_t *block(const mic_backlog *self, size_t number) {
  return self->memory + number % self->capacity * self->block_samples;
}

int16_t *mic_backlog_add(mic_backlog *self) {
  if (mic_backlog_is_full(self)) return NULL;
  return block(self, self->first + self->count++);
}

int mic_backlog_take(mic_backlog *self, int16_t *samples) {
  if (self->count == 0) return 0;
  int16_t *oldest = block(self, self->first);
  memcpy(samples, oldest, self->block_samples * sizeof *samples);
  memset(oldest, 0, self->block_samples * sizeof *samples);
  self->first = (self->first + 1) % self->capacity;
  self->count--;
  return 1;
}

size_t mic_backlog_forget(mic_backlog *self) {
  const size_t forgotten = self->count;
  memset(self->memory, 0, self->capacity * self->block_samples * sizeof *self->memory);
  self->first = 0;
  self->count = 0;
  return forgotten;
}
