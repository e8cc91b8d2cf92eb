#include "queue.h"

#include <string.h>

/* `written` and `read` run on for ever and wrap at 2^32; their difference is what the queue holds. A message is its
 * length in two bytes, low byte first, and its bytes; each byte lies at its number modulo the capacity. */

int queue_init(queue *self, void *memory, size_t capacity) {
  if (capacity < 4 || capacity > (size_t)1 << 30 || (capacity & (capacity - 1)) != 0) return 0;
  memset(self, 0, sizeof *self);
  self->memory = memory;
  self->capacity = (uint32_t)capacity;
  return 1;
}

static uint32_t first_part(const queue *self, uint32_t at, uint32_t byte_length) {
  const uint32_t to_the_end = self->capacity - at;
  return byte_length < to_the_end ? byte_length : to_the_end;
}

static void copy_in(queue *self, uint32_t position, const uint8_t *bytes, uint32_t byte_length) {
  const uint32_t at = position & (self->capacity - 1);
  const uint32_t first = first_part(self, at, byte_length);
  memcpy(self->memory + at, bytes, first);
  memcpy(self->memory, bytes + first, byte_length - first);
}

static void copy_out(const queue *self, uint32_t position, uint8_t *bytes, uint32_t byte_length) {
  const uint32_t at = position & (self->capacity - 1);
  const uint32_t first = first_part(self, at, byte_length);
  memcpy(bytes, self->memory + at, first);
  memcpy(bytes + first, self->memory, byte_length - first);
}

int queue_put(queue *self, const void *message, size_t byte_length) {
  const uint32_t read = __atomic_load_n(&self->read, __ATOMIC_ACQUIRE); /* those bytes are free again */
  const uint32_t room = self->capacity - (self->written - read);
  if (byte_length == 0 || byte_length > QUEUE_MAX_MESSAGE_BYTES || byte_length + QUEUE_HEADER_BYTES > room) {
    __atomic_store_n(&self->lost, self->lost + 1, __ATOMIC_RELEASE);
    return 0;
  }
  const uint8_t header[QUEUE_HEADER_BYTES] = {(uint8_t)byte_length, (uint8_t)(byte_length >> 8)};
  copy_in(self, self->written, header, sizeof header);
  copy_in(self, self->written + QUEUE_HEADER_BYTES, message, (uint32_t)byte_length);
  const uint32_t written = self->written + QUEUE_HEADER_BYTES + (uint32_t)byte_length;
  __atomic_store_n(&self->written, written, __ATOMIC_RELEASE); /* only now can the consumer see it */
  return 1;
}

size_t queue_take(queue *self, void *message, size_t capacity) {
  const uint32_t written = __atomic_load_n(&self->written, __ATOMIC_ACQUIRE);
  uint32_t read = self->read;
  size_t taken = 0;
  while (taken == 0 && read != written) {
    uint8_t header[QUEUE_HEADER_BYTES];
    copy_out(self, read, header, sizeof header);
    const uint32_t byte_length = header[0] | (uint32_t)header[1] << 8;
    if (byte_length <= capacity) {
      copy_out(self, read + QUEUE_HEADER_BYTES, message, byte_length);
      taken = byte_length;
    } else {
      self->reported--; /* one more than reported so far */
    }
    read += QUEUE_HEADER_BYTES + byte_length;
  }
  __atomic_store_n(&self->read, read, __ATOMIC_RELEASE); /* the producer may write there again */
  return taken;
}

uint32_t queue_take_lost(queue *self) {
  const uint32_t lost = __atomic_load_n(&self->lost, __ATOMIC_ACQUIRE) - self->reported;
  self->reported += lost;
  return lost;
}
