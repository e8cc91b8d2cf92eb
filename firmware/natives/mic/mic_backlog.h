/* Sound that waits to be heard while the ear is busy with the past: a circular queue of blocks of samples, the oldest first. One
 * thread's. Nothing that was taken or forgotten stays in its memory. Pure C99. */
#ifndef EARSHOT_MIC_BACKLOG_H
#define EARSHOT_MIC_BACKLOG_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  int16_t *memory;
  size_t block_samples;
  size_t capacity; /* blocks */
  size_t first;    /* the oldest */
  size_t count;
} mic_backlog;

/* The memory, of capacity * block_samples samples, stays the caller's. */
void mic_backlog_init(mic_backlog *self, int16_t *memory, size_t block_samples, size_t capacity);

int mic_backlog_is_full(const mic_backlog *self);

/* Adds a block, for the caller to fill, or returns NULL when there is no room. */
int16_t *mic_backlog_add(mic_backlog *self);

/* Moves the oldest block to `samples`; returns 0 when there is none. */
int mic_backlog_take(mic_backlog *self, int16_t *samples);

/* Returns how many blocks there were. */
size_t mic_backlog_forget(mic_backlog *self);

#endif
