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

#endif
