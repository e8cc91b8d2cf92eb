/* Events waiting to be taken: NUL-terminated texts in one ring of bytes, oldest first. */
#ifndef EARSHOT_EVENT_QUEUE_H
#define EARSHOT_EVENT_QUEUE_H

#include <stddef.h>
#include <stdint.h>

#define EVENT_QUEUE_BYTES 6144

typedef struct {
  char bytes[EVENT_QUEUE_BYTES];
  size_t first; /* index of the oldest byte */
  size_t used;
  uint32_t lost; /* texts dropped and not yet reported */
} event_queue;

void event_queue_clear(event_queue *self);

/* Adds a text (length without its NUL, shorter than the queue); drops the oldest texts when there is no room.
 */
void event_queue_add(event_queue *self, const char *text, size_t length);

/* Copies the oldest text with its NUL; returns its length, 0 when there is none. */
size_t event_queue_take(event_queue *self, char *text);

#endif
