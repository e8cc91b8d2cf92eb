/* Messages of bytes from one thread to another, without a lock: one producer, one consumer, fixed memory. From the
 * ear task to JavaScript and back. A message that does not fit is lost, and counted: the producer never waits. */
#ifndef EARSHOT_QUEUE_H
#define EARSHOT_QUEUE_H

#include <stddef.h>
#include <stdint.h>

#define QUEUE_MAX_MESSAGE_BYTES 65535
#define QUEUE_HEADER_BYTES 2 /* what each message takes beyond its own bytes */

typedef struct {
  uint8_t *memory;
  uint32_t capacity; /* bytes, a power of two */
  uint32_t written;  /* bytes ever written; the producer writes it, as the next */
  uint32_t lost;     /* messages ever lost */
  uint32_t read;     /* bytes ever read; the consumer writes it, as the next */
  uint32_t reported; /* messages ever lost that it was told of */
} queue;

/* 0, and nothing is done, when the capacity is no power of two from 4 to 2^30 bytes. The memory stays the caller's.
 * Before either thread begins. */
int queue_init(queue *self, void *memory, size_t capacity);

/* The producer. 0 when there is no room, or when the message is empty or longer than QUEUE_MAX_MESSAGE_BYTES: it is
 * lost then, and counted. */
int queue_put(queue *self, const void *message, size_t byte_length);

/* The consumer: copies the oldest message and returns its length, 0 when there is none. A message longer than
 * `capacity` bytes is lost, and counted; the next one is given instead. */
size_t queue_take(queue *self, void *message, size_t capacity);

/* The consumer: how many messages were lost since it last asked. */
uint32_t queue_take_lost(queue *self);

#endif
