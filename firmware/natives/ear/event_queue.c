#include "event_queue.h"

void event_queue_clear(event_queue *self) {
  self->first = 0;
  self->used = 0;
  self->lost = 0;
}

static char take_byte(event_queue *self) {
  const char byte = self->bytes[self->first];
  self->first = (self->first + 1) % EVENT_QUEUE_BYTES;
  self->used--;
  return byte;
}

void event_queue_add(event_queue *self, const char *text, size_t length) {
  while (EVENT_QUEUE_BYTES - self->used < length + 1) {
    while (take_byte(self)) continue;
    self->lost++;
  }
  for (size_t i = 0; i <= length; i++) {
    self->bytes[(self->first + self->used++) % EVENT_QUEUE_BYTES] = text[i];
  }
}

size_t event_queue_take(event_queue *self, char *text) {
  if (self->used == 0) return 0;
  size_t length = 0;
  while ((text[length] = take_byte(self))) length++;
  return length;
}
