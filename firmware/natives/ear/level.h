/* How loud a stretch of sound is: a number to tune by, nothing from which sound could be made again. */
#ifndef EARSHOT_LEVEL_H
#define EARSHOT_LEVEL_H

#include <stddef.h>
#include <stdint.h>

#define LEVEL_SILENCE (-96)

typedef struct {
  uint64_t squares;
  uint32_t count;
} level;

void level_add(level *self, const int16_t *samples, size_t count);

/* Mean power of what was added since the last call, in whole dB below that of a full-scale square wave: 0 to
 * LEVEL_SILENCE, right to a dB. Begins anew. */
int level_take(level *self);

/* A power that doubles every 3 dB, so that levels can be added up and averaged: LEVEL_POWER_OF_SILENCE and more. */
#define LEVEL_POWER_OF_SILENCE 64
uint64_t level_power(int decibels);

/* The level of such a power, in whole dB rounded down. */
int level_of_power(uint64_t power);

#endif
